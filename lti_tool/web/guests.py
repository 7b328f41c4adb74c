"""Whoever the platform does not name: the questions, to think about and to print. Nothing is kept."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lti_tool.database import session
from lti_tool.lti.launches import Launch
from lti_tool.models.courses import ResourceLink
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.services import platforms, questions
from lti_tool.web import references
from lti_tool.web.access import Access, open_to
from lti_tool.web.headers import ancestors
from lti_tool.web.visiting import workplace

blueprint = Blueprint("guests", __name__, url_prefix="/v/<visit>")

HOLDS_SECONDS = 8 * 60 * 60


@dataclass(frozen=True)
class Guest:
    """What the address of the page says, signed: no row stands behind it, and nothing of a person is in it.

    link_id: None for a link that nobody with a name has opened yet.
    """

    deployment_id: UUID
    link_id: UUID | None
    locale: str
    return_url: str | None


def open_questions(launch: Launch) -> ResponseReturnValue:
    """The way to the questions; writes nothing."""
    with workplace().reading() as reading:
        deployment = platforms.deployment(reading, launch.registration_id, launch.deployment_id)
        assert deployment is not None  # noqa: S101  verified just before
        link_id = questions.link_of(reading, deployment, launch.link.id)
    named = (str(deployment.id), str(link_id or ""), launch.locale or "nl", launch.return_to or "")
    references.note(
        "lti.launch", result="opened", type="anonymous", reg=launch.registration_id, nonce=launch.nonce_hash
    )
    return redirect(url_for("guests.read", visit=_signer().dumps(named)), 303)


@blueprint.get("/questions")
@open_to(Access.GUEST)
def read(visit: str) -> ResponseReturnValue:
    """All questions of an activity on one page."""
    guest = _guest(visit)
    platform = _platform(guest) if guest else None
    if guest is None or platform is None:
        code = references.reference()
        page = render_template("pages/link_expired.html", course_url=None, reference=code, is_guest=True)
        return make_response(page, 410)
    g.reader_locale, g.frame_ancestors = guest.locale, _ancestors(guest, platform)
    link = session().get(ResourceLink, guest.link_id) if guest.link_id else None
    asked = questions.on_paper(session(), link, workplace().catalogue) if link else None
    if asked is None:
        return render_template("pages/preparing.html")
    return render_template("pages/questions.html", instrument=asked, return_url=guest.return_url)


def _guest(signed: str) -> Guest | None:
    try:
        deployment_id, link_id, locale, return_url = _signer().loads(signed, max_age=HOLDS_SECONDS)
    except BadSignature:
        return None
    return Guest(UUID(deployment_id), UUID(link_id) if link_id else None, locale, return_url or None)


def _platform(guest: Guest) -> Platform | None:
    """Who sent them; None when that registration lets nobody in any more."""
    deployment = session().get(Deployment, guest.deployment_id)
    platform = platforms.find(session(), deployment.platform_id) if deployment else None
    return platform if platform is not None and platform.allow_anonymous else None


def _ancestors(guest: Guest, platform: Platform) -> list[str]:
    deployment = session().get_one(Deployment, guest.deployment_id)
    return ancestors(platform, platforms.frame_origins(session(), deployment))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(workplace().settings.secret_key.get_secret_value(), salt="questions")
