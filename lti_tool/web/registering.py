"""Dynamic registration: an LMS opens the page, its administrator says yes (Dynamic Registration 1.0)."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import HiddenField
from wtforms.validators import InputRequired

from lti_tool.lti import canvas, registration, tool_configuration
from lti_tool.lti.launches import ROSTER_SCOPE, SCORE_SCOPE
from lti_tool.lti.platform_configuration import Message, NotRegistered, PlatformConfiguration, Problem
from lti_tool.models.invites import Invite, InviteStatus
from lti_tool.models.platforms import Platform
from lti_tool.rounds import registering
from lti_tool.rounds.registering import Wish
from lti_tool.services import invites, platforms
from lti_tool.web import operators, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.forms import PageForm
from lti_tool.web.visiting import now, site, workplace

blueprint = Blueprint("registering", __name__, url_prefix="/lti")

WISH_SECONDS = 3600
"""How long a page may wait for its button: as long as the tokens of most LMSs live."""

KINDS = {
    "moodle": "moodle",
    "canvas": "canvas",
    "desire2learn": "brightspace",
    "d2l": "brightspace",
    "blackboard": "blackboard",
    "sakai": "sakai",
}
"""How the product codes of LMSs begin, and the guide that fits them."""


@blueprint.get("/register")
@open_to(Access.ANYONE)
def ask() -> ResponseReturnValue:
    """Reads what the LMS says of itself, and shows what the tool asks of it. Nothing changes yet."""
    token = request.args.get("invite", "")
    invite = _invite(token)
    if invite is None or invite.status is InviteStatus.USED:
        return _stopped("gone", 410)
    address = request.args.get("openid_configuration", "")
    if not address:
        return render_template("pages/register_start.html")
    opens = registration.read_token(request.args.get("registration_token", ""))
    found = registration.fetch(address, opens, site(), workplace().outgoing)
    if isinstance(found, NotRegistered):
        return _refuse(found)
    references.note("lti.register", result="asked", iss=found.issuer, family=found.family)
    return _asking(found, invite, _pack(token, Wish(found, opens)))


@blueprint.post("/register")
@open_to(Access.ANYONE)
def register() -> ResponseReturnValue:
    """The administrator said yes: registers the tool there and the platform here."""
    form = PageForm({"wish": HiddenField(validators=[InputRequired()])})
    form.process(request.form)
    kept = _unpack(form["wish"].data) if form.validate() else None
    if kept is None:
        return _stopped("expired", 400)
    token, wish = kept
    invite = _invite(token)
    if invite is None:
        return _stopped("gone", 410)
    outcome = registering.register(workplace(), invite, wish, now().real)
    if outcome is None:
        return _stopped("under_way", 409)
    return _refuse(outcome) if isinstance(outcome, NotRegistered) else _done(outcome, wish.configuration)


@blueprint.get("/config/canvas.json")
@open_to(Access.ANYONE)
def for_canvas() -> Response:
    """What Canvas reads from an address when a developer key is made by hand."""
    return jsonify(canvas.document(site()))


def _invite(token: str) -> Invite | None:
    with workplace().reading() as session:
        return invites.find(session, token, now().real)


def _asking(found: PlatformConfiguration, invite: Invite, wish: str) -> str:
    messages = {message.type for message in found.messages}
    return render_template(
        "pages/register.html",
        wish=wish,
        kind=_kind(found),
        host=found.host,
        messages=messages,
        offers_privacy=not messages.isdisjoint(tool_configuration.PRIVACY_MESSAGES),
        takes_scores=SCORE_SCOPE in found.scopes,
        gives_roster=ROSTER_SCOPE in found.scopes,
        gives_name=found.gives_name,
        gives_email=found.gives_email,
        is_trusted=invite.is_trusted,
        operator=operators.operator(),
    )


def _done(platform: Platform, found: PlatformConfiguration) -> str:
    references.note("lti.register", result=platform.status, reg=platform.id, iss=platform.issuer)
    with workplace().reading() as session:
        is_ready = bool(platforms.deployments(session, platform.id))
        has_deployment = is_ready or bool(platforms.waiting(session, platform.id))
    return render_template(
        "pages/registered.html",
        kind=_kind(found),
        is_ready=is_ready,
        has_deployment=has_deployment,
        registration_id=platform.id,
    )


def _refuse(why: NotRegistered) -> ResponseReturnValue:
    references.note("lti.register", result="rejected", reason=why.problem)
    return _stopped(why.problem.value, 409 if why.problem is Problem.KNOWN_ALREADY else 400, why.detail)


def _stopped(reason: str, status: int, detail: str = "") -> ResponseReturnValue:
    page = render_template(
        "pages/register_stopped.html", reason_key=reason, detail=detail, reference=references.reference()
    )
    return page, status


def _pack(invite_token: str, wish: Wish) -> str:
    """A wish for the page to carry, signed: it stands nowhere until somebody says yes."""
    packed = {"invite": invite_token, "configuration": asdict(wish.configuration), "token": wish.token}
    return str(_signer().dumps(packed))


def _unpack(text: str) -> tuple[str, Wish] | None:
    """The token of the invite and the wish; None for one that is too old, or not ours."""
    try:
        packed = _signer().loads(text, max_age=WISH_SECONDS)
    except BadSignature:
        return None
    kept = packed["configuration"]
    kept["messages"] = tuple(Message(one["type"], tuple(one["placements"])) for one in kept["messages"])
    kept["scopes"] = tuple(kept["scopes"])
    return packed["invite"], Wish(PlatformConfiguration(**kept), packed["token"])


def _kind(found: PlatformConfiguration) -> str:
    return next((kind for code, kind in KINDS.items() if found.family.startswith(code)), "other")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(workplace().settings.secret_key.get_secret_value(), salt="registration")
