"""How many bytes a page takes over the wire: for a first visit on a phone, and for each page after it."""

import re
from collections.abc import Iterator

import httpx
import pytest
from flask import Flask, render_template, request, url_for

from demo_lms.running import WebServer
from lti_tool.domain.words import LOCALES
from lti_tool.web.access import Access, open_to
from tests.web import sample_pages

KB = 1024
MOST_AT_FIRST, MOST_AFTER = 60 * KB, 15 * KB
AS_BROWSERS_ASK = {"Accept-Encoding": "gzip, deflate, br, zstd"}
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')


PAGES = {locale: list(sample_pages.pages(locale)) for locale in LOCALES}


@open_to(Access.MAIL_LINK)
def show(number: int) -> str:
    """A page of the samples, in the frame of an LMS; its address stands for one with a secret in it."""
    page = PAGES[request.args["lang"]][number]
    around = {"visit": None, "today": sample_pages.TODAY, "frame_origins": ["https://leren.gemeente.example"]}
    if "visit" in page.shown:
        around["language_form_url"] = "/v/v1/language"
    return render_template(f"pages/{page.template}.html", **{**around, **page.shown})


@pytest.fixture
def showing(build) -> Flask:
    """The tool, with each sample at an address of its own."""
    made = build()
    made.add_url_rule("/samples/<int:number>", view_func=show)
    return made


@pytest.fixture
def http(showing) -> Iterator[httpx.Client]:
    """A browser before the tool's own web server."""
    server = WebServer("localhost")
    server.start(showing)
    with httpx.Client(base_url=server.url, headers=AS_BROWSERS_ASK, trust_env=False) as client:
        yield client
    server.stop()


def over_the_wire(answer: httpx.Response) -> int:
    """Bytes of an answer as it was sent, with its headers."""
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return answer.num_bytes_downloaded + head


def test_every_page_weighs_little_at_first_and_less_after_that(http):
    kept, heavy, seen = {}, [], 0
    for locale in LOCALES:
        for number, page in enumerate(PAGES[locale]):
            answer = http.get(f"/samples/{number}", params={"lang": locale})
            assert answer.status_code == 200
            files = {match.replace("&amp;", "&") for match in STATIC.findall(answer.text)}
            for file in files - set(kept):
                static = http.get(file)
                assert "immutable" in static.headers["Cache-Control"]
                kept[file] = over_the_wire(static)
            after = over_the_wire(answer)
            first = after + sum(kept[file] for file in files)
            if first > MOST_AT_FIRST or after > MOST_AFTER:
                heavy.append(f"{page} ({locale}): {first} at first, {after} after that")
            seen += 1

    assert seen > 500
    assert heavy == []


def sent(answer: httpx.Response) -> str | None:
    return answer.headers.get("Content-Encoding")


def test_a_page_whose_address_is_a_secret_is_compressed_and_says_the_same(campus):
    browser, page = campus.open("sanne")
    cookie = campus.cookie_of(browser)

    small = campus.http.get(page.url, headers={**cookie, **AS_BROWSERS_ASK})
    whole = campus.http.get(page.url, headers={**cookie, "Accept-Encoding": "identity"})

    assert (sent(small), sent(whole)) == ("gzip", None)
    assert small.text == whole.text
    assert small.num_bytes_downloaded < whole.num_bytes_downloaded / 2
    assert small.headers["Vary"] == whole.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/lti/login", "/lti/launch", "/lti/register?invite=guess", "/nowhere"])
def test_a_page_that_anybody_can_have_a_browser_ask_for_is_not_compressed(campus, path):
    answer = campus.http.get(path, headers=AS_BROWSERS_ASK)

    assert sent(answer) is None


def test_a_file_is_compressed_unless_a_browser_takes_no_gzip(http):
    small = http.get("/static/app.css")
    whole = http.get("/static/app.css", headers={"Accept-Encoding": "gzip;q=0, identity"})

    assert (sent(small), sent(whole)) == ("gzip", None)
    assert small.content == whole.content
    assert small.headers["Vary"] == whole.headers["Vary"] == "Accept-Encoding"


def test_a_file_that_a_browser_has_is_not_sent_again(http):
    first = http.get("/static/app.css")

    again = http.get("/static/app.css", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_file_is_kept_for_ever_only_at_the_address_of_its_own_version(showing, http):
    with showing.test_request_context():
        own = url_for("static", filename="app.css")

    kept = {path: http.get(path).headers["Cache-Control"] for path in (own, "/static/app.css?v=another")}

    assert kept == {own: "public, max-age=31536000, immutable", "/static/app.css?v=another": "no-cache"}


def test_a_file_that_is_not_there_is_not_remembered_as_missing(http):
    answer = http.get("/static/nowhere.css?v=another")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-cache")
