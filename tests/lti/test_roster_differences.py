"""Asking what changed in a roster instead of reading all of it (NRPS 2.0 section 2.4.3)."""

from typing import Any

import pytest

from lti_tool.domain.rosters import Extent
from lti_tool.lti import roster
from lti_tool.lti.members import Status
from lti_tool.lti.roster import NotRead, Place, Roster
from lti_tool.lti.service_calls import Failure
from tests.lti.lms import DEPLOYMENT, NOW, Lms
from tests.lti.platform_server import Reply
from tests.lti.rosters import MEMBERS, TOKEN, member, page

SINCE = "/services.php/differences"


@pytest.fixture
def platform(lms: Lms) -> Lms:
    lms.server.answer("/token", Reply.json(TOKEN))
    lms.server.answer(MEMBERS, page(member(1), member(2), link=relation(lms, SINCE + "?t=2")))
    return lms


def relation(platform: Lms, path: str, name: str = "differences") -> str:
    return f'<{platform.server.url}{path}>; rel="{name}"'


def read(platform: Lms, differences: str | None = SINCE + "?t=1") -> Roster | NotRead:
    url = platform.server.url
    since = None if differences is None else (differences if ":" in differences else url + differences)
    place = Place(platform.registration, DEPLOYMENT, url + MEMBERS, since)
    return roster.read(place, platform.store, platform.outgoing, NOW)


def found(platform: Lms, **how: Any) -> Roster:
    outcome = read(platform, **how)
    assert isinstance(outcome, Roster), outcome
    return outcome


def test_a_platform_says_where_to_ask_what_changed(platform: Lms) -> None:
    outcome = found(platform, differences=None)

    assert (outcome.extent, outcome.differences) == (Extent.WHOLE, platform.server.url + SINCE + "?t=2")


def test_of_several_pages_the_first_says_it(platform: Lms) -> None:
    links = f"{relation(platform, MEMBERS + '?p=2', 'next')}, {relation(platform, SINCE + '?t=2')}"
    second = page(member(2), link=relation(platform, SINCE + "?t=3"))
    platform.server.answer(MEMBERS, page(member(1), link=links), second)

    assert found(platform, differences=None).differences == platform.server.url + SINCE + "?t=2"


def test_what_changed_is_asked_at_exactly_that_address(platform: Lms) -> None:
    gone = member(1, status="Deleted")
    platform.server.answer(SINCE, page(gone, member(3), link=relation(platform, SINCE + "?t=2")))

    outcome = found(platform)

    (seen,) = platform.server.requests_to(SINCE)
    assert seen.target == SINCE + "?t=1"
    assert outcome.extent is Extent.CHANGES
    assert [(one.sub, one.status) for one in outcome.members] == [("1", Status.DELETED), ("3", Status.ACTIVE)]
    assert outcome.differences == platform.server.url + SINCE + "?t=2"
    assert platform.server.requests_to(MEMBERS) == []


def test_nothing_changed_is_an_answer(platform: Lms) -> None:
    platform.server.answer(SINCE, page())

    outcome = found(platform)

    assert (outcome.members, outcome.extent, outcome.differences) == ((), Extent.CHANGES, None)


@pytest.mark.parametrize("reply", [Reply(404), Reply(400), Reply(410), Reply(200, b"<html>"), Reply.json({})])
def test_where_that_does_not_work_all_is_read(platform: Lms, reply: Reply) -> None:
    platform.server.answer(SINCE, reply)

    outcome = found(platform)

    assert outcome.extent is Extent.WHOLE
    assert [one.sub for one in outcome.members] == ["1", "2"]


def test_changes_that_go_on_without_end_are_left_and_all_is_read(
    platform: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "MOST_PAGES", 2)
    platform.server.answer(
        SINCE, *[page(member(n), link=relation(platform, f"{SINCE}?n={n}", "next")) for n in range(3, 9)]
    )

    assert found(platform).extent is Extent.WHOLE


@pytest.mark.parametrize("elsewhere", ["https://other.example/since", "http://localhost:9/since"])
def test_the_token_goes_to_no_other_host_for_what_changed(platform: Lms, elsewhere: str) -> None:
    assert found(platform, differences=elsewhere).extent is Extent.WHOLE


def test_a_platform_that_fails_for_now_is_asked_for_the_changes_again(platform: Lms) -> None:
    platform.server.answer(SINCE, Reply(500))

    assert read(platform) == NotRead(Failure.PLATFORM_FAILED, 500)
    assert platform.server.requests_to(MEMBERS) == []
