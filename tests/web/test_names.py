"""What can be pressed has a name that makes sense to whoever hears it without what stands around it."""

from collections import defaultdict
from html.parser import HTMLParser

import pytest
from flask import Flask, render_template

from tests.web import rendering, sample_pages
from tests.web.sample_pages import Page

PRESSED = ("a", "button")


class Presses(HTMLParser):
    """The links and buttons of a page: by the words that are heard, all that they do."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.does: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.form = ""
        self.now: tuple[str, str, str] | None = None
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = has.get("action", "")
        elif tag in PRESSED:
            to = has.get("href") or f"{self.form} {has.get('name', '')}={has.get('value', '')}"
            self.now, self.words = (tag, has.get("aria-describedby", ""), to), []

    def handle_data(self, text: str) -> None:
        self.words.append(text)

    def handle_endtag(self, tag: str) -> None:
        if self.now and tag == self.now[0]:
            kind, described, to = self.now
            self.does[kind, " ".join("".join(self.words).split()), described].add(to)
            self.now = None


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return rendering.make(tmp_path_factory.mktemp("dutch"))


def presses(app: Flask, page: Page) -> Presses:
    with app.test_request_context("/?lang=nl"):
        return Presses(render_template(f"pages/{page.template}.html", **page.shown))


def test_two_of_the_same_name_and_description_do_the_same(app):
    several = {
        f"{page}: {kind} ‘{words}’"
        for page in sample_pages.pages("nl")
        for (kind, words, _), does in presses(app, page).does.items()
        if len(does) > 1
    }

    assert several == set()
