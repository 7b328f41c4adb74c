"""How the LMS tells who takes part."""

from collections.abc import Callable

import httpx
import pytest

from demo_lms.platform import Platform
from demo_lms.vocabulary import MediaType, Scope

Bearer = Callable[..., dict[str, str]]
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
MAY_LOOK = [
    [f"{MEMBERSHIP}#Instructor", f"{MEMBERSHIP}/Instructor#{role}"]
    for role in ("TeachingAssistant", "Grader")
]
ROSTER = "/services/CourseSection/311/bindings/1/memberships"


@pytest.fixture
def headers(bearer: Bearer) -> dict[str, str]:
    return bearer(Scope.ROSTER) | {"Accept": MediaType.ROSTER}


def test_the_roster_names_everybody_with_a_short_role(http: httpx.Client, headers: dict[str, str]) -> None:
    answer = http.get(ROSTER, headers=headers)

    members = answer.json()["members"]
    assert answer.headers["Content-Type"].startswith(MediaType.ROSTER)
    assert [member["roles"] for member in members] == [["Learner"]] * 5 + [["Instructor"], *MAY_LOOK]
    assert {member["status"] for member in members} == {"Active"}


def test_somebody_without_an_address_has_none_here_either(
    http: httpx.Client, headers: dict[str, str]
) -> None:
    members = http.get(ROSTER, headers=headers).json()["members"]

    assert [member["name"] for member in members if "email" not in member] == ["Marloes Hendriks"]


@pytest.mark.parametrize(
    "role", ["Instructor", "http://purl.imsglobal.org/vocab/lis/v2/membership%23Instructor"]
)
def test_the_roster_can_be_asked_for_one_role(http: httpx.Client, headers: dict[str, str], role: str) -> None:
    members = http.get(f"{ROSTER}?role={role}", headers=headers).json()["members"]

    assert [member["user_id"] for member in members] == ["1007", "1008", "1009"]


def test_pages_together_name_everybody_once(http: httpx.Client, headers: dict[str, str]) -> None:
    seen, url = [], f"{ROSTER}?limit=4"

    while url:
        answer = http.get(url, headers=headers)
        seen += [member["user_id"] for member in answer.json()["members"]]
        url = answer.links.get("next", {}).get("url", "")

    assert seen == ["1041", "1042", "1043", "1044", "1045", "1007", "1008", "1009"]


def test_somebody_who_left_is_gone(http: httpx.Client, headers: dict[str, str], platform: Platform) -> None:
    platform.courses.withdraw("311", "1042")

    members = http.get(ROSTER, headers=headers).json()["members"]

    assert "1042" not in {member["user_id"] for member in members}


@pytest.mark.parametrize(
    ("query", "status"),
    [("?limit=0", 400), ("?limit=many", 400), ("?from=-1", 400), ("?rlid=3121", 404), ("?rlid=3111", 200)],
)
def test_the_query_is_judged(http: httpx.Client, headers: dict[str, str], query: str, status: int) -> None:
    assert http.get(ROSTER + query, headers=headers).status_code == status


def test_plain_json_is_not_given(http: httpx.Client, headers: dict[str, str]) -> None:
    answer = http.get(ROSTER, headers=headers | {"Accept": "application/json"})

    assert answer.status_code == 400


def test_another_scope_does_not_open_it(http: httpx.Client, bearer: Bearer, platform: Platform) -> None:
    answer = http.get(ROSTER, headers=bearer(Scope.LINE_ITEM) | {"Accept": MediaType.ROSTER})

    assert answer.status_code == 403
    assert platform.complaints.all()[0].endpoint == "roster"


def test_an_unknown_course_is_not_found(http: httpx.Client, headers: dict[str, str]) -> None:
    assert http.get(ROSTER.replace("311", "999"), headers=headers).status_code == 404


def test_the_roster_of_another_deployment_needs_its_own_token(
    http: httpx.Client, headers: dict[str, str]
) -> None:
    assert http.get(ROSTER.replace("bindings/1", "bindings/2"), headers=headers).status_code == 403


def test_who_leaves_and_who_comes_can_be_told_over_http(http: httpx.Client, headers: dict[str, str]) -> None:
    def listed() -> set[str]:
        return {member["user_id"] for member in http.get(ROSTER, headers=headers).json()["members"]}

    http.post("/api/courses/311/members", json={"person": "emma", "is_member": False})
    left = listed()
    http.post("/api/courses/311/members", json={"person": "emma", "is_member": True})

    assert "1045" not in left
    assert "1045" in listed()


@pytest.mark.parametrize("body", [None, {}, {"person": "nobody", "is_member": True}, {"person": "emma"}, []])
def test_a_change_that_says_too_little_is_refused(http: httpx.Client, body: object) -> None:
    assert http.post("/api/courses/311/members", json=body).status_code == 400


def differences(answer: httpx.Response) -> str:
    return answer.links["differences"]["url"]


def told(answer: httpx.Response) -> dict[str, str]:
    return {member["user_id"]: member["status"] for member in answer.json()["members"]}


def test_what_changed_since_can_be_asked(
    http: httpx.Client, headers: dict[str, str], platform: Platform
) -> None:
    platform.courses.withdraw("311", "1045")
    whole = http.get(ROSTER, headers=headers)
    platform.courses.withdraw("311", "1041")
    platform.courses.admit("311", "1045")

    changed = http.get(differences(whole), headers=headers)
    nothing = http.get(differences(changed), headers=headers)

    assert told(changed) == {"1041": "Deleted", "1045": "Active"}
    assert told(nothing) == {}
    assert platform.complaints.all() == []


def test_the_address_of_the_differences_is_not_to_be_changed(
    http: httpx.Client, headers: dict[str, str], platform: Platform
) -> None:
    whole = http.get(ROSTER, headers=headers)

    http.get(differences(whole) + "&limit=100", headers=headers)

    assert "opaque" in platform.complaints.all()[0].reason


@pytest.mark.parametrize("since", ["99", "yesterday", ""])
def test_a_moment_that_is_not_known_is_not_found(
    http: httpx.Client, headers: dict[str, str], since: str
) -> None:
    assert http.get(f"{ROSTER}?since={since}", headers=headers).status_code == 404
