"""The line item of a link whose launches name none."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lti_tool.lti import line_items
from lti_tool.lti.grades import NotSent
from lti_tool.lti.launches import LINE_ITEM_READ_SCOPE, LINE_ITEM_SCOPE
from lti_tool.lti.line_items import Column, Container, Services
from lti_tool.lti.service_calls import Failure
from tests.lti.lms import DEPLOYMENT, NOW, Lms
from tests.lti.platform_server import Reply

ITEMS = "/services.php/2/lineitems"
OWN = "9d1f2c3a-0000-4000-8000-000000000001"
BOTH = frozenset({LINE_ITEM_SCOPE, LINE_ITEM_READ_SCOPE})
TOKEN = {"access_token": "token-1", "expires_in": 3600, "scope": " ".join(BOTH)}


@pytest.fixture
def platform(lms: Lms) -> Lms:
    lms.server.answer("/token", Reply.json(TOKEN))
    return lms


def item(platform: Lms, number: int, **more: Any) -> dict[str, Any]:
    said = {
        "id": f"{platform.server.url}{ITEMS}/{number}/lineitem?type_id=5",
        "label": "x",
        "scoreMaximum": 1,
    }
    return said | more


def obtain(
    platform: Lms,
    scopes: frozenset[str] = BOTH,
    own_id: str | None = OWN,
    family: str | None = None,
    label: str = "Terugkijken",
    url: str | None = None,
) -> str | NotSent | None:
    address = platform.server.url + ITEMS + "?type_id=5" if url is None else url
    container = Container(platform.registration, DEPLOYMENT, address, scopes, family)
    services = Services(platform.store, platform.outgoing, NOW)
    return line_items.find_or_make(Column("link-1", own_id, "post", label), container, services)


def asked(platform: Lms, method: str = "GET") -> list[dict[str, list[str]]]:
    seen = [one for one in platform.server.requests_to(ITEMS) if one.method == method]
    return [parse_qs(urlsplit(one.target).query) for one in seen]


def made(platform: Lms) -> dict[str, Any]:
    (seen,) = [one for one in platform.server.requests_to(ITEMS) if one.method == "POST"]
    content: dict[str, Any] = json.loads(seen.body)
    return content


def test_the_column_of_the_link_is_found_by_the_link(platform: Lms) -> None:
    platform.server.answer(ITEMS, Reply.json([item(platform, 1, resourceLinkId="link-1")]))

    found = obtain(platform)

    (seen,) = platform.server.requests_to(ITEMS)
    assert found == item(platform, 1)["id"]
    assert asked(platform) == [{"type_id": ["5"], "resource_link_id": ["link-1"]}]
    assert seen.headers["accept"] == "application/vnd.ims.lis.v2.lineitemcontainer+json"


def test_a_column_of_ours_that_hangs_from_no_link_is_found_by_our_id(platform: Lms) -> None:
    ours = item(platform, 2, resourceId=OWN, tag="post")
    platform.server.answer(ITEMS, Reply.json([]), Reply.json([ours]))

    assert obtain(platform) == ours["id"]
    assert asked(platform)[1] == {"type_id": ["5"], "resource_id": [OWN]}


@pytest.mark.parametrize(
    "others",
    [
        [{"resourceLinkId": "link-2"}, {"resourceLinkId": "link-1", "resourceId": OWN}],
        [
            {"resourceLinkId": "link-1", "resourceId": "another"},
            {"resourceLinkId": "link-1", "resourceId": OWN},
        ],
        [
            {"resourceLinkId": "link-1", "resourceId": OWN, "tag": "pre"},
            {"resourceLinkId": "link-1", "resourceId": OWN, "tag": "post"},
        ],
        [{"resourceLinkId": "link-2", "resourceId": OWN}, {"resourceLinkId": "link-1"}],
        [{}, {"resourceLinkId": "link-1"}],
    ],
)
def test_of_several_columns_ours_is_chosen_also_where_filters_are_not_heard(
    platform: Lms, others: list[dict[str, str]]
) -> None:
    listed = [item(platform, number, **more) for number, more in enumerate(others)]
    platform.server.answer(ITEMS, Reply.json(listed))

    assert obtain(platform) == listed[-1]["id"]
    assert asked(platform, "POST") == []


def test_all_pages_are_looked_through(platform: Lms) -> None:
    header = f"<{platform.server.url}{ITEMS}?type_id=5&amp;from=1>; rel=“next”"
    first = Reply.json([item(platform, 1)], Link=header.encode().decode("latin-1"))
    platform.server.answer(ITEMS, first, Reply.json([item(platform, 2, resourceLinkId="link-1")]))

    assert obtain(platform) == item(platform, 2)["id"]


@pytest.mark.parametrize("goes_on", ["https://other.example/lineitems", "{url}?type_id=5&from={page}"])
def test_no_column_is_made_while_some_of_them_were_not_seen(platform: Lms, goes_on: str) -> None:
    pages = [
        Reply.json([], Link=f"<{goes_on.format(url=platform.server.url + ITEMS, page=page)}>; rel=next")
        for page in range(30)
    ]
    platform.server.answer(ITEMS, *pages)

    outcome = obtain(platform)

    assert outcome == NotSent(Failure.BROKEN)
    assert asked(platform, "POST") == []


def test_a_column_is_made_when_there_is_none(platform: Lms) -> None:
    new = item(platform, 7)
    platform.server.answer(ITEMS, Reply.json([]), Reply.json([]), Reply.json(new, 201))

    found = obtain(platform)

    assert found == new["id"]
    assert made(platform) == {
        "label": "Terugkijken",
        "scoreMaximum": 1,
        "resourceId": OWN,
        "tag": "post",
        "resourceLinkId": "link-1",
    }
    assert asked(platform, "POST") == [{"type_id": ["5"]}]


def test_a_column_in_canvas_hangs_from_no_link_and_says_how_work_is_handed_in(platform: Lms) -> None:
    platform.server.answer(ITEMS, Reply.json([]), Reply.json([]), Reply.json(item(platform, 7), 201))

    obtain(platform, family="canvas")

    assert made(platform)["https://canvas.instructure.com/lti/submission_type"] == {"type": "none"}
    assert "resourceLinkId" not in made(platform)


def test_a_long_name_is_cut(platform: Lms) -> None:
    platform.server.answer(ITEMS, Reply.json([]), Reply.json([]), Reply.json(item(platform, 7), 201))

    obtain(platform, label="x" * 300)

    assert made(platform)["label"] == "x" * 100


@pytest.mark.parametrize(
    "how",
    [
        {"own_id": None},  # nobody chose it with the tool
        {"scopes": frozenset({LINE_ITEM_READ_SCOPE})},
        {"family": "moodle"},  # whoever switched grades off there meant it
    ],
)
def test_a_column_that_nobody_wants_is_not_made(platform: Lms, how: dict[str, Any]) -> None:
    platform.server.answer(ITEMS, Reply.json([]))

    assert obtain(platform, **how) is None
    assert asked(platform, "POST") == []


@pytest.mark.parametrize(
    ("scopes", "token_is_for"),
    [
        (BOTH, LINE_ITEM_READ_SCOPE),
        (frozenset({LINE_ITEM_READ_SCOPE}), LINE_ITEM_READ_SCOPE),
        (frozenset({LINE_ITEM_SCOPE}), LINE_ITEM_SCOPE),
    ],
)
def test_only_a_scope_that_was_offered_and_is_needed_is_asked_for(
    platform: Lms, scopes: frozenset[str], token_is_for: str
) -> None:
    platform.server.answer(ITEMS, Reply.json([item(platform, 1, resourceLinkId="link-1")]))

    obtain(platform, scopes)

    (token,) = platform.server.requests_to("/token")
    assert parse_qs(token.body.decode())["scope"] == [token_is_for]


@pytest.mark.parametrize(
    ("reply", "reason", "permanent"),
    [
        (Reply(503), Failure.PLATFORM_FAILED, False),
        (Reply(403), Failure.NOT_ALLOWED, True),
        (Reply(200, b"<html>"), Failure.PLATFORM_FAILED, False),
        (Reply.json({}), Failure.PLATFORM_FAILED, False),
    ],
)
def test_a_list_that_cannot_be_read_makes_no_column(
    platform: Lms, reply: Reply, reason: Failure, permanent: bool
) -> None:
    platform.server.answer(ITEMS, reply)

    outcome = obtain(platform)

    assert isinstance(outcome, NotSent)
    assert (outcome.reason, outcome.permanent) == (reason, permanent)
    assert asked(platform, "POST") == []


@pytest.mark.parametrize(
    "reply", [Reply(201), Reply.json([], 201), Reply.json({"id": "https://other.example/1"}, 201)]
)
def test_a_new_column_without_an_address_of_its_own_is_looked_for_later(platform: Lms, reply: Reply) -> None:
    platform.server.answer(ITEMS, Reply.json([]), Reply.json([]), reply)

    outcome = obtain(platform)

    assert isinstance(outcome, NotSent)
    assert not outcome.permanent


def test_the_token_goes_to_no_column_on_another_host(platform: Lms) -> None:
    elsewhere = {"id": "https://other.example/lineitem", "resourceLinkId": "link-1"}
    platform.server.answer(ITEMS, Reply.json([elsewhere]))

    assert obtain(platform, own_id=None) is None


@pytest.mark.parametrize("url", ["", "ftp://lms.example/items", "http://["])
def test_what_is_no_address_is_not_asked(platform: Lms, url: str) -> None:
    assert obtain(platform, url=url) == NotSent(Failure.NOT_FOUND)


@pytest.mark.parametrize(
    "entry", [1, None, {"id": 5, "resourceLinkId": "link-1"}, {"resourceLinkId": "link-1"}]
)
def test_an_entry_of_wrong_types_is_no_column(platform: Lms, entry: object) -> None:
    platform.server.answer(ITEMS, Reply.json([entry]))

    assert obtain(platform, own_id=None) is None
