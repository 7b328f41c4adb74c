"""Every page in every state at an address of its own, as the tool itself serves pages."""

from functools import cache
from typing import Any

from flask import Flask, Response, render_template, request

from lti_tool.web.access import Access, open_to
from tests.browser import looking
from tests.web import sample_pages
from tests.web.sample_pages import Page

# What the looking takes, as a file that Chromium compiles once for all pages.
SCRIPT = "/gallery/look.js"


@cache
def pages(locale: str) -> tuple[Page, ...]:
    """All of them in one language."""
    return tuple(sample_pages.pages(locale))


def address(number: int, locale: str) -> str:
    """The path of a page, by its place among all."""
    return f"/gallery/{number}?lang={locale}"


def address_of(name: str, locale: str = "nl") -> str:
    """The path of a page, by its own name."""
    return address([str(page) for page in pages(locale)].index(name), locale)


def add_to(app: Flask) -> None:
    """Hangs the gallery in the application, whose headers and styles come along."""
    app.add_url_rule("/gallery/<int:number>", view_func=_show)
    app.add_url_rule(SCRIPT, view_func=_script)


@open_to(Access.ANYONE)
def _show(number: int) -> str:
    page = pages(request.args["lang"])[number]
    within_a_visit: dict[str, Any] = {"language_form_url": "/v/v1/language"} if "visit" in page.shown else {}
    around = {"visit": None, "today": sample_pages.TODAY, **within_a_visit}
    return render_template(f"pages/{page.template}.html", **{**around, **page.shown})


@open_to(Access.ANYONE)
def _script() -> Response:
    keep = {"Cache-Control": "max-age=3600"}
    return Response(looking.SCRIPT, mimetype="text/javascript", headers=keep)
