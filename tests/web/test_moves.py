"""A trainer changes the days of a training, or its mails; what becomes of the letters is told first."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.tracks import Cohort, Enrolment, Meeting, Track
from tests.factories import ENDED_ON
from tests.web.campus import PREPARE, TRAINER
from tests.web.tables import dump

WEEK = timedelta(days=7)
TABLES = {"cohort", "enrolment", "delivery", "meeting", "track"}


@pytest.fixture(autouse=True)
def today(campus) -> date:
    """The Friday on which the training ends, some time after its last hour."""
    campus.go_to(ENDED_ON, 16)
    return ENDED_ON


def due_days(campus):
    """The days of the letters that are planned for somebody, by step."""
    return {row.step: row.due_on for row in campus.all(Delivery) if row.status is DeliveryStatus.PLANNED}


def planned(campus):
    """The steps that are planned for somebody."""
    return set(due_days(campus))


def test_moved_dates_move_the_letters_that_are_still_to_come(campus, today):
    where = campus.place()
    campus.open("sanne")
    before = due_days(campus)
    browser, page = campus.open(TRAINER)
    later = today + 4 * WEEK

    told = browser.submit(
        browser.open(page, "/dates"),
        {"starts_on": later.isoformat(), "ends_on": later.isoformat()},
        having="starts_on",
    )
    untouched = due_days(campus)
    moved = browser.submit(told, having="moving")

    assert "3 mails krijgen een andere dag" in told.text
    assert untouched == before
    assert "notice=moved" in moved.url
    assert campus.only(Enrolment).anchor_on == later
    assert before == {
        "plan": date(2026, 12, 7),
        "harvest": date(2026, 12, 17),
        "last_call": date(2026, 12, 18),
    }
    assert due_days(campus) == {step: day + 4 * WEEK for step, day in before.items()}
    assert [one.held_on for one in campus.all(Meeting)] == [later]
    assert where.cohort.ends_on == today


def test_when_meanwhile_more_letters_would_move_that_is_told_first(campus, today):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    later = (today + WEEK).isoformat()
    told = browser.submit(
        browser.open(page, "/dates"), {"starts_on": later, "ends_on": later}, having="starts_on"
    )
    campus.open("youssef")

    again = browser.submit(told, having="moving")

    assert "2 mails krijgen een andere dag" in told.text
    assert "4 mails krijgen een andere dag" in again.text
    assert campus.only(Cohort).ends_on == today


def test_what_went_out_before_the_dates_moved_does_not_come_again(campus, today):
    campus.place()
    campus.open("sanne")
    with campus.work.sessions.begin() as session:
        sent = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
        sent.status = DeliveryStatus.SENT
        sent_on = sent.due_on
    browser, page = campus.open(TRAINER)
    later = (today + 4 * WEEK).isoformat()

    told = browser.submit(
        browser.open(page, "/dates"), {"starts_on": later, "ends_on": later}, having="starts_on"
    )
    browser.submit(told, having="moving")

    assert campus.only(Cohort).ends_on == today + 4 * WEEK
    assert [(row.due_on, row.status) for row in campus.all(Delivery) if row.step == "plan"] == [
        (sent_on, DeliveryStatus.SENT)
    ]


def test_dates_that_move_no_letter_are_saved_at_once(campus, today):
    campus.place()
    browser, page = campus.open(TRAINER)
    later = (today + WEEK).isoformat()

    saved = browser.submit(
        browser.open(page, "/dates"), {"starts_on": later, "ends_on": later}, having="starts_on"
    )

    assert "notice=moved" in saved.url
    assert campus.only(Cohort).ends_on == today + WEEK


def test_dates_that_cannot_be_move_nothing(campus):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    before = dump(campus.work, {"cohort", "enrolment", "delivery", "meeting"})

    again = browser.submit(
        browser.open(page, "/dates"), {"starts_on": "5-12-2026", "ends_on": "4-12-2026"}, having="starts_on"
    )

    assert again.status == 422
    assert 'id="to-mend"' in again.text
    assert dump(campus.work, {"cohort", "enrolment", "delivery", "meeting"}) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"between": "1-12-2026"}, "Kies dagen tussen 3 december 2026 en 4 december 2026"),
        ({"between": "3-12-2026"}, "Schrijf elke dag één keer. U schreef 3 december 2026 twee keer"),
        ({"closes_on": "3-12-2026"}, "Kies een sluitdag vanaf 4 december 2026"),
        ({"ends_on": "2-12-2026"}, "Kies een laatste dag vanaf 3 december 2026"),
        ({"between": "straks"}, "Kijk naar regel 1"),
    ],
)
def test_what_does_not_fit_is_told_in_its_place_and_nothing_is_lost(campus, typed, told):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    before = dump(campus.work, TABLES)

    days = {"starts_on": "3-12-2026", "ends_on": "4-12-2026", **typed}
    again = browser.submit(browser.open(page, "/dates"), days, having="starts_on")

    assert again.status == 422
    assert again.text.count(told) == 2
    assert all(value in again.text for value in days.values())
    assert dump(campus.work, TABLES) == before


def test_a_lighter_cadence_says_how_many_mails_fall_away(campus, today):
    campus.place(PREPARE, instrument="pre", ends_on=today + 8 * WEEK)
    campus.open("sanne", PREPARE)
    before = planned(campus)
    browser, page = campus.open(TRAINER, PREPARE)

    told = browser.submit(browser.open(page, "/dates"), {"cadence": "light"}, having="starts_on")
    browser.submit(told, having="moving")

    assert before == {"prepare", "prepare_again", "last_call"}
    assert "3 mails komen niet meer" in told.text
    assert planned(campus) == set()
    assert campus.only(Track).cadence == "light"


def test_a_step_that_is_left_out_comes_back_when_it_gets_its_tick_again(campus, today):
    campus.place(PREPARE, instrument="pre", ends_on=today + 8 * WEEK)
    campus.open("sanne", PREPARE)
    browser, page = campus.open(TRAINER, PREPARE)

    told = browser.submit(
        browser.open(page, "/dates"), {"send": ["prepare", "last_call"]}, having="starts_on"
    )
    home = browser.submit(told, having="moving")
    without = planned(campus)
    back = browser.submit(
        browser.open(home, "/dates"), {"send": ["prepare", "prepare_again", "last_call"]}, having="starts_on"
    )
    browser.submit(back, having="moving")

    assert "1 mail komt niet meer" in told.text
    assert without == {"prepare", "last_call"}
    assert "1 mail komt erbij" in back.text
    assert planned(campus) == {"prepare", "prepare_again", "last_call"}


def test_a_closing_day_that_nobody_chose_moves_along_with_the_last_day(campus, today):
    campus.place()
    browser, page = campus.open(TRAINER)
    later, closing = today + 30 * WEEK, today + 40 * WEEK

    def move(**typed):
        form = browser.open(page, "/dates")
        browser.submit(form, {"ends_on": later.isoformat(), **typed}, having="starts_on")
        return campus.only(Track).closes_on

    assert move() == later + timedelta(days=60)
    assert move(closes_on=closing.isoformat()) == closing
    assert move(ends_on=(later + WEEK).isoformat()) == closing
    assert move(closes_on="") == later + timedelta(days=60)


def test_looking_at_other_days_in_the_calendar_changes_nothing(campus, today):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    before = dump(campus.work, TABLES)

    days = {"starts_on": today.isoformat(), "ends_on": (today + WEEK).isoformat()}
    shown = browser.submit(browser.open(page, "/dates"), days, "Kalender bijwerken", "starts_on")

    assert "Bijeenkomst 2" in shown.text
    assert dump(campus.work, TABLES) == before


def test_a_group_that_is_not_there_has_no_days(campus):
    campus.place()
    browser, page = campus.open(TRAINER)

    assert campus.http.get(page.url + "dates?group=2", headers=campus.cookie_of(browser)).status_code == 404
