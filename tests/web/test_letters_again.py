"""A letter of which nobody knows whether it arrived: shown, and sent again by hand only."""

import re

import pytest
from sqlalchemy import select, update

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from tests.web.campus import ASSISTANT, TRAINER
from tests.web.tables import dump


@pytest.fixture
def unknown(campus):
    """A letter of which nobody knows whether it arrived; it was due on the day of the first letters."""
    where = campus.place()
    campus.open("sanne")
    day = min(row.due_on for row in campus.all(Delivery))
    campus.go_to(day)
    with campus.work.sessions.begin() as session:
        letter = session.scalars(select(Delivery).order_by(Delivery.due_at)).first()
        session.execute(
            update(Delivery)
            .where(Delivery.id == letter.id)
            .values(status=DeliveryStatus.UNKNOWN, reason="worker_died", message_id="<1@localhost>")
        )
    assert where.cohort.ends_on < day
    return letter.id


def test_a_letter_that_may_not_have_arrived_goes_out_again_only_when_the_trainer_says_so(campus, unknown):
    by_itself = campus.deliver()
    browser, page = campus.open(TRAINER)

    again = browser.submit(page, button="Opnieuw sturen: Een mail aan Sanne de Wit")
    letters = campus.deliver()

    sent = next(row for row in campus.all(Delivery) if row.id == unknown)
    assert (by_itself, "notice=sent_again" in again.url) == ([], True)
    assert [letter.recipients for letter in letters] == [("sanne.dewit@gemeente.example",)]
    assert sent.status is DeliveryStatus.SENT


def test_neither_step_nor_day_of_somebodys_letter_stands_on_the_trainers_page(campus, unknown):
    _, page = campus.open(TRAINER)

    listed = page.text.split('id="unknown"')[1].split("</ul>")[0]
    assert "Sanne de Wit" in listed
    assert not re.search(r"\d{1,2} (november|december)", listed)


def test_a_letter_is_sent_again_once(campus, unknown):
    browser, page = campus.open(TRAINER)
    address, cookie = f"{page.url}letters/{unknown}/again", campus.cookie_of(browser)

    statuses = [campus.http.post(address, headers=cookie).status_code for _ in range(2)]

    assert statuses == [303, 404]


def test_who_may_only_look_sends_nothing_again_and_moves_nothing(campus, unknown):
    browser, page = campus.open("youssef", roles=[ASSISTANT])
    before, cookie = dump(campus.work), campus.cookie_of(browser)
    days = {"starts_on": "3-12-2026", "ends_on": "4-12-2026"}

    statuses = [
        campus.http.post(f"{page.url}letters/{unknown}/again", headers=cookie).status_code,
        campus.http.post(f"{page.url}dates", headers=cookie, data=days).status_code,
        campus.http.get(f"{page.url}dates", headers=cookie).status_code,
    ]

    assert statuses == [403] * 3
    assert dump(campus.work) == before
