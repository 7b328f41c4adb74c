"""The pass of a data privacy launch, checked before every page about what is kept of somebody."""

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.models.visits import Proof
from lti_tool.services import platforms, privacy
from lti_tool.services.privacy import Asker
from lti_tool.web import references
from lti_tool.web.access import Access
from lti_tool.web.headers import ancestors
from lti_tool.web.visiting import is_where_it_was_opened, now, workplace


def asker() -> Asker:
    """Whose data this page is about."""
    found: Asker = g.asker
    return found


def minutes_open() -> int:
    """How long these pages stay open."""
    return int(privacy.HOLDS.total_seconds()) // 60


def check() -> ResponseReturnValue | None:
    """Lets in the browser that launched in the last fifteen minutes; runs after the check of visits."""
    if g.get("access") is not Access.PRIVACY:
        return None
    token = (request.view_args or {}).pop("visit", "")
    with workplace().reading() as session:
        found = privacy.find(session, token)
        origins = platforms.frame_origins(session, found.deployment) if found else []
    if found is None:
        return _page("visit_elsewhere", 404, None, proof=Proof.COOKIE.value)
    g.frame_ancestors = ancestors(found.platform, origins)
    g.reader_locale, back = found.visit.locale, found.visit.return_url
    if not is_where_it_was_opened(found.visit):
        return _page("visit_elsewhere", 403, back, proof=found.visit.proof.value)
    if found.has_expired(now().real):
        return _page("visit_expired", 403, back, kept=None, typed=(), holds_minutes=minutes_open())
    g.asker, g.visit_token = found, token
    return None


def _page(name: str, status: int, return_url: str | None, **words: object) -> ResponseReturnValue:
    references.note("privacy.refused", page=name)
    around = {"reference": references.reference(), "return_url": return_url}
    return make_response(render_template(f"pages/{name}.html", **around, **words), status)
