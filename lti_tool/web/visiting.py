"""The pass of a launched person, checked before every page that needs one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import abort, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.clock import Now
from lti_tool.lti.site import Site
from lti_tool.models.deep_links import ContentSelection
from lti_tool.models.privacy import PrivacyVisit
from lti_tool.models.visits import Proof, Visit
from lti_tool.rounds.transactions import reads_only
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import launches, trials, visits
from lti_tool.services.activities import Item
from lti_tool.services.keys import Key
from lti_tool.services.visits import Visitor
from lti_tool.web import cookies, late_saving, references, speaking, taking_along
from lti_tool.web.access import ROLES, Access, access_of
from lti_tool.web.headers import ancestors

# 50 000 characters of any script, as a browser encodes them, with room beside; nginx lets 1 MiB through.
MOST_TYPED = 1024 * 1024
WRITERS = {Access.VISITOR, Access.LEARNER, Access.MAIL_LINK, Access.NOTE_LINK}
# What matters most is shown and changed this long after a launch (real clock): who opened it is still there.
FRESH = timedelta(minutes=15)


def workplace() -> Workplace:
    """What this request works with."""
    work: Workplace = current_app.extensions["beklijf"]
    return work


def visitor() -> Visitor:
    """Whose visit this is."""
    found: Visitor = g.visitor
    return found


def now() -> Now:
    """Both clocks, read once a request."""
    if "now" not in g:
        g.now = workplace().now()
    moment: Now = g.now
    return moment


def site() -> Site:
    """The tool's own address."""
    settings = workplace().settings
    return Site(settings.base_url, settings.local)


def today() -> date:
    """The day it is at the office."""
    return now().calendar.astimezone(ZoneInfo(workplace().settings.timezone)).date()


def is_fresh() -> bool:
    """Whether the visitor launched a short while ago."""
    return now().real <= visitor().visit.launched_at + FRESH


def home_url(notice: str | None = None) -> str:
    """The first page of the visit. notice: what has just happened, by its key."""
    return url_for("visit.home", visit=g.visit_token, notice=notice)


def settings_url(notice: str | None = None) -> str:
    """The page on which a trainer sees how the training is set up. notice: as of the first page."""
    return url_for("track_settings.overview", visit=g.visit_token, notice=notice)


def person_key() -> Key | None:
    """The visitor's own key; None when the person was erased meanwhile."""
    if "person_key" not in g:
        key_id = visitor().person.key_id
        g.person_key = workplace().keyring.of([key_id]).get(key_id)
    key: Key | None = g.person_key
    return key


def check() -> ResponseReturnValue | None:
    """Lets in who may use the route; else a page that says what to do."""
    if request.endpoint is None:
        return None
    g.access = access_of(current_app, request.endpoint)
    if g.access is Access.LOCAL and not workplace().settings.local:
        abort(404)
    if g.access in WRITERS:
        request.max_content_length = request.max_form_memory_size = MOST_TYPED
    refusal = _check_pass(g.access) if g.access in ROLES else None
    # After the pass has noted its use, a page that is only read takes no write lock.
    g.reading = reads_only.set(request.method in {"GET", "HEAD", "OPTIONS"})
    if refusal is None:
        _count_fields()
    return refusal


def _count_fields() -> None:
    """Werkzeug's own limit counts the parts of a multipart form only."""
    if sum(1 for _ in request.form.items(multi=True)) > current_app.config["MAX_FORM_PARTS"]:
        abort(413)


def leave(_error: BaseException | None = None) -> None:
    """Ends what `check` began."""
    reading = g.pop("reading", None)
    if reading is not None:
        reads_only.reset(reading)


def _check_pass(access: Access) -> ResponseReturnValue | None:
    token = (request.view_args or {}).pop("visit", "")
    # Read and let go: nothing that follows may hold a transaction of this one.
    with workplace().reading() as session:
        found = visits.find(session, token)
    if found is None:
        return _page("visit_elsewhere", 404, return_url=None, proof=Proof.COOKIE.value)
    g.frame_ancestors = ancestors(found.platform, found.frame_origins)
    g.organisation_id = found.deployment.organisation_id
    if not is_where_it_was_opened(found.visit):
        return _page("visit_elsewhere", 403, return_url=found.link.return_url, proof=found.visit.proof.value)
    if found.has_expired(now().real):
        return _expired(found)
    g.visitor, g.visit_token = found, token
    _touch(found, now().real)
    if found.role not in ROLES[access]:
        abort(403)
    _speak(found)
    return None


def _expired(found: Visitor) -> ResponseReturnValue:
    """What was typed is kept; what cannot be kept is shown to the browser that sends it, to take along."""
    kept = late_saving.keep(workplace(), found, now())
    g.reader_locale = found.visit.locale
    typed = taking_along.words(workplace().catalogue, kept.misfits if kept else None)
    return _page("visit_expired", 403, return_url=found.link.return_url, kept=kept, typed=typed)


def _speak(found: Visitor) -> None:
    """Takes over the language that was asked for on a page on which somebody types."""
    locale = speaking.wanted()
    if locale is not None:
        with workplace().sessions.begin() as session:
            visits.speak(session, found.visit, locale)
        found.visit.locale = locale


def is_where_it_was_opened(visit: Visit | ContentSelection | PrivacyVisit) -> bool:
    """In the browser that has its cookie; without one, in the course, where the frame around it guards it.

    An address that was pasted or passed on opens a tab: a browser says so (Fetch Metadata, sections 2.1
    and 2.4), and what says nothing is no browser that could have launched without a cookie.
    """
    if visit.proof is Proof.COOKIE:
        return visit.browser == cookies.fingerprint()
    shown_in, comes_from = (request.headers.get(f"Sec-Fetch-{name}") for name in ("Dest", "Site"))
    return shown_in is not None and (shown_in != "document" or comes_from == "same-origin")


def _touch(found: Visitor, moment: datetime) -> None:
    if moment - found.visit.used_at < visits.TOUCH_EVERY:
        return
    with workplace().sessions.begin() as session:
        visits.touch(session, found.visit, moment)


def _page(name: str, status: int, **words: object) -> ResponseReturnValue:
    references.note("visit.refused", page=name)
    page = render_template(f"pages/{name}.html", reference=references.reference(), **words)
    return make_response(page, status)


def describe() -> dict[str, object]:
    """Whose visit it is, and who may be around its frame, for every page."""
    around = {"frame_origins": g.get("frame_ancestors", [])}
    if "visitor" not in g:
        return {"visit": None, **around}
    who = visitor()
    return {
        **around,
        "visit": {
            "token": g.visit_token,
            "person_name": launches.name_of(who.person, person_key()),
            "course_title": who.course.title,
            "role": who.role.value,
            "trial": _trial(who),
            "link_id": who.link.id,
        },
    }


def _trial(who: Visitor) -> list[Item] | None:
    """The items that a trainer can look at who looks as a learner; None for all others."""
    return trials.items(session(), who) if who.person.is_trial else None


def is_own_path(path: str) -> bool:
    """Whether an address is a path of this visit, to go back to."""
    return path.isprintable() and path.startswith(f"/v/{g.visit_token}/")
