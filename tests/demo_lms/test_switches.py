"""The switches that make the LMS another one."""

import time

import httpx
import pytest

from demo_lms import faults
from demo_lms.browser import Browser
from demo_lms.platform import Platform
from demo_lms.switches import Profile, Switches, changed


def test_the_lms_begins_strict_and_says_so(browser: Browser, http: httpx.Client) -> None:
    page = browser.visit("/switches")

    chosen = {control.name: control.value for control in page.form("profile").controls if control.is_chosen}
    assert chosen["profile"] == "strict"
    assert http.get("/api/switches").json()["profile"] == "strict"


@pytest.mark.parametrize("profile", Profile)
def test_each_profile_can_be_chosen_on_the_page(
    browser: Browser, platform: Platform, profile: Profile
) -> None:
    page = browser.submit(
        browser.visit("/switches"), {"profile": str(profile)}, button="Instellingen bewaren"
    )

    assert "Bewaard. Het geldt vanaf nu." in page.text
    assert platform.switches.profile is profile


def test_the_page_offers_every_switch(browser: Browser) -> None:
    offered = browser.visit("/switches").form("profile").names

    assert offered == set(Switches().as_json())


def test_tests_turn_a_switch_with_json_and_leave_the_others(http: httpx.Client, platform: Platform) -> None:
    before = platform.switches

    told = http.post("/api/switches", json={"profile": "moodle"}).json()

    assert told == before.as_json() | {"profile": "moodle"}
    assert platform.switches.profile is Profile.MOODLE


@pytest.mark.parametrize("said", [None, [], {"profile": "blackboard"}, {"colour": "plum"}, {"profile": None}])
def test_an_unknown_switch_or_position_changes_nothing(
    http: httpx.Client, platform: Platform, said: object
) -> None:
    assert http.post("/api/switches", json=said).status_code == 400
    assert http.post("/switches", data={"profile": "blackboard"}).status_code == 400
    assert platform.switches == Switches()


def test_what_changes_nothing_is_fine() -> None:
    assert changed(Switches(), {}) == Switches()


def test_a_slow_lms_answers_late(
    http: httpx.Client, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo_lms.app.SLOWNESS", 0.3)
    platform.switches = Switches(Profile.SLOW)
    began = time.monotonic()

    answer = http.get("/jwks.json")

    assert answer.status_code == 200
    assert time.monotonic() - began >= 0.3


def test_a_failing_lms_fails_every_other_time_and_each_time_otherwise(
    http: httpx.Client, platform: Platform
) -> None:
    platform.switches = Switches(Profile.FAILING)

    answers = [http.get("/jwks.json") for _ in faults.IN_TURN]

    assert [answer.status_code for answer in answers] == [503, 200, 500, 200, 200, 200]
    assert ["keys" in answer.text for answer in answers] == [False, True, False, True, False, True]


def test_a_failing_lms_still_shows_its_pages(browser: Browser, platform: Platform) -> None:
    platform.switches = Switches(Profile.FAILING)

    assert {browser.visit("/switches").status for _ in range(3)} == {200}


def test_people_leave_a_course_and_come_to_it_on_the_page(browser: Browser, platform: Platform) -> None:
    page = browser.submit(browser.visit("/switches"), {"member": ["1041", "1045"]}, having="members-311")

    course, other = platform.courses.find("311"), platform.courses.find("312")
    assert "Bewaard. Het geldt vanaf nu." in page.text
    assert course is not None
    assert other is not None
    assert course.member_ids == {"1041", "1045", "1007", "1008", "1009"}
    assert len(other.member_ids) == 8
