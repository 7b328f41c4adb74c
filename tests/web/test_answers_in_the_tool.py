"""The questions of a letter, within a visit."""

import pytest

from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.plans import Plan
from tests.web.mail import MONDAY, NEXT_TUESDAY, THURSDAY, Mail, link


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def cue(mail):
    """The letter of the own day, after that of Monday."""
    mail.on(MONDAY)
    return mail.on(THURSDAY)


@pytest.fixture
def in_the_tool(campus, mail):
    """The address of the question in a visit, and the cookie that it needs."""
    mail.on(MONDAY)
    browser, page = campus.open("sanne")
    return page.url + "check-in", campus.cookie_of(browser)


def test_the_same_question_can_be_answered_in_the_tool(campus, mail, in_the_tool):
    url, cookie = in_the_tool

    answer = campus.http.post(url, data={"checkin.used": "used"}, headers=cookie)

    assert answer.headers["Location"].endswith("/check-in/brought")
    assert campus.http.get(answer.headers["Location"], headers=cookie).status_code == 200
    assert campus.only(CheckIn).delivery_id is None
    assert {step for step, _ in mail.planned()} == {"harvest", "yield"}


def test_two_answers_in_the_tool_on_one_day_are_one(campus, in_the_tool):
    url, cookie = in_the_tool

    for outcome in ("partly", "not_yet"):
        campus.http.post(url, data={"checkin.used": outcome}, headers=cookie)

    assert campus.only(CheckIn).outcome is Outcome.NOT_YET


def test_not_yet_in_the_tool_leads_to_a_new_day_as_well(campus, mail, in_the_tool):
    url, cookie = in_the_tool
    campus.http.post(url, data={"checkin.used": "not_yet"}, headers=cookie)

    to_help = campus.http.post(url + "/obstacle", data={"checkin.obstacle": "time"}, headers=cookie)
    chosen = {"action": "own", "checkin.new_date": NEXT_TUESDAY.isoformat()}
    campus.http.post(to_help.headers["Location"], data=chosen, headers=cookie)

    assert campus.only(Plan).own_on == NEXT_TUESDAY
    assert mail.planned()["own_date", 1] == NEXT_TUESDAY


def test_a_plan_changed_behind_a_letter_is_what_the_form_in_the_course_opens_with(campus, mail, cue):
    to_change = campus.http.post(link(cue, "answer=partly"), data={"checkin.used": "partly"})
    campus.http.post(to_change.headers["Location"], data={"skip": ""})
    path = to_change.headers["Location"].rpartition("/")[0]
    new_words = {"post.if_then": "de telefoon gaat", "post.task_on": NEXT_TUESDAY.isoformat()}
    campus.http.post(f"{path}/change", data=new_words)

    browser, page = campus.open("sanne")
    form = browser.submit(browser.open(page, "/reflect/"), having="later").form("later")

    assert ("post.if_then", "de telefoon gaat") in form.filled({}, None)
