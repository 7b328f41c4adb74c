"""Security headers of every answer."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from flask import Response, current_app, g, request

from lti_tool.models.platforms import Platform
from lti_tool.rounds.workplace import Workplace
from lti_tool.web import statics
from lti_tool.web.access import Access

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action {form_action}; frame-ancestors {ancestors}"
)
ANY_LOOPBACK = "http://127.0.0.1:* http://localhost:*"


def origin_of(url: str | None) -> str | None:
    """Scheme, host and port of an address; None for what has none."""
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else None


def ancestors(platform: Platform, seen: Iterable[str]) -> list[str]:
    """Who may frame the pages of a registration: issuer, login, and what its launches showed."""
    own = (origin_of(platform.issuer), origin_of(platform.login_url))
    return sorted({origin for origin in (*own, *seen) if origin})


def protect(response: Response) -> Response:
    """Adds what no answer goes without."""
    work: Workplace = current_app.extensions["beklijf"]
    anywhere = "https:" + (f" {ANY_LOOPBACK}" if work.settings.local else "")
    access = g.get("access", Access.ANYONE)
    around, form_action = "'none'", "'self'"
    if "frame_ancestors" in g:
        around = " ".join(g.frame_ancestors) or "'none'"
    elif access is Access.ANYONE:
        # Nothing personal stands here yet, and the "new tab" button leads on to the LMS.
        around, form_action = anywhere, f"'self' {anywhere}"
    if "form_action" in g:
        # A semicolon or a comma would end the address, and begin a rule of the platform's own.
        form_action = quote(g.form_action, safe="/:[]@!$&'()*+=%~")
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY.format(form_action=form_action, ancestors=around)
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static":
        headers["Cache-Control"] = statics.how_long_kept() if response.status_code < 400 else statics.NEVER
    else:
        headers.setdefault("Cache-Control", "no-store")
    return response
