"""A whole LMS and a small tool, really running."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Playwright

from demo_lms.browser import Browser
from demo_lms.keys import SigningKey
from demo_lms.platform import Platform
from demo_lms.running import RunningPlatform
from demo_lms.vocabulary import MediaType, Scope
from tests.browser.chromium import PATH, PATIENCE
from tests.demo_lms import fake_tool
from tests.demo_lms.fake_tool import FakeTool


@pytest.fixture(scope="session")
def key_of_tool() -> SigningKey:
    """One for all tests, for making a key takes a while."""
    return SigningKey()


@pytest.fixture
def tool(key_of_tool: SigningKey) -> Iterator[FakeTool]:
    tool = FakeTool(key_of_tool)
    server = fake_tool.start(tool)
    yield tool
    server.stop()


@pytest.fixture
def lms(tool: FakeTool) -> Iterator[RunningPlatform]:
    with RunningPlatform(tool.url) as running:
        tool.lms = running.url
        yield running


@pytest.fixture
def platform(lms: RunningPlatform) -> Platform:
    return lms.platform


@pytest.fixture
def browser(lms: RunningPlatform) -> Iterator[Browser]:
    with Browser(lms.url) as browser:
        yield browser


@pytest.fixture
def http(lms: RunningPlatform) -> Iterator[httpx.Client]:
    """The tool's server, talking to the LMS."""
    with httpx.Client(base_url=lms.url, headers={"User-Agent": "fake-tool"}, trust_env=False) as client:
        yield client


@pytest.fixture
def ask_token(http: httpx.Client, tool: FakeTool) -> Callable[..., httpx.Response]:
    """Ask for a token with an assertion that holds, but for what the test changes."""

    def ask(scope: str = Scope.SCORE, form: dict[str, Any] | None = None, **changes: Any) -> httpx.Response:
        right = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": tool.assertion(**changes),
            "scope": scope,
        }
        return http.post("/token", data=right | (form or {}))

    return ask


@pytest.fixture
def bearer(ask_token: Callable[..., httpx.Response]) -> Callable[..., dict[str, str]]:
    """The header with a fresh token for these scopes."""

    def header(*scopes: Scope) -> dict[str, str]:
        answer = ask_token(" ".join(scopes))
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    return header


@pytest.fixture
def column(platform: Platform) -> str:
    """The path of the line item of the first activity, as the launch claims give it, without its query."""
    item = platform.gradebook.column_of(platform.link("3111"))
    assert item is not None
    return f"/services/311/lineitems/{item.id}/lineitem"


@pytest.fixture
def post_score(
    http: httpx.Client, bearer: Callable[..., dict[str, str]], column: str
) -> Callable[..., httpx.Response]:
    """Post a score body to the first activity's column, as the media type that the LMS takes."""
    token = bearer(Scope.SCORE)

    def post(body: str, content_type: str = MediaType.SCORE, **headers: str) -> httpx.Response:
        return http.post(
            f"{column}/scores?type_id=1",
            content=body.encode(),
            headers=token | {"Content-Type": content_type} | headers,
        )

    return post


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Chromium]:
    """A browser that runs scripts."""
    chromium = playwright.chromium.launch(executable_path=PATH, args=["--no-sandbox"])
    yield chromium
    chromium.close()


@pytest.fixture
def tab(chromium: Chromium) -> Iterator[Page]:
    """A page of a fresh Dutch browser profile."""
    context = chromium.new_context(locale="nl-NL")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
