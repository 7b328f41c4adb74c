"""The look of the organisation whose page it is: its own style sheet after the neutral one."""

from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.domain.themes import Theme
from lti_tool.services import organisations
from lti_tool.web import statics
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import workplace

blueprint = Blueprint("themes", __name__, url_prefix="/static/themes")


@blueprint.get("/<slug>.css")
@open_to(Access.ANYONE)
def sheet(slug: str) -> ResponseReturnValue:
    """The style sheet of an organisation, as it was read and judged."""
    theme = workplace().themes.get(slug) or abort(404)
    answer = Response(theme.css, mimetype="text/css")
    is_this = request.args.get("v") == _digest(theme)
    answer.headers["Cache-Control"] = statics.FOR_EVER if is_this else statics.NEVER
    return answer


def describe() -> dict[str, object]:
    """Where the style sheet of this page's organisation is, if it has one."""
    themes = workplace().themes
    if not themes or "organisation_id" not in g:
        return {"theme_url": None}
    if "theme_url" not in g:
        g.theme_url = _url(themes, g.organisation_id)
    return {"theme_url": g.theme_url}


def _url(themes: Mapping[str, Theme], organisation_id: UUID) -> str | None:
    with workplace().reading() as session:
        slug = organisations.slug_of(session, organisation_id)
    theme = themes.get(slug)
    return url_for("themes.sheet", slug=slug, v=_digest(theme)) if theme else None


def _digest(theme: Theme) -> str:
    return sha256(theme.css.encode()).hexdigest()[: statics.DIGITS]
