"""How the LMS keeps line items and tells results."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from demo_lms.platform import Platform
from demo_lms.vocabulary import MediaType, Scope

Bearer = Callable[..., dict[str, str]]
ALL = "/services/311/lineitems?type_id=1"


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    token = bearer(Scope.LINE_ITEM, Scope.RESULT_READ, Scope.SCORE)
    return token | {"Content-Type": MediaType.LINE_ITEM, "Accept": "*/*"}


def described(**changes: Any) -> str:
    right = {"label": "Klus", "scoreMaximum": 10, "resourceId": "klus-1", "tag": "klus"} | changes
    return json.dumps({name: value for name, value in right.items() if value is not None})


def created(http: httpx.Client, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    answer = http.post(ALL, content=described(**changes), headers=headers)
    assert answer.status_code == 201
    item: dict[str, Any] = answer.json()
    return item


def test_a_course_begins_with_the_columns_of_its_activities(
    http: httpx.Client, headers: dict[str, str]
) -> None:
    answer = http.get(ALL, headers=headers | {"Accept": MediaType.LINE_ITEMS})

    assert answer.headers["Content-Type"].startswith(MediaType.LINE_ITEMS)
    assert [item["resourceLinkId"] for item in answer.json()] == ["3111", "3112"]


def test_a_new_line_item_comes_back_with_its_address(http: httpx.Client, headers: dict[str, str]) -> None:
    item = created(http, headers)

    again = http.get(item["id"], headers=headers | {"Accept": MediaType.LINE_ITEM})

    assert again.json() == item
    assert item["id"].endswith("/lineitem?type_id=1")
    assert (item["resourceId"], item["tag"]) == ("klus-1", "klus")


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("&resource_link_id=3111", ["Voorbereiden: Doorvragen aan het loket"]),
        ("&resource_id=klus-1", ["Klus"]),
        ("&tag=klus&resource_id=klus-1", ["Klus"]),
        ("&tag=klus&resource_link_id=3111", []),
    ],
)
def test_filters_narrow_the_list(
    http: httpx.Client, headers: dict[str, str], query: str, labels: list[str]
) -> None:
    created(http, headers)

    answer = http.get(ALL + query, headers=headers)

    assert [item["label"] for item in answer.json()] == labels


def test_a_page_points_to_the_next_and_keeps_the_filter(http: httpx.Client, headers: dict[str, str]) -> None:
    for _ in range(3):
        created(http, headers)

    first = http.get(f"{ALL}&tag=klus&limit=2", headers=headers)
    second = http.get(first.links["next"]["url"], headers=headers)

    assert [len(first.json()), len(second.json())] == [2, 1]
    assert {item["tag"] for item in first.json() + second.json()} == {"klus"}
    assert "next" not in second.links


def test_following_the_pages_ends(http: httpx.Client, headers: dict[str, str]) -> None:
    last = http.get(f"{ALL}&limit=1&from=1", headers=headers)

    assert [item["resourceLinkId"] for item in last.json()] == ["3112"]
    assert "Link" not in last.headers


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"label": None}, 400),
        ({"label": "  "}, 400),
        ({"scoreMaximum": None}, 400),
        ({"scoreMaximum": 0}, 400),
        ({"scoreMaximum": "10"}, 400),
        ({"resourceId": 7}, 400),
        ({"startDateTime": "2026-11-23T09:00:00"}, 400),
        ({"resourceLinkId": "3121"}, 404),
    ],
)
def test_a_description_that_breaks_one_rule_makes_no_line_item(
    http: httpx.Client, headers: dict[str, str], platform: Platform, changes: dict[str, Any], status: int
) -> None:
    answer = http.post(ALL, content=described(**changes), headers=headers)

    assert answer.status_code == status
    assert len(platform.gradebook.items("311")) == 2


def test_reading_allows_no_writing(http: httpx.Client, bearer: Bearer, headers: dict[str, str]) -> None:
    reader = headers | bearer(Scope.LINE_ITEM_READ)

    assert http.get(ALL, headers=reader).status_code == 200
    assert http.post(ALL, content=described(), headers=reader).status_code == 403


def test_plain_json_is_neither_taken_nor_given(http: httpx.Client, headers: dict[str, str]) -> None:
    plain = {"Accept": "application/json", "Content-Type": "application/json"}

    assert http.get(ALL, headers=headers | plain).status_code == 400
    assert http.post(ALL, content=described(), headers=headers | plain).status_code == 400


def test_a_change_replaces_the_whole_description(http: httpx.Client, headers: dict[str, str]) -> None:
    item = created(http, headers)

    answer = http.put(item["id"], content=described(label="Klus 2", tag=None), headers=headers)

    assert answer.status_code == 200
    assert answer.json() == {"id": item["id"], "label": "Klus 2", "scoreMaximum": 10, "resourceId": "klus-1"}


@pytest.mark.parametrize("change", [{"id": "http://127.0.0.1/other"}, {"resourceLinkId": "3112"}])
def test_a_line_item_keeps_its_address_and_its_activity(
    http: httpx.Client, headers: dict[str, str], change: dict[str, str]
) -> None:
    item = created(http, headers, resourceLinkId="3111")

    assert http.put(item["id"], content=described(**change), headers=headers).status_code == 400


def test_grades_are_scaled_when_the_maximum_changes(
    http: httpx.Client, headers: dict[str, str], platform: Platform
) -> None:
    item = created(http, headers)
    scores = item["id"].replace("/lineitem?", "/lineitem/scores?")
    body = {
        "userId": "1041",
        "timestamp": "2026-11-23T09:30:00.250Z",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": 5,
        "scoreMaximum": 10,
        "comment": "Klaar",
    }
    http.post(scores, content=json.dumps(body), headers=headers | {"Content-Type": MediaType.SCORE})

    http.put(item["id"], content=described(scoreMaximum=100), headers=headers)

    results = http.get(
        item["id"].replace("/lineitem?", "/lineitem/results?") + "&user_id=1041",
        headers=headers | {"Accept": MediaType.RESULTS},
    ).json()
    assert [(r["userId"], r["resultScore"], r["resultMaximum"], r["comment"]) for r in results] == [
        ("1041", 50, 100, "Klaar")
    ]
    assert results[0]["scoreOf"] == item["id"]


def test_the_tool_removes_its_own_columns_only(
    http: httpx.Client, headers: dict[str, str], column: str, platform: Platform
) -> None:
    item = created(http, headers)

    own = http.delete(item["id"], headers=headers)
    other = http.delete(f"{column}?type_id=1", headers=headers)

    assert (own.status_code, other.status_code) == (204, 403)
    assert http.get(item["id"], headers=headers).status_code == 404
