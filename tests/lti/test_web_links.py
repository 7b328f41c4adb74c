"""The addresses in the `Link` header of an answer (RFC 8288)."""

import pytest

from lti_tool.lti import web_links
from lti_tool.lti.outgoing import Answer

PAGE = "https://lms.example/api/memberships?page=1"
NEXT = "https://lms.example/api/memberships?page=2"


def found(header: str, relation: str = "next") -> str | None:
    return web_links.find(Answer(200, {"link": header}, b""), relation, PAGE)


@pytest.mark.parametrize(
    "header",
    [
        f'<{NEXT}>; rel="next"',
        f"<{NEXT}>; rel=next",
        f'<{NEXT}>;rel="next"',
        f'<{NEXT}> ; title="a, b; c" ; REL = "NEXT"',
        f'<{NEXT}>; rel="last next"',
        f'<{NEXT}>; rel="next"; rel="prev"',
        f'<{PAGE}>; rel="current", <{NEXT}>; rel="next", <{PAGE}>; rel="first"',
        f"<{NEXT}>; rel=\u201cnext\u201d",  # Moodle
        '<?page=2>; rel="next"',
        '</api/memberships?page=2>; rel="next"',
    ],
)
def test_the_next_page_is_found_however_it_is_written(header: str) -> None:
    assert found(header) == NEXT


def test_capitals_in_an_address_stay_as_in_canvas_s_bookmarks() -> None:
    bookmark = "https://lms.example/api/memberships?page=bookmark:WzEyLCJBYiJd&per_page=100"

    assert found(f'<{bookmark}>; rel="next"') == bookmark


def test_an_ampersand_may_be_written_as_in_html_as_moodle_does() -> None:
    assert found(f'<{PAGE}&amp;from=2>; rel="next"') == f"{PAGE}&from=2"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "<>",
        "<" * 9000,
        f"<{NEXT}>",
        f'<{NEXT}>; rel="prev"',
        f'<{NEXT}>; rel="next"; anchor="/x"',
        "next",
    ],
)
def test_what_names_no_next_page_is_none(header: str) -> None:
    assert found(header) is None


def test_each_relation_has_its_own_address() -> None:
    header = f'<{NEXT}>; rel="next", <{PAGE}&since=1>; rel="differences"'

    assert (found(header), found(header, "differences")) == (NEXT, f"{PAGE}&since=1")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://lms.example/a", "https://LMS.example:443/b?c", True),
        ("https://lms.example/a", "http://lms.example/a", False),
        ("https://lms.example/a", "https://lms.example:8443/a", False),
        ("https://lms.example/a", "https://lms.example.evil.example/a", False),
        ("https://lms.example/a", "https://lms.example@evil.example/", False),
        ("https://lms.example/a", "//evil.example/", False),
        ("https://lms.example/a", "javascript:alert(1)", False),
    ],
)
def test_only_the_same_scheme_host_and_port_are_the_same_place(one: str, other: str, is_same: bool) -> None:
    assert web_links.is_same_origin(one, other) is is_same
