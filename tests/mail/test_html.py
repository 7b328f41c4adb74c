"""The HTML of a letter: the same words, nothing from elsewhere, readable by whoever listens."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from lti_tool.mail.letters import render

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td"),
    *("p", "blockquote", "strong", "h1", "a"),
}
PROPERTIES = {
    *(
        "margin",
        "padding",
        "padding-top",
        "width",
        "max-width",
        "height",
        "max-height",
        "display",
        "overflow",
    ),
    *("overflow-wrap", "mso-hide", "background-color", "color", "border", "border-top", "border-left"),
    *("border-radius", "border-collapse", "font-family", "font-size", "font-weight", "line-height"),
    *("text-align", "text-decoration"),
}


class Page(HTMLParser):
    """The elements of a letter with their attributes, and the text that is seen."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.links, self.styles, self.seen = [], [], [], []
        self._unseen = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.elements.append((tag, given))
        self.styles.append(given.get("style", ""))
        if tag == "a":
            self.links.append(given["href"])
        if tag in {"style", "title"} or given.get("class") == "preview":
            self._unseen = tag

    def handle_endtag(self, tag):
        if tag == self._unseen:
            self._unseen = ""

    def handle_data(self, text):
        if not self._unseen:
            self.seen.append(text)

    @property
    def words(self):
        return " ".join("".join(self.seen).split())

    def all(self, tag):
        return [given for found, given in self.elements if found == tag]


@pytest.fixture
def page(letter):
    return Page(letter.html)


def test_nothing_is_fetched_from_anywhere(page, letter):
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert not re.search(r"url\(|@import|@font-face|src=|background=", letter.html)


def test_the_links_are_those_of_the_text(page, letter):
    assert page.links == re.findall(r"https://\S+", letter.text)


def test_the_words_are_those_of_the_text(page, letter):
    in_text = re.sub(r":\nhttps://\S+", "", letter.text).replace("“", "").replace("”", "")

    assert page.words.replace("“", "").replace("”", "") == " ".join(in_text.split())


def test_the_language_is_told_to_who_listens(page, locale):
    (html,) = page.all("html")

    assert html["lang"] == locale


def test_there_is_one_heading_and_no_table_that_pretends_to_hold_figures(page):
    assert len(page.all("h1")) == 1
    assert {table.get("role") for table in page.all("table")} == {"presentation"}


def test_every_style_is_one_that_mail_programs_know(page):
    used = {
        each.partition(":")[0].strip() for style in page.styles for each in style.split(";") if each.strip()
    }

    assert used <= PROPERTIES


def test_only_the_dark_colours_stay_in_a_style_sheet(letter):
    (sheet,) = re.findall(r"<style>(.*?)</style>", letter.html, re.S)

    assert sheet.strip().startswith("@media (prefers-color-scheme: dark)")
    assert sheet.count("@media") == 1


@pytest.mark.parametrize("name", ["rehearse", "own_date", "check_in", "last_call", "last_call_without_plan"])
def test_the_three_answers_look_the_same(page):
    looks = Counter(given["style"] for given in page.all("a"))

    assert looks.most_common(1)[0][1] == 3


def test_the_words_in_a_list_of_mails_are_not_the_persons(about):
    html = render(about("check_in")).html

    body = html.partition("<body")[2].partition(">")[2]
    first_words = re.sub(r"<[^>]+>", "", body).strip()[:140]
    assert first_words.startswith("Eén vraag over uw plan.")
    assert "inwoner" not in first_words


def test_what_a_person_wrote_is_text_and_never_markup(about):
    markup = {"when_words": "<script>x</script>", "training": "<img src=//x>", "cue": "</title><b>"}

    page = Page(render(about("check_in", **markup)).html)

    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert len(page.all("title")) == 1
    assert "<script>x</script>" in page.words
    assert "<img src=//x>" in page.words
