"""What people see in the LMS."""

from datetime import date, timedelta
from urllib.parse import urlencode

import httpx
import pytest

from demo_lms import courses
from demo_lms.browser import Browser
from demo_lms.platform import Platform
from demo_lms.running import RunningPlatform
from demo_lms.scores import Score, parse
from demo_lms.vocabulary import LAUNCH_PRESENTATION, ROLES
from tests.demo_lms.fake_tool import FakeTool
from tests.demo_lms.test_mail_shown import mail

SCORE = (
    b'{"userId": "1041", "timestamp": "2026-11-23T09:30:00.250Z", "activityProgress": "Completed",'
    b' "gradingProgress": "FullyGraded", "scoreGiven": 1, "scoreMaximum": 1}'
)


def test_the_entrance_offers_five_learners_and_everybody_who_looks_on(browser: Browser) -> None:
    page = browser.visit("/")

    offered = [button.text for button in page.form("person").buttons]
    assert len(offered) == 9
    assert offered[5:] == [
        "Ineke van Dalen trainer",
        "Noor Bakker assistent",
        "Ravi Jansen trainer die alleen meekijkt · leest Engels",
        "Beheer Leerhuis beheerder van de leeromgeving",
    ]


def test_somebody_who_signs_in_sees_their_trainings(browser: Browser) -> None:
    page = browser.sign_in("sanne")

    assert page.document.heading == "Uw trainingen"
    assert page.link("Doorvragen aan het loket").endswith("/courses/311")


@pytest.mark.parametrize("path", ["/courses", "/courses/311", "/courses/311/results", "/activities/3111"])
def test_without_signing_in_every_page_of_a_course_leads_to_the_entrance(browser: Browser, path: str) -> None:
    assert browser.visit(path).document.heading == "Wie bent u?"


@pytest.mark.parametrize("course_id", ["311", "312"])
def test_the_return_address_of_a_launch_leads_to_its_course_even_without_its_query(
    browser: Browser, platform: Platform, course_id: str
) -> None:
    course = platform.courses.find(course_id)
    assert course is not None
    claims = platform.claims_for(platform.person("sanne"), course.links[0])
    path, _, query = claims[LAUNCH_PRESENTATION]["return_url"].partition("?")
    browser.sign_in("sanne")

    assert browser.visit(path).url == browser.visit(f"{path}?{query}").url
    assert browser.visit(path).document.heading == course.title


def test_who_signs_in_on_the_way_to_a_course_comes_there(browser: Browser) -> None:
    entrance = browser.visit("/courses/311/return")

    assert browser.submit(entrance, button="sanne").document.heading == "Doorvragen aan het loket"


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""]
)
def test_signing_in_leads_to_no_other_site(browser: Browser, to: str) -> None:
    entrance = browser.visit(f"/?{urlencode({'to': to})}")

    assert browser.submit(entrance, button="sanne").document.heading == "Uw trainingen"


def test_an_administrator_begins_at_the_tools(browser: Browser) -> None:
    assert browser.sign_in("beheer").document.heading == "Externe tools"


def test_an_administrator_opens_every_training_and_takes_part_in_none(
    browser: Browser, platform: Platform
) -> None:
    administrator = platform.person("beheer")
    tools = browser.sign_in("beheer")

    page = browser.follow(browser.follow(tools, "Alle trainingen bekijken"), "Doorvragen aan het loket")

    claims = platform.claims_for(administrator, platform.link("3111"))
    assert page.document.heading == "Doorvragen aan het loket"
    assert administrator.name not in page.text.split("Wie doen er mee?")[1]
    assert claims[ROLES] == ["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"]


def test_somebody_outside_a_course_does_not_see_it(browser: Browser, platform: Platform) -> None:
    platform.courses.withdraw("311", "1041")
    browser.sign_in("sanne")

    page = browser.visit("/courses/311")
    assert (page.status, page.document.heading) == (404, "Deze pagina is er niet voor u")
    assert "U bent nu Sanne de Wit." in page.text
    assert browser.visit("/activities/3111/start").status == 404


def test_a_course_says_in_words_when_it_was(browser: Browser, platform: Platform) -> None:
    platform.today = date(2026, 11, 24)
    platform.courses = courses.Courses(courses.seeded(date(2026, 11, 24), frozenset({"1041"})))
    browser.sign_in("sanne")

    ended, coming = browser.visit("/courses/311"), browser.visit("/courses/312")

    assert "Deze training eindigde gisteren, op maandag 23 november." in ended.text
    assert "Deze training begint over 9 dagen, op donderdag 3 december." in coming.text


def test_the_words_follow_the_calendar(browser: Browser, platform: Platform) -> None:
    platform.today += timedelta(days=4)
    browser.sign_in("sanne")

    assert "eindigde 5 dagen geleden" in browser.visit("/courses/311").text


@pytest.mark.parametrize("days", range(7))
def test_the_second_course_always_starts_next_week(days: int) -> None:
    today = date(2026, 11, 23) + timedelta(days=days)

    _, coming = courses.seeded(today, frozenset())

    assert coming.meetings[0].isocalendar().week == today.isocalendar().week + 1


def test_the_trainer_sees_all_results_and_a_learner_the_own_ones(
    browser: Browser, platform: Platform
) -> None:
    item, score = platform.gradebook.column_of(platform.link("3111")), parse(SCORE)
    assert item is not None
    assert isinstance(score, Score)
    platform.gradebook.record(item, score)

    browser.sign_in("ineke")
    of_trainer = browser.visit("/courses/311/results").text
    browser.sign_in("youssef")
    of_learner = browser.visit("/courses/311/results").text

    assert "<strong>1</strong> van 1" in of_trainer
    assert of_trainer.count('<th scope="row"') == 5
    assert of_learner.count('<th scope="row"') == 1
    assert "Sanne" not in of_learner


def test_the_clock_shows_the_tools_time_in_words(browser: Browser) -> None:
    page = browser.visit("/clock")

    assert "dinsdag 24 november, 9.30 uur" in page.text


@pytest.mark.parametrize(
    ("button", "to"),
    [("Naar het volgende moment", "next_due"), ("Naar de volgende werkdag", "next_working_day")],
)
def test_a_button_moves_the_tools_clock_and_shows_the_mails_that_came(
    browser: Browser, tool: FakeTool, lms: RunningPlatform, button: str, to: str
) -> None:
    mail(lms, "van gisteren")
    page = browser.visit("/clock")
    mail(lms, "van gisteren, later")
    tool.on_move = lambda: mail(lms, "van nu")

    moved = browser.submit(page, button=button)

    assert tool.moves == [{"to": to}]
    assert [link.url for link in moved.document.links if link.url.startswith("/mail/")] == ["/mail/3"]


def test_moving_the_clock_moves_what_the_lms_calls_today(
    browser: Browser, tool: FakeTool, platform: Platform
) -> None:
    tool.clock = (200, {"calendar": "2026-11-26T23:30:00+00:00", "sent": 0})

    browser.submit(browser.visit("/clock"), button="Naar de volgende werkdag")

    assert platform.today == date(2026, 11, 27)


def test_a_clock_that_cannot_be_read_is_said_so(browser: Browser, tool: FakeTool) -> None:
    clock = browser.visit("/clock")
    tool.clock = (503, {"error": "No round ended"})

    page = browser.submit(clock, button="Naar het volgende moment")

    assert page.status == 502
    assert "No round ended" in page.text


def test_where_no_mail_waits_any_more_the_clock_can_go_on_by_days(browser: Browser, tool: FakeTool) -> None:
    tool.is_idle = True

    page = browser.submit(browser.visit("/clock"), button="Naar het volgende moment")

    assert page.status == 200
    assert "Er staat geen mail meer klaar" in page.text


def test_a_form_of_another_site_does_not_move_the_clock(http: httpx.Client, tool: FakeTool) -> None:
    answer = http.post("/clock", data={"to": "next_due"}, headers={"Origin": "http://evil.example"})

    assert answer.status_code == 403
    assert tool.moves == []


def test_the_lms_answers_to_its_own_name_only(http: httpx.Client) -> None:
    assert http.get("/api/mails", headers={"Host": "rebound.example"}).status_code == 421


def test_pages_may_not_be_framed_by_others_and_run_own_scripts_only(http: httpx.Client) -> None:
    policy = http.get("/").headers["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy


def test_the_api_names_courses_links_and_members(http: httpx.Client) -> None:
    ended, coming = http.get("/api/courses").json()

    assert [link["path"] for link in ended["links"]] == ["/activities/3111", "/activities/3112"]
    assert [member["username"] for member in coming["members"]][:2] == ["sanne", "youssef"]
    assert ended["meetings"][-1] < coming["meetings"][0]


def test_the_api_tells_the_gradebook(http: httpx.Client, platform: Platform) -> None:
    item, score = platform.gradebook.column_of(platform.link("3111")), parse(SCORE)
    assert item is not None
    assert isinstance(score, Score)
    platform.gradebook.record(item, score)

    (cell,) = http.get("/api/gradebook").json()

    assert (cell["username"], cell["link_id"], cell["points"], cell["maximum"]) == ("sanne", "3111", 1, 1)
    assert cell["grading_progress"] == "FullyGraded"


def test_the_api_tells_the_complaints(http: httpx.Client) -> None:
    http.post("/token", data={"grant_type": "password"})

    (complaint,) = http.get("/api/complaints").json()

    assert complaint["endpoint"] == "token"
    assert "client_credentials" in complaint["reason"]
