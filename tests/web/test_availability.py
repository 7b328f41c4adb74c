"""Working days, leave, hour and words: who changes them finds the letters moved along."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Leave, Person
from lti_tool.models.tracks import Enrolment
from tests.factories import ENDED_ON
from tests.web.campus import write
from tests.web.mail import MONDAY, Mail, link
from tests.web.tables import dump

WEEK = {"hour": "13:30", "words": "without"}


def planned(campus):
    return {
        row.step: row.due_on
        for row in campus.all(Delivery)
        if row.kind is Kind.NUDGE and row.status is DeliveryStatus.PLANNED
    }


@pytest.fixture
def behind_the_letter(campus):
    """The address of the page behind Monday's letter."""
    page = link(Mail(campus).on(MONDAY), "/m/").partition("?")[0]
    return page + "/days"


def test_looking_changes_nothing(campus, behind_the_letter):
    before = dump(campus.work)

    for _ in range(3):
        assert campus.http.get(behind_the_letter).status_code == 200

    assert dump(campus.work) == before


def test_a_free_weekday_and_another_hour_move_the_letters(campus, behind_the_letter):
    answer = campus.http.post(behind_the_letter, data={**WEEK, "free": ["3", "4"]})

    person = next(one for one in campus.all(Person) if one.free_weekdays)
    assert answer.status_code == 303
    assert (person.free_weekdays, person.mail_hour, person.without_words) == ("34", time(13, 30), True)
    assert {day.weekday() for day in planned(campus).values()} <= {0, 1, 2}


def test_leave_moves_the_letters_and_taking_it_back_moves_them_back(campus, behind_the_letter):
    before = planned(campus)

    campus.http.post(behind_the_letter, data={"first_on": "8-12-2026", "last_on": "18-12-2026", "add": "1"})
    away = planned(campus)
    leave = campus.only(Leave)
    campus.http.post(behind_the_letter, data={"drop": str(leave.id)})

    assert not any(date(2026, 12, 8) <= day <= date(2026, 12, 18) for day in away.values())
    assert planned(campus) == before
    assert campus.all(Leave) == []


def test_fifty_times_away_can_stand_ahead_and_what_is_past_does_not_count(campus, behind_the_letter):
    away = {"first_on": "8-12-2026", "last_on": "18-12-2026", "add": "1"}
    with campus.work.sessions.begin() as session:
        person = session.scalars(select(Person).join(Enrolment, Enrolment.person_id == Person.id)).first()
        own = {"organisation_id": person.organisation_id, "person_id": person.id}
        for number in range(-3, 50):
            day = MONDAY + timedelta(days=number)
            session.add(Leave(first_on=day, last_on=day, **own))

    full = campus.http.post(behind_the_letter, data=away)
    campus.http.post(behind_the_letter, data={"drop": str(campus.all(Leave)[-1].id)})
    room = campus.http.post(behind_the_letter, data=away)

    assert (full.status_code, room.status_code) == (422, 303)
    assert "Er is plaats voor 50 keer dat u er niet bent." in full.text


@pytest.mark.parametrize(
    "data",
    [
        {"first_on": "18-12-2026", "last_on": "8-12-2026", "add": "1"},
        {"first_on": "morgen", "last_on": "8-12-2026", "add": "1"},
        {**WEEK, "free": "8"},
        {**WEEK, "hour": "03:00"},
    ],
)
def test_what_does_not_fit_is_asked_again_and_changes_nothing(campus, behind_the_letter, data):
    before = dump(campus.work)

    answer = campus.http.post(behind_the_letter, data=data)

    assert answer.status_code == 422
    assert 'id="to-mend"' in answer.text
    assert dump(campus.work) == before


def test_leave_of_somebody_else_stays(campus, behind_the_letter):
    campus.http.post(behind_the_letter, data={"first_on": "8-12-2026", "last_on": "9-12-2026", "add": "1"})
    browser, page = campus.open("youssef")

    campus.http.post(
        page.url + "days", data={"drop": str(campus.only(Leave).id)}, headers=campus.cookie_of(browser)
    )

    assert len(campus.all(Leave)) == 1


def test_the_same_page_is_there_within_a_visit(campus):
    campus.go_to(ENDED_ON, 16)
    campus.place()
    browser, page = campus.open("sanne")
    after = write(browser, page)

    days = browser.open(browser.open(after, "/mails"), "/days")
    saved = browser.submit(days, {**WEEK, "free": "4"}, having="hour")

    assert "kept=1" in saved.url
    assert {day.weekday() for day in planned(campus).values()} <= {0, 1, 2, 3}


def test_a_link_that_is_not_ours_opens_nothing(campus):
    assert campus.http.get("/m/nonsense/days").status_code == 410
