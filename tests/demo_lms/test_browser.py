"""The browser over plain HTTP, against a few pages of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from demo_lms.browser import Browser
from demo_lms.framing import Blocked
from demo_lms.page import Page
from demo_lms.running import RunningPlatform, WebServer


@pytest.fixture
def site() -> Iterator[str]:
    app = Flask("site")

    @app.route("/echo", methods=["GET", "POST"])
    def echo() -> dict[str, str]:
        wanted = ("Sec-Fetch-Site", "Sec-Fetch-Dest", "Origin", "Cookie", "Accept-Language")
        return {name: request.headers.get(name, "") for name in wanted} | {
            "method": request.method,
            "form": request.get_data(as_text=True),
            "query": request.query_string.decode(),
        }

    @app.get("/form/<method>")
    def form(method: str) -> str:
        action = request.args.get("action", "/echo")
        return (
            f'<form method="{method}" action="{action}"><input name="a" value="1"><button>Go</button></form>'
        )

    @app.get("/outer")
    def outer() -> str:
        return f'<iframe src="{request.args["inner"]}"></iframe><a href="/echo">Echo</a>'

    @app.post("/moved/<int:status>")
    def moved(status: int) -> ResponseReturnValue:
        return redirect("/echo", status)

    @app.get("/unframed")
    def unframed() -> ResponseReturnValue:
        return "x", {"Content-Security-Policy": "frame-ancestors 'none'"}

    @app.get("/round")
    def round_and_round() -> ResponseReturnValue:
        return redirect("/round")

    server = WebServer("localhost")
    server.start(app)
    yield server.url
    server.stop()


def echoed(page: Page) -> dict[str, str]:
    answer: dict[str, str] = page.response.json()
    return answer


def test_an_address_that_is_typed_in_comes_from_nowhere(site: str) -> None:
    with Browser(site, language="en") as browser:
        seen = echoed(browser.visit("/echo"))

    assert (seen["Sec-Fetch-Site"], seen["Sec-Fetch-Dest"]) == ("none", "document")
    assert seen["Accept-Language"] == "en"


def test_a_form_goes_out_as_its_method_says(site: str) -> None:
    with Browser(site) as browser:
        posted = echoed(browser.submit(browser.visit("/form/post"), {"a": "é"}))
        got = echoed(browser.submit(browser.visit("/form/get"), {"a": "é"}))

    assert (posted["method"], posted["form"], posted["Origin"]) == ("POST", "a=%C3%A9", site)
    assert (got["method"], got["query"], got["Origin"]) == ("GET", "a=%C3%A9", "")
    assert posted["Sec-Fetch-Site"] == "same-origin"


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST")])
def test_a_redirect_after_a_post_keeps_or_changes_the_method(site: str, status: int, method: str) -> None:
    with Browser(site) as browser:
        page = browser.visit(f"/form/post?action=/moved/{status}")

        seen = echoed(browser.submit(page))

    assert seen["method"] == method
    assert bool(seen["form"]) == (method == "POST")


def test_a_frame_of_another_site_says_so(site: str, lms: RunningPlatform) -> None:
    with Browser(lms.url) as browser:
        outer = browser.visit(f"{site}/outer?inner={lms.url}/jwks.json")
        own = browser.visit(f"{site}/outer?inner=/echo")

        with pytest.raises(Blocked):
            browser.open_frame(outer)
        seen = echoed(browser.open_frame(own))

    assert (seen["Sec-Fetch-Site"], seen["Sec-Fetch-Dest"]) == ("same-origin", "iframe")


def test_a_page_that_forbids_framing_shows_in_a_tab_only(site: str) -> None:
    with Browser(site) as browser:
        outer = browser.visit("/outer?inner=/unframed")

        with pytest.raises(Blocked):
            browser.open_frame(outer)
        assert browser.follow_in_tab(outer, "/unframed").status == 200


def test_a_link_is_followed_by_its_text(site: str) -> None:
    with Browser(site) as browser:
        outer = browser.visit("/outer?inner=/echo")

        assert echoed(browser.follow(outer, "Echo"))["Sec-Fetch-Site"] == "same-origin"
        with pytest.raises(LookupError):
            browser.follow(outer, "Elsewhere")


def test_a_link_is_followed_by_a_part_of_its_address(site: str) -> None:
    with Browser(site) as browser:
        outer = browser.visit("/outer?inner=/echo")

        assert echoed(browser.open(outer, "/ech"))["method"] == "GET"
        with pytest.raises(LookupError):
            browser.open(outer, "/elsewhere")


def test_a_circle_of_redirects_ends(site: str) -> None:
    with Browser(site) as browser, pytest.raises(LookupError, match="too many redirects"):
        browser.visit("/round")
