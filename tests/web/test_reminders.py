"""A trainer chooses the day of the one reminder to prepare."""

import re
from datetime import timedelta

import pytest

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.tracks import Cohort, Track
from tests.web.campus import PREPARE, TRAINER, write
from tests.web.planning import asking


@pytest.fixture(params=["standard", "light"])
def training(campus, request):
    """A training in six weeks, of which one learner has prepared and another has not."""
    first = campus.today + timedelta(days=42)
    campus.place(PREPARE, instrument="pre", starts_on=first, ends_on=first + timedelta(days=1))
    with campus.work.sessions.begin() as session:
        session.get_one(Track, campus.only(Track).id).cadence = request.param
    campus.open("sanne", PREPARE)
    browser, page = campus.open("marloes", PREPARE)
    write(browser, page, {"pre.goal": "Rustig blijven"})
    return campus


@pytest.fixture
def trainer(training):
    return asking(training, training.sign_in(TRAINER), PREPARE)


def coming(training):
    rows = training.all(Delivery)
    return [
        row.due_on
        for row in rows
        if row.step == "prepare_again" and row.status is DeliveryStatus.PLANNED and row.enrolment_id
    ]


def test_the_reminder_goes_on_that_day_to_who_has_not_prepared_and_once(training, trainer):
    page = trainer("before/remind").text
    days = re.findall(r'<option value="([-\d]+)"', page)
    listed = page.split('id="who"')[1]

    answer = trainer("before/remind", day=days[-1])
    trainer("before/remind", day=days[-1])

    assert answer.status_code == 303
    assert "Sanne de Wit" in listed
    assert "Marloes" not in listed
    assert [day.isoformat() for day in coming(training)] == [days[-1]]


def test_it_is_taken_back_until_its_day_has_come(training, trainer):
    days = re.findall(r'<option value="([-\d]+)"', trainer("before/remind").text)
    usual = coming(training)
    trainer("before/remind", day=days[-1])

    trainer("before/remind", take_back="1")

    assert training.only(Cohort).remind_on is None
    assert coming(training) == usual


def test_another_day_than_those_offered_plans_nothing(training, trainer):
    answer = trainer("before/remind", day=training.only(Cohort).starts_on.isoformat())

    assert answer.status_code == 409
    assert training.only(Cohort).remind_on is None


@pytest.mark.parametrize("weeks", [12, 5], ids=["later", "earlier"])
def test_another_first_day_takes_the_chosen_day_away_and_says_so_first(training, trainer, weeks):
    days = re.findall(r'<option value="([-\d]+)"', trainer("before/remind").text)
    trainer("before/remind", day=days[-1])
    first = (training.today + timedelta(weeks=weeks)).isoformat()
    browser, page = training.open(TRAINER, PREPARE)

    told = browser.submit(
        browser.open(page, "/dates"), {"starts_on": first, "ends_on": first}, having="starts_on"
    )
    untouched = training.only(Cohort).remind_on
    browser.submit(told, having="moving")

    assert "De dag die u koos voor de herinnering" in told.text
    assert str(untouched) == days[-1]
    assert training.only(Cohort).remind_on is None
    assert "is gepland" not in trainer("before/remind").text
    assert days[-1] not in [day.isoformat() for day in coming(training)]


def test_another_last_day_leaves_the_chosen_day(training, trainer):
    days = re.findall(r'<option value="([-\d]+)"', trainer("before/remind").text)
    trainer("before/remind", day=days[-1])
    known = training.only(Cohort)
    longer = (known.ends_on + timedelta(days=1)).isoformat()
    browser, page = training.open(TRAINER, PREPARE)

    told = browser.submit(
        browser.open(page, "/dates"),
        {"starts_on": known.starts_on.isoformat(), "ends_on": longer},
        having="starts_on",
    )
    if 'name="moving"' in told.text:
        browser.submit(told, having="moving")

    assert training.only(Cohort).ends_on.isoformat() == longer
    assert [day.isoformat() for day in coming(training)] == [days[-1]]
