"""How the browser keeps cookies: as Chromium does, with third-party cookies blocked."""

from datetime import UTC, datetime, timedelta

import pytest

from demo_lms.cookies import CookieStore, Navigation

LMS, TOOL = "http://127.0.0.1:8421", "http://localhost:8420"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
IN_FRAME = Navigation(top=LMS, initiator=LMS)
IN_TAB = Navigation(initiator=LMS)
TYPED = Navigation()
PARTITIONED = "a=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        (PARTITIONED, True),
        ("a=1; Path=/; Secure; SameSite=None", False),
        ("a=1; Path=/", False),
        ("a=1; Path=/; Secure; SameSite=Lax; Partitioned", False),
        ("a=1; Path=/; SameSite=None; Partitioned", False),
    ],
)
def test_in_a_frame_of_another_site_only_a_partitioned_cookie_is_kept(line: str, is_kept: bool) -> None:
    store = CookieStore()

    kept = store.keep(line, f"{TOOL}/lti/login", IN_FRAME, NOW)

    assert kept is is_kept
    assert store.header(f"{TOOL}/v/1", "GET", IN_FRAME, NOW) == ("a=1" if is_kept else "")


@pytest.mark.parametrize("line", ["a=1; Path=/", "a=1; Path=/; Secure; SameSite=None"])
def test_a_cookie_of_a_tab_that_is_not_partitioned_stays_out_of_frames(line: str) -> None:
    store = CookieStore()
    store.keep(line, TOOL, TYPED, NOW)

    assert store.header(TOOL, "GET", TYPED, NOW) == "a=1"
    assert store.header(TOOL, "GET", IN_FRAME, NOW) == ""


def test_a_partitioned_cookie_of_a_frame_is_not_there_in_a_tab_of_its_own() -> None:
    store = CookieStore()
    store.keep(PARTITIONED, TOOL, IN_FRAME, NOW)

    assert store.header(TOOL, "GET", TYPED, NOW) == ""


def test_a_partitioned_cookie_of_a_tab_is_not_there_in_a_frame() -> None:
    store = CookieStore()
    store.keep(PARTITIONED, TOOL, TYPED, NOW)

    assert store.header(TOOL, "GET", TYPED, NOW) == "a=1"
    assert store.header(TOOL, "GET", IN_FRAME, NOW) == ""


def test_a_secure_cookie_works_on_loopback_and_on_https_only() -> None:
    store = CookieStore()

    assert store.keep("a=1; Secure", TOOL, TYPED, NOW)
    assert store.keep("a=1; Secure", "https://tool.example", TYPED, NOW)
    assert not store.keep("a=1; Secure", "http://tool.example", TYPED, NOW)


@pytest.mark.parametrize(
    ("same_site", "method", "navigation", "is_sent"),
    [
        ("Lax", "GET", IN_TAB, True),
        ("Lax", "POST", IN_TAB, False),
        ("Strict", "GET", IN_TAB, False),
        ("Strict", "GET", TYPED, True),
        ("None; Secure", "POST", IN_TAB, True),
    ],
)
def test_same_site_decides_what_another_site_brings_along(
    same_site: str, method: str, navigation: Navigation, is_sent: bool
) -> None:
    store = CookieStore()
    store.keep(f"a=1; Path=/; SameSite={same_site}", TOOL, TYPED, NOW)

    assert bool(store.header(TOOL, method, navigation, NOW)) is is_sent


def test_a_lax_cookie_of_the_lms_stays_home_when_a_framed_page_of_the_tool_asks() -> None:
    store = CookieStore()
    store.keep("a=1; Path=/; SameSite=Lax", LMS, TYPED, NOW)

    assert store.header(f"{LMS}/auth", "GET", Navigation(top=LMS, initiator=TOOL), NOW) == ""
    assert store.header(f"{LMS}/auth", "GET", Navigation(top=LMS, initiator=LMS), NOW) == "a=1"


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        "=1",
        "a=1; Domain=example.org",
        "__Host-a=1; Secure; Path=/lti",
        "__Host-a=1; Path=/",
    ],
)
def test_a_line_that_browsers_throw_away_is_thrown_away(line: str) -> None:
    assert not CookieStore().keep(line, TOOL, TYPED, NOW)


@pytest.mark.parametrize("ending", ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_cookie_is_deleted_by_letting_it_expire(ending: str) -> None:
    store = CookieStore()
    store.keep("a=1; Path=/", TOOL, TYPED, NOW)

    store.keep(f"a=; Path=/; {ending}", TOOL, TYPED, NOW)

    assert store.all() == []


def test_a_cookie_is_gone_after_its_time() -> None:
    store = CookieStore()
    store.keep("a=1; Path=/; Max-Age=60", TOOL, TYPED, NOW)

    assert store.header(TOOL, "GET", TYPED, NOW + timedelta(seconds=59)) == "a=1"
    assert store.header(TOOL, "GET", TYPED, NOW + timedelta(seconds=60)) == ""


def test_a_cookie_goes_to_its_own_path_and_host_only() -> None:
    store = CookieStore()
    store.keep("a=1; Path=/lti", TOOL, TYPED, NOW)

    assert store.header(f"{TOOL}/lti/login", "GET", TYPED, NOW) == "a=1"
    assert store.header(f"{TOOL}/ltix", "GET", TYPED, NOW) == ""
    assert store.header(f"{LMS}/lti", "GET", TYPED, NOW) == ""
