"""Words of somebody's own run in the direction of their own writing, wherever they stand or are typed."""

import pytest
from flask import Flask, render_template

from lti_tool.services.plans import Sentence
from tests.web import rendering, sample_pages
from tests.web.sample_pages import Page
from tests.web.test_templates import Reader

HEBREW = Sentence("אני כותב מכתב", "<b>אשאל</b> קודם")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return rendering.make(tmp_path_factory.mktemp("dutch"))


def render(app: Flask, page: Page) -> str:
    with app.test_request_context("/?lang=nl"):
        return render_template(f"pages/{page.template}.html", **page.shown)


@pytest.fixture(scope="module")
def every_page(app: Flask) -> list[tuple[str, Reader]]:
    return [(str(page), Reader(render(app, page))) for page in sample_pages.pages("nl")]


def test_what_somebody_wrote_runs_in_its_own_direction(every_page):
    own = [
        (name, attributes)
        for name, read in every_page
        for _, attributes in read.elements
        if "bk-words" in (attributes.get("class") or "").split()
    ]

    assert len(own) > 100
    assert [name for name, attributes in own if attributes.get("dir") != "auto"] == []


def test_so_does_what_somebody_types(every_page):
    fields = [
        (name, tag, attributes)
        for name, read in every_page
        for tag, attributes in read.elements
        if tag == "textarea"
        or (tag == "input" and attributes.get("type") == "text" and attributes.get("inputmode") != "numeric")
    ]

    assert len(fields) > 100
    assert {(name, found["name"]) for name, _, found in fields if found.get("dir") != "auto"} == set()


def test_in_a_sentence_that_is_partly_ours_the_own_half_stands_apart(app):
    page = next(page for page in sample_pages.pages("nl") if str(page) == "home-with everything")

    html = render(app, Page("home", {**page.shown, "sentence": HEBREW}))

    assert f"<b>Als</b> <bdi>{HEBREW.when}</bdi>" in html
    assert "<b>dan</b> <bdi>&lt;b&gt;אשאל&lt;/b&gt; קודם</bdi>" in html


def test_names_stand_apart_from_the_words_around_them(app):
    name = "דנה לוי"
    page = next(
        page for page in sample_pages.pages("nl") if page.template == "buddies" and page.shown["contacts"]
    )
    contacts = [type(page.shown["contacts"][0])(page.shown["contacts"][0].id, name, "confirmed")]

    html = render(app, Page("buddies", {**page.shown, "contacts": contacts}))

    assert html.count(name) == html.count(f"<bdi>{name}</bdi>") > 0
    assert "<bdi>Samira Bakkali</bdi>" in html
