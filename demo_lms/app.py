"""The LMS as a Flask application."""

from flask import Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from demo_lms.faults import SLOWNESS, Endpoint
from demo_lms.platform import Platform
from demo_lms.smtp import MailServer
from demo_lms.switches import Profile
from demo_lms.web import here
from demo_lms.web.api import api
from demo_lms.web.clock import clock_pages
from demo_lms.web.content import content_pages
from demo_lms.web.courses import course_pages
from demo_lms.web.entrance import entrance
from demo_lms.web.grades import grade_services
from demo_lms.web.line_items import line_item_service
from demo_lms.web.mail import mail_pages
from demo_lms.web.notice_handlers import notice_service
from demo_lms.web.privacy import privacy_pages
from demo_lms.web.protocol import protocol
from demo_lms.web.roster import roster_service
from demo_lms.web.switches import switch_pages
from demo_lms.web.tools import tool_pages

BLUEPRINTS = (
    entrance,
    course_pages,
    content_pages,
    mail_pages,
    clock_pages,
    switch_pages,
    tool_pages,
    privacy_pages,
    protocol,
    line_item_service,
    grade_services,
    roster_service,
    notice_service,
    api,
)


def create_app(platform: Platform, mail_server: MailServer | None = None) -> Flask:
    """The application round a platform; without a mail server its mailbox stays empty."""
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["platform"] = platform
    app.extensions["mail_server"] = mail_server
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.before_request(_refuse_strangers)
    app.before_request(_be_unwell)
    app.after_request(_protect)
    app.context_processor(_always_known)
    app.register_error_handler(HTTPException, _sorry)
    return app


FROM_THE_TOOL = {"auth", "take"}
"""Views to which the tool lets a browser post."""


def _refuse_strangers() -> None:
    """Answer to the LMS's own address only; take forms of other sites only where a tool sends people."""
    issuer = here.platform().registration.issuer
    if request.host_url.rstrip("/") != issuer:
        abort(421)
    is_foreign = request.headers.get("Origin", issuer) != issuer
    if request.method == "POST" and is_foreign and here.endpoint() not in FROM_THE_TOOL:
        abort(403)


def _be_unwell() -> ResponseReturnValue | None:
    """Be slow or fail, when a switch or a test says so."""
    faults, profile = here.platform().faults, here.platform().switches.profile
    if profile is Profile.SLOW and here.endpoint() in list(Endpoint):
        faults.wait(SLOWNESS)
    fault = faults.take(here.endpoint(), is_failing=profile is Profile.FAILING)
    if fault is None:
        return None
    faults.wait(fault.seconds)
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    return Response(fault.body, fault.status, headers)


def _protect(response: Response) -> Response:
    """No framing by others, no guests. The frame of a letter inherits this, and letters style themselves."""
    tool = here.platform().registration.tool_origin
    styles = "'self' 'unsafe-inline'" if here.endpoint() == "letter" else "'self'"
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; "
        f"frame-src 'self' {tool}; form-action 'self' {tool}; frame-ancestors 'self'; base-uri 'self'"
    )
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _always_known() -> dict[str, object]:
    platform = here.platform()
    return {
        "person": here.person(),
        "today": platform.today,
        "tool_origin": platform.registration.tool_origin,
        "storage": platform.switches.storage,
        "mail_count": len(platform.mailbox),
    }


def _sorry(problem: HTTPException) -> ResponseReturnValue:
    """A redirect stays one; anything else becomes a page."""
    if problem.response is not None:
        return problem.get_response()
    return render_template("sorry.html", status=problem.code), problem.code or 500
