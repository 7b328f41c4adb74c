"""What a page says of itself is true of that page."""

import re
from collections.abc import Callable

import pytest
from flask import Flask, render_template

from tests.web import rendering, sample_pages
from tests.web.sample_pages import Page


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return rendering.make(tmp_path_factory.mktemp("dutch"))


@pytest.fixture(scope="module")
def content(app: Flask) -> Callable[[Page, str], str]:
    """What stands in the middle of a page."""

    def of(page: Page, locale: str) -> str:
        with app.test_request_context(f"/?lang={locale}"):
            html = render_template(f"pages/{page.template}.html", **page.shown)
        return html.split("<main")[1].split("</main>")[0]

    return of


@pytest.fixture(params=["nl", "en"])
def locale(request):
    return request.param


def samples(locale, template):
    return [page for page in sample_pages.pages(locale) if page.template == template]


@pytest.mark.parametrize(
    "template", ["register", "invitation", "mail_preferences", "answer_question", "look_back", "download"]
)
def test_a_page_with_one_button_speaks_of_this_button(content, locale, template):
    this, some = {"nl": ("deze knop", "een knop"), "en": ("this button", "a button")}[locale]

    pages = [content(page, locale) for page in samples(locale, template)]

    speaking = [
        (html, len(re.findall('type="submit"', html))) for html in pages if this in html or some in html
    ]
    assert speaking
    assert all((this in html) == (buttons == 1) for html, buttons in speaking)


def test_who_connects_an_lms_is_not_told_to_send_themselves_a_code(content, locale):
    themselves = {"nl": "Code voor de beheerder", "en": "Code for the administrator"}[locale]
    giver = {"nl": "Code voor wie u het adres gaf", "en": "Code for whoever gave you the address"}[locale]

    for page in samples(locale, "register_stopped"):
        html = content(page, locale)
        assert themselves not in html
        assert (giver in html) == (page.shown["reason_key"] not in {"gone", "under_way"})


def test_the_code_of_a_platform_that_waits_is_for_whoever_manages_the_tool(content, locale):
    (page,) = [page for page in samples(locale, "launch_refused") if page.shown["reason_key"] == "waiting"]

    html = content(page, locale)

    assert {"nl": "Code voor wie Beklijf beheert", "en": "Code for whoever manages Beklijf"}[locale] in html
    assert {"nl": "Code voor de beheerder", "en": "Code for the administrator"}[locale] not in html
