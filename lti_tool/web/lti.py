"""Login, launch and keys: what a platform talks to."""

from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lti_tool.lti import jwks, launch, login
from lti_tool.lti.deep_links import DeepLinking
from lti_tool.lti.launches import Launch, SubmissionReview, UnknownDeployment
from lti_tool.lti.login import LoginRequest
from lti_tool.lti.refusals import RefusalReason, Refused
from lti_tool.lti.site import Site
from lti_tool.rounds import arriving, lti_store, reviewing
from lti_tool.services import platforms
from lti_tool.web import cookies, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("lti", __name__, url_prefix="/lti")

AGAIN_SECONDS = 600
KEYS_FRESH_SECONDS = 3600


def _site() -> Site:
    settings = workplace().settings
    return Site(settings.base_url, settings.local)


@blueprint.route("/login", methods=["GET", "POST"])
@blueprint.route("/login/<uuid:registration_id>", methods=["GET", "POST"])
@open_to(Access.ANYONE)
def begin_login(registration_id: UUID | None = None) -> ResponseReturnValue:
    """Makes sure that the browser has our cookie, then sends it on to the platform."""
    asked, is_second = _asked(registration_id)
    browser = cookies.fingerprint()
    if browser is None:
        return _without_cookie(asked, is_second=is_second)
    outcome = login.begin(asked, browser, _site(), lti_store.store(workplace()), now().real)
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
    browser = cookies.fingerprint()
    posted = launch.Posted.parse(request.form)
    store = lti_store.store(workplace())
    outcome = launch.verify(posted, browser, _site(), store, workplace().outgoing, now().real)
    match outcome:
        case Launch():
            return _open(outcome, browser or "")
        case SubmissionReview():
            return _open_review(outcome, browser or "")
        case UnknownDeployment():
            return _let_wait(outcome)
        case DeepLinking():
            references.note("lti.launch", result="not_yet_available", type="LtiDeepLinkingRequest")
            return _page("not_yet_available", 400, outcome.return_to)
        case Refused():
            return _refuse("lti.launch", outcome)


@blueprint.get("/jwks.json")
@open_to(Access.ANYONE)
def keys() -> Response:
    """The public keys of the tool (Security Framework 1.0, section 6.3)."""
    response = jsonify(jwks.document(lti_store.ToolKeys(workplace()).published()))
    response.headers["Cache-Control"] = f"public, max-age={KEYS_FRESH_SECONDS}"
    return response


def _asked(registration_id: UUID | None) -> tuple[LoginRequest, bool]:
    """The login's parameters, and whether they come back from our own redirect."""
    again = request.args.get("again")
    if again is None:
        return LoginRequest.parse(request.args, request.form, registration_id), False
    try:
        kept = _signer().loads(again, max_age=AGAIN_SECONDS)
    except BadSignature:
        abort(400)
    values = {name: value for name, value in kept.items() if name not in {"registration_id", "second"}}
    named = UUID(kept["registration_id"]) if kept["registration_id"] else None
    return LoginRequest(**values, registration_id=named), bool(kept["second"])


def _without_cookie(asked: LoginRequest, *, is_second: bool) -> ResponseReturnValue:
    """Sets the cookie and looks once whether it comes back; if not, a new tab has its own."""
    if not is_second:
        return cookies.give(make_response(redirect(_address(asked, second=True), 303)))
    references.note("lti.login", result="no_cookie", iss=asked.iss)
    in_tab = request.headers.get("Sec-Fetch-Dest") == "document"
    page = "cookies_blocked" if in_tab else "new_tab"
    return render_template(
        f"pages/{page}.html",
        action_url=_address(asked, second=False),
        reference=references.reference(),
        return_url=None,
    )


def _address(asked: LoginRequest, *, second: bool) -> str:
    named = str(asked.registration_id) if asked.registration_id else None
    kept = {**asked.parameters, "registration_id": named, "second": second}
    return url_for("lti.begin_login", again=_signer().dumps(kept))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(workplace().settings.secret_key.get_secret_value(), salt="login")


def _open(found: Launch, browser: str) -> ResponseReturnValue:
    references.note("lti.launch", result="opened", reg=found.registration_id, nonce=found.nonce_hash)
    token = arriving.arrive(workplace(), found, browser, now=now())
    if token is None:
        references.note("lti.launch", result="rejected", reason="erased")
        return _page("erased", 403, found.return_to)
    return redirect(url_for("visit.home", visit=token), 303)


def _open_review(asked: SubmissionReview, browser: str) -> ResponseReturnValue:
    opened = reviewing.review(workplace(), asked, browser, now=now())
    facts = {"type": "review", "reg": asked.registration_id, "nonce": asked.nonce_hash}
    if opened is None:
        references.note("lti.launch", result="rejected", reason="nothing_to_review", **facts)
        return _page("nothing_to_review", 404, asked.return_to)
    references.note("lti.launch", result="opened", **facts)
    endpoint = "visit.home" if opened.is_own else "reviews.work"
    return redirect(url_for(endpoint, visit=opened.token), 303)


def _let_wait(unknown: UnknownDeployment) -> ResponseReturnValue:
    with workplace().sessions.begin() as session:
        platforms.let_wait(session, unknown.registration_id, unknown.deployment_id, now().real)
    references.note("lti.launch", result="rejected", reason="unknown_deployment", reg=unknown.registration_id)
    return _page("waiting", 403, None)


def _refuse(event: str, refused: Refused) -> ResponseReturnValue:
    references.note(
        event,
        result="rejected",
        reason=refused.reason,
        detail=refused.detail or None,
        iss=refused.issuer,
        client=refused.client_id,
        nonce=refused.nonce_hash,
    )
    return _page(refused.reason.value, refused.reason.status, None)


def _page(reason: str, status: int, return_url: str | None) -> ResponseReturnValue:
    page = render_template(
        "pages/launch_refused.html",
        reason_key=reason,
        reference=references.reference(),
        return_url=return_url,
    )
    return page, status
