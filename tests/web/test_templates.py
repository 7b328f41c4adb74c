"""Every page, in both languages, as somebody would get it."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from babel.messages import extract, pofile
from flask import Flask, render_template

from lti_tool.services.groups import ToCome
from lti_tool.services.plans import Sentence
from tests.web import rendering, sample_pages
from tests.web.rendering import DUTCH, TEMPLATES
from tests.web.sample_pages import Page
from tests.web.sample_steps import SENTENCE

BOTH = [(page, locale) for locale in ("nl", "en") for page in sample_pages.pages(locale)]
# Typed again in a moment, in one of several forms, kept nowhere, or where the language is chosen beforehand.
NOTHING_BUT_DAYS = {"choose", "set_up", "trainer_groups", "trainer_questions_preview"}
WITHOUT_CLOSING = {"meta", "link", "input", "hr", "br"}


class Reader(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.closed_wrongly: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in WITHOUT_CLOSING:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.closed_wrongly.append(tag)

    def handle_data(self, text: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], text.strip()))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def values(self, attribute: str) -> list[str]:
        """All values of an attribute."""
        return [value for _, found in self.elements if (value := found.get(attribute)) is not None]

    def text_of(self, tag: str) -> str:
        """What stands directly in elements of a kind."""
        return " ".join(text for name, text in self.texts if name == tag and text)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return rendering.make(tmp_path_factory.mktemp("dutch"))


def _render(app: Flask, page: Page, locale: str) -> str:
    with app.test_request_context(f"/?lang={locale}"):
        return render_template(f"pages/{page.template}.html", **page.shown)


@pytest.fixture(scope="module")
def read_of(app: Flask) -> Callable[[Page, str], Reader]:
    """Any page, rendered and read once for all tests of this file."""
    read: dict[tuple[int, str], Reader] = {}

    def of(page: Page, locale: str) -> Reader:
        key = (id(page), locale)
        if key not in read:
            read[key] = Reader(_render(app, page, locale))
        return read[key]

    return of


def _messages() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for path in [
        *TEMPLATES.glob("*.html"),
        *TEMPLATES.glob("macros/*.html"),
        *TEMPLATES.glob("[fp]*/*.html"),
        *TEMPLATES.glob("own_letters/*.txt"),
    ]:
        with path.open("rb") as file:
            found |= {tuple(m) if isinstance(m, tuple) else m for _, m, *_ in extract.extract("jinja2", file)}
    return found


def test_every_page_has_a_sample():
    templates = {path.stem for path in (TEMPLATES / "pages").glob("*.html")}

    assert {page.template for page, _ in BOTH} == templates


@pytest.mark.parametrize(("page", "locale"), BOTH, ids=str)
def test_a_page_is_sound(read_of, page, locale):
    read = read_of(page, locale)

    assert (read.closed_wrongly, read.open) == ([], [])
    assert read.of("html") == [{"lang": locale, "class": "utrecht-root"}]
    assert len(read.of("h1")) == 1
    assert read.text_of("h1") in read.text_of("title")


@pytest.mark.parametrize(("page", "locale"), BOTH, ids=str)
def test_where_somebody_types_the_other_language_takes_along_what_was_typed(read_of, page, locale):
    read = read_of(page, locale)
    elsewhere = [each for each in read.of("button") if "form" in each]
    sent_along = [each for each in elsewhere if each.get("name") == "speak"]

    assert [each["id"] for each in read.of("form") if each.get("id")] == ["typing"] * len(sent_along)
    assert [each.get("form") for each in elsewhere] == ["typing", "typing"] * len(sent_along)
    # Enter presses the first button of a form: one that saves, and not the other language.
    assert elsewhere[1:] == sent_along
    assert not read.of("textarea") or sent_along or page.template in NOTHING_BUT_DAYS


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_example_of_a_day_lies_ahead_wherever_it_stands(app, locale):
    pages = [page for page, its in BOTH if its == locale and page.template in {"set_up", "trainer_dates"}]

    shown = [_render(app, page, locale) for page in pages]

    assert all('<span class="bk-nowrap">27-11-2026</span>' in html for html in shown)


@pytest.mark.parametrize(("page", "locale"), BOTH, ids=str)
def test_a_page_asks_nothing_of_anybody_else_and_carries_no_style_or_script(read_of, page, locale):
    read = read_of(page, locale)
    # Who runs it may have pages of their own; nothing is told to those, and none opens by itself.
    operator = page.shown.get("operator")
    own = {operator.contact_url, operator.privacy_url} if operator else set()
    pressed = {link.get("href") for link in read.of("a") if link.get("rel") == "noopener noreferrer"}

    told = [url for name in ("href", "src", "action") for url in read.values(name) if "//" in url]
    assert set(told) <= own & pressed
    assert not read.of("style")
    assert not read.values("style")
    scripts = [script.get("src") for script in read.of("script")]
    assert scripts[:1] == ["/static/app.js"]
    assert all(str(source).startswith("/static/") for source in scripts)
    assert not [name for _, found in read.elements for name in found if name.startswith("on")]


@pytest.mark.parametrize(("page", "locale"), BOTH, ids=str)
def test_whatever_a_page_points_at_is_there_once(read_of, page, locale):
    read = read_of(page, locale)

    ids = Counter(read.values("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    pointed = " ".join(read.values("aria-describedby") + read.values("aria-labelledby") + read.values("for"))
    inside = [url[1:] for url in read.values("href") if url.startswith("#")]
    assert set(pointed.split()) | set(inside) <= set(ids)


@pytest.mark.parametrize(("page", "locale"), BOTH, ids=str)
def test_nobody_has_to_fill_anything_in_and_no_browser_remembers_it(read_of, page, locale):
    read = read_of(page, locale)

    typed = read.of("textarea") + [found for found in read.of("input") if found.get("type") == "text"]
    assert all(found.get("autocomplete") == "off" for found in typed)
    assert not [found for found in typed if {"required", "maxlength", "placeholder"} & set(found)]


@pytest.mark.parametrize(("page", "locale"), BOTH, ids=str)
def test_problems_stand_in_the_title_and_beside_the_field(read_of, page, locale):
    form = page.shown.get("form")
    wrong = len(form.to_mend) if form is not None else 0

    read = read_of(page, locale)

    words = "Kijk nog even naar" if locale == "nl" else "Look at"
    assert read.text_of("title").startswith(f"{words} {wrong} ") == bool(wrong)
    assert len([name for name in read.values("id") if name.endswith("-problem")]) == wrong


def test_everything_a_page_says_is_there_in_dutch():
    with DUTCH.open("rb") as file:
        dutch = {
            tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id: message
            for message in pofile.read_po(file, locale="nl")
            if message.id
        }

    asked = _messages()

    assert asked - set(dutch) == set()
    assert set(dutch) - asked == set()
    assert [message.id for message in dutch.values() if message.fuzzy or not message.string] == []


def test_a_dutch_page_speaks_dutch(app):
    page = next(page for page, _ in BOTH if page.template == "not_found")

    html = _render(app, page, "nl")

    assert "Deze pagina is er niet" in html
    assert "This page" not in html


def test_what_a_person_wrote_cannot_become_markup(app):
    page = next(page for page, _ in BOTH if str(page) == "home-with everything")
    words = Sentence("<script>alert(1)</script>", "50% & <b>meer</b>")

    html = _render(app, Page("home", {**page.shown, "sentence": words, "title": "R&D <i>"}), "nl")

    assert "<script>alert" not in html
    assert "50% &amp; &lt;b&gt;meer&lt;/b&gt;" in html
    assert "R&amp;D &lt;i&gt;" in html


def test_an_expired_visit_says_that_text_was_saved_and_when_but_never_what(app):
    page = next(page for page, _ in BOTH if page.template == "visit_expired" and page.shown["kept"])

    html = _render(app, page, "nl")

    assert "14.05 uur" in html
    assert SENTENCE.when not in html


def test_a_trainer_is_not_told_on_which_day_somebody_chose_to_act(app):
    page = next(page for page, _ in BOTH if str(page) == "trainer_home-full")
    own_day = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)
    shown = {**page.shown, "to_come": [ToCome("own_date", 1, own_day)]}

    html = _render(app, Page("trainer_home", shown), "nl")

    assert "17 november" not in html
