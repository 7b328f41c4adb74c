"""Login, launch and keys: what a platform talks to."""

from dataclasses import asdict
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from lti_tool.lti import jwks, launch, login, platform_storage
from lti_tool.lti.deep_links import DeepLinking
from lti_tool.lti.launches import DataPrivacyLaunch, Launch, SubmissionReview, UnknownDeployment
from lti_tool.lti.refusals import RefusalReason, Refused
from lti_tool.models.visits import Proof
from lti_tool.rounds import arriving, lti_store, privacy, reviewing
from lti_tool.rounds.reviewing import NotHere
from lti_tool.services import platforms, tool_keys
from lti_tool.services.visits import Browser
from lti_tool.web import cookies, deep_links, guests, logins, references
from lti_tool.web import platform_storage as storage_pages
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, site, workplace

blueprint = Blueprint("lti", __name__, url_prefix="/lti")

KEYS_FRESH_SECONDS = int(tool_keys.MAY_BE_KEPT.total_seconds())


@blueprint.route("/login", methods=["GET", "POST"])
@blueprint.route("/login/<uuid:registration_id>", methods=["GET", "POST"])
@open_to(Access.ANYONE)
def begin_login(registration_id: UUID | None = None) -> ResponseReturnValue:
    """Makes sure that the browser has our cookie, then sends it on to the platform."""
    asked, is_second = logins.asked(registration_id)
    browser = cookies.fingerprint()
    if browser is None:
        page = logins.without_cookie(asked, site(), is_second=is_second)
        return _refuse("lti.login", page) if isinstance(page, Refused) else page
    outcome = login.begin(asked, browser, site(), lti_store.store(workplace()), now().real)
    if isinstance(outcome, Refused):
        return _refuse("lti.login", outcome)
    references.note(
        "lti.login", result="sent", iss=outcome.issuer, client=outcome.client_id, nonce=outcome.nonce_hash
    )
    return redirect(outcome.url)


@blueprint.route("/launch", methods=["GET", "POST"])
@open_to(Access.ANYONE)
def finish_launch() -> ResponseReturnValue:
    """Judges a launch; a sound one becomes a visit."""
    if request.method == "GET":
        return _refuse("lti.launch", Refused(RefusalReason.MISSING_STATE))
    posted = launch.Posted.parse(request.form)
    place = platform_storage.find(posted.state, lti_store.store(workplace()))
    if place is None:
        return _judge(posted, cookies.fingerprint(), Proof.COOKIE)
    if storage_pages.is_to_be_asked():
        references.note("lti.launch", result="asked", proof=Proof.STORAGE)
        return storage_pages.ask(place, posted)
    shown = storage_pages.shown()
    return (
        _refuse("lti.launch", shown) if isinstance(shown, Refused) else _judge(posted, shown, Proof.STORAGE)
    )


def _judge(posted: launch.Posted, browser: str | None, proof: Proof) -> ResponseReturnValue:
    """browser: hash of what this one brought as proof."""
    store = lti_store.store(workplace())
    outcome = launch.verify(posted, browser, site(), store, workplace().outgoing, now().real)
    match outcome:
        case Launch(sub=None):
            return guests.open_questions(outcome)
        case Launch():
            return _open(outcome, Browser(browser or "", proof))
        case SubmissionReview():
            return _open_review(outcome, Browser(browser or "", proof))
        case DataPrivacyLaunch():
            return _open_privacy(outcome, Browser(browser or "", proof))
        case UnknownDeployment():
            return _let_wait(outcome)
        case DeepLinking():
            return deep_links.open_choice(outcome, Browser(browser or "", proof))
        case Refused():
            lacks_cookie = outcome.reason is RefusalReason.NO_BROWSER_COOKIE
            return _refuse("lti.launch", outcome, asdict(posted) if lacks_cookie else None)


@blueprint.get("/jwks.json")
@open_to(Access.ANYONE)
def keys() -> Response:
    """The public keys of the tool (Security Framework 1.0, section 6.3)."""
    response = jsonify(jwks.document(lti_store.ToolKeys(workplace()).published(now().real)))
    response.headers["Cache-Control"] = f"public, max-age={KEYS_FRESH_SECONDS}"
    return response


def _open(found: Launch, browser: Browser) -> ResponseReturnValue:
    token = arriving.arrive(workplace(), found, browser, now=now())
    facts = {"reg": found.registration_id, "nonce": found.nonce_hash}
    if token is None:
        references.note("lti.launch", result="rejected", reason="erased", **facts)
        return _page("erased", 403, found.return_to)
    references.note("lti.launch", result="opened", **facts, proof=browser.proof)
    return redirect(url_for("visit.home", visit=token), 303)


def _open_review(asked: SubmissionReview, browser: Browser) -> ResponseReturnValue:
    opened = reviewing.review(workplace(), asked, browser, now=now())
    facts = {"type": "review", "reg": asked.registration_id, "nonce": asked.nonce_hash}
    if isinstance(opened, NotHere):
        references.note("lti.launch", result="rejected", reason=opened, **facts)
        return _page(opened.value, 404, asked.return_to)
    references.note("lti.launch", result="opened", **facts)
    endpoint = "visit.home" if opened.is_own else "reviews.work"
    return redirect(url_for(endpoint, visit=opened.token), 303)


def _open_privacy(asked: DataPrivacyLaunch, browser: Browser) -> ResponseReturnValue:
    token = privacy.arrive(workplace(), asked, browser, now=now())
    whose = privacy.whose_data(asked)
    facts = {"type": "privacy", "whose": whose, "reg": asked.registration_id, "nonce": asked.nonce_hash}
    references.note("lti.launch", result="opened", **facts)
    return redirect(url_for("privacy.overview", visit=token), 303)


def _let_wait(unknown: UnknownDeployment) -> ResponseReturnValue:
    with workplace().sessions.begin() as session:
        waits = platforms.let_wait(session, unknown.registration_id, unknown.deployment_id, now().real)
    references.note(
        "lti.launch",
        result="rejected",
        reason="unknown_deployment",
        detail=None if waits else "the waiting list is full",
        reg=unknown.registration_id,
        deployment=unknown.deployment_id,
        nonce=unknown.nonce_hash,
    )
    return _page("waiting", 403, None)


def _refuse(event: str, refused: Refused, posted: dict[str, str] | None = None) -> ResponseReturnValue:
    """posted: what may be sent again as it is, once the browser gives its cookie."""
    references.note(
        event,
        result="rejected",
        reason=refused.reason,
        detail=refused.detail or None,
        iss=refused.issuer,
        client=refused.client_id,
        nonce=refused.nonce_hash,
    )
    return _page(refused.reason.value, refused.reason.status, None, posted)


def _page(
    reason: str, status: int, return_url: str | None, posted: dict[str, str] | None = None
) -> ResponseReturnValue:
    page = render_template(
        "pages/launch_refused.html",
        reason_key=reason,
        reference=references.reference(),
        return_url=return_url,
        posted=posted,
    )
    return page, status
