"""What a learner's page says of the plan: still open, to come, or with a day that gets no mail."""

import re
from datetime import timedelta

import pytest

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.services import moves
from lti_tool.services.tracks import Dates
from tests.factories import AMSTERDAM
from tests.web.campus import LOOK_BACK, Campus, write

UNKNOWN = {"post.if_then:unknown": "1", "post.task_on:unknown": "1"}
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def today(campus):
    return campus.work.now().calendar.astimezone(AMSTERDAM).date()


def move(campus: Campus, where, ends_on):
    with campus.work.sessions.begin() as session:
        now = campus.work.now().calendar
        moves.move(session, session.merge(where.cohort), Dates(ends_on, ends_on), campus.work.catalogue, now)


def test_who_does_not_know_yet_keeps_an_open_plan_and_the_reminder_to_make_one(campus):
    campus.place()
    browser, page = campus.open("sanne")

    after = write(browser, page, UNKNOWN)

    assert "Uw plan is nog open" in after.text
    assert "Mijn plan maken" in after.text
    assert campus.only(Plan).status is PlanStatus.PREPARED
    planned = {
        row.step
        for row in campus.all(Delivery)
        if row.kind is Kind.NUDGE and row.status is DeliveryStatus.PLANNED
    }
    assert planned == {"plan", "harvest", "last_call"}


def test_before_the_training_has_ended_the_plan_is_for_later_but_may_be_made(campus, today):
    campus.place(ends_on=today + WEEK)

    browser, page = campus.open("sanne")
    after = write(browser, page)

    assert "Dan maakt u uw plan. Weet u het al? Maak het dan nu." in page.text
    assert "Nu al een plan maken" in page.text
    assert "Uw plan is bewaard" in after.text


def test_when_the_training_moves_past_the_own_day_the_learner_may_choose_another(campus, today):
    where = campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)
    move(campus, where, today + 4 * WEEK)
    browser, page = campus.open("sanne")

    change = browser.open(page, "/check-in/change")
    last = re.findall(r'value="(\d{4}-\d\d-\d\d)"', change.text)[-1]
    after = browser.submit(change, {"post.task_on": last}, having="skip")

    assert "Uw eigen dag valt niet meer in de twee weken." in page.text
    assert "Uw antwoord is bewaard" not in change.text
    assert "notice=plan_changed" in after.url
    assert "valt niet meer" not in after.text
    assert campus.only(Plan).own_on.isoformat() == last


def test_a_question_that_looks_back_on_the_plan_shows_it_as_it_is_now(campus):
    campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)
    page, cookie = browser.launch(LOOK_BACK), campus.cookie_of(browser)
    said = {"post.if_then": "de telefoon gaat"}
    campus.http.post(page.url + "check-in/change", data=said, headers=cookie)

    harvest = campus.http.get(page.url + "reflect/harvest/2", headers=cookie)

    assert "de telefoon gaat" in harvest.text
    assert "vraag ik eerst door" in harvest.text
    assert "een inwoner belt" not in harvest.text


def test_there_is_nothing_to_change_while_no_plan_is_made(campus):
    campus.place()
    browser, page = campus.open("sanne")

    answer = campus.http.get(page.url + "check-in/change", headers=campus.cookie_of(browser))

    assert answer.status_code == 404
