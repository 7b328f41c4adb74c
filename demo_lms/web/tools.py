"""External tools: the administrator's list, and the registration that a tool asks for."""

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import registering
from demo_lms.people import Role
from demo_lms.refusals import Refusal
from demo_lms.tools import State
from demo_lms.web import here, services

tool_pages = Blueprint("tools", __name__)

CONFIGURATION = "/.well-known/openid-configuration"


@tool_pages.get("/tools")
def tools() -> ResponseReturnValue:
    """The tools of the LMS, as Moodle's "Manage tools"; `?changed=` the client id of one after a change."""
    _require_administrator()
    found, asked = here.platform().tools.all(), request.args.get("changed")
    changed = next((tool for tool in found if tool.registration.client_id == asked), None)
    return render_template("tools.html", tools=found, changed=changed)


@tool_pages.get("/tools/new")
def new() -> ResponseReturnValue:
    """Opens a registration address of a tool, with the way to the LMS's configuration and a key to it."""
    _require_administrator()
    pasted = request.args.get("url", "").strip()
    parts = urlsplit(pasted)
    if f"{parts.scheme}://{parts.netloc}" != here.platform().registration.tool_origin:
        return render_template("tools.html", tools=here.platform().tools.all(), refused=pasted), 400
    carried = urlencode(
        {
            "openid_configuration": here.platform().registration.issuer + CONFIGURATION,
            "registration_token": here.platform().registration_tokens.issue(here.now()),
        }
    )
    return render_template("tool_new.html", url=f"{pasted}{'&' if parts.query else '?'}{carried}")


@tool_pages.post("/tools/<client_id>")
def change(client_id: str) -> ResponseReturnValue:
    """Activates a tool, or puts it aside; shows it to trainers or not."""
    _require_administrator()
    state = State.ACTIVE if request.form.get("active") else State.PENDING
    try:
        here.platform().tools.change(client_id, state, in_chooser=bool(request.form.get("in_chooser")))
    except KeyError:
        abort(404)
    return redirect(f"/tools?{urlencode({'changed': client_id})}", 303)


@tool_pages.get(CONFIGURATION)
def openid_configuration() -> Response | tuple[Response, int]:
    """What the LMS says of itself. Canvas shows it to the holder of a registration token only."""
    platform = here.platform()
    if platform.habits.guards_configuration and not platform.registration_tokens.holds(_bearer(), here.now()):
        return _refused(Refusal(401, "the registration token is missing, used or expired", "invalid_token"))
    return jsonify(registering.configuration(platform.registration, platform.habits.family))


@tool_pages.post("/register")
def register() -> Response | tuple[Response, int]:
    """The registration endpoint (RFC 7591, Dynamic Registration 1.0 section 3.6)."""
    platform = here.platform()
    if request.mimetype != "application/json":
        return _refused(Refusal(400, f"the body must be JSON, not {request.mimetype or 'nothing'}"))
    if not platform.registration_tokens.holds(_bearer(), here.now()):
        return _refused(Refusal(401, "the registration token is missing, used or expired", "invalid_token"))
    said = services.json_body()
    judged = registering.judge(said, platform.registration)
    if isinstance(judged, Refusal):
        return _refused(judged)
    if not platform.registration_tokens.take(_bearer(), here.now()):
        return _refused(Refusal(401, "the registration token was used just now", "invalid_token"))
    tool = platform.tools.add(judged, said["client_name"])
    return jsonify(registering.view(tool.registration, said))


def _refused(why: Refusal) -> tuple[Response, int]:
    here.complain(here.endpoint(), why.reason)
    return jsonify(error=why.error, error_description=why.reason), why.status


def _bearer() -> str:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value if scheme.lower() == "bearer" else ""


def _require_administrator() -> None:
    if here.somebody().role is not Role.ADMINISTRATOR:
        abort(403)
