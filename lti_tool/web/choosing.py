"""The pass of whoever came to choose content, checked before every page of that choice."""

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.lti.deep_links import Wanted
from lti_tool.models.visits import Proof
from lti_tool.services import deep_links, platforms
from lti_tool.services.deep_links import Chooser
from lti_tool.web import references
from lti_tool.web.access import Access
from lti_tool.web.headers import ancestors
from lti_tool.web.visiting import is_where_it_was_opened, now, workplace


def chooser() -> Chooser:
    """Where this choice is made."""
    found: Chooser = g.chooser
    return found


def wanted() -> Wanted:
    """What the platform takes back."""
    return Wanted.of_text(deep_links.request_of(chooser().selection, workplace().keyring.named))


def check() -> ResponseReturnValue | None:
    """Lets in who came with the browser that the platform sent; runs after the check of visits."""
    if g.get("access") is not Access.CHOOSER:
        return None
    token = (request.view_args or {}).pop("visit", "")
    # Read and let go: nothing that follows may hold a transaction of this one.
    with workplace().reading() as session:
        found = deep_links.find(session, token)
        origins = platforms.frame_origins(session, found.deployment) if found else []
    if found is None:
        return _page("visit_elsewhere", 404, proof=Proof.COOKIE.value)
    g.frame_ancestors = ancestors(found.platform, origins)
    g.reader_locale = found.selection.locale
    if not is_where_it_was_opened(found.selection):
        return _page("visit_elsewhere", 403, proof=found.selection.proof.value)
    if found.has_expired(now().real):
        return _page("choice_expired", 403)
    g.chooser, g.choice_token = found, token
    return None


def _page(name: str, status: int, **words: object) -> ResponseReturnValue:
    references.note("choice.refused", page=name)
    page = render_template(f"pages/{name}.html", reference=references.reference(), return_url=None, **words)
    return make_response(page, status)
