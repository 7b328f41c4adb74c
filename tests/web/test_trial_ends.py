"""A trainer who stops looking as a learner, or walks away: nothing of it stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from lti_tool.models.people import Person
from lti_tool.models.visits import Proof, Visit
from lti_tool.rounds import erasing, retention
from tests.web.campus import ASSISTANT, TRAINER, write
from tests.web.tables import dump
from tests.web.trials import look, trained, trials_of

# The trainer's own visits are all that may be other afterwards, and what the LMS said of the trainer.
STAYS = {"visit", "round_run"}


@pytest.fixture
def trainer(campus):
    return trained(campus)


@pytest.fixture
def looking(trainer):
    return look(trainer)


def but_visits(campus):
    return {name: rows for name, rows in dump(campus.work).items() if name not in STAYS}


def test_after_stopping_nothing_is_left_and_the_trainer_is_back(campus, trainer):
    browser, home = trainer
    before = but_visits(campus)
    page = write(browser, browser.submit(home, button="Bekijken als deelnemer"))
    (person,) = trials_of(campus)

    back = browser.submit(page, button="Stoppen met kijken")

    assert "U kijkt niet meer als deelnemer" in back.text
    assert "Bekijken als deelnemer" in back.text
    assert but_visits(campus) == before
    assert campus.work.keyring.of([person.key_id]) == {}


def test_looking_once_more_begins_anew(campus, trainer, looking):
    browser, home = trainer
    write(browser, looking[1])
    (first,) = trials_of(campus)

    again = browser.submit(home, button="Bekijken als deelnemer")

    (second,) = trials_of(campus)
    assert second.id != first.id
    assert "vraag ik eerst door" not in again.text


def test_the_way_back_of_who_may_only_look_leads_to_what_they_may_see(campus, trainer):
    browser, home = campus.open("youssef", roles=[ASSISTANT])
    page = browser.submit(home, button="Bekijken als deelnemer")

    back = browser.submit(page, button="Stoppen met kijken")

    assert (
        campus.http.get(f"{back.url.split('?')[0]}dates", headers=campus.cookie_of(browser)).status_code
        == 403
    )


def test_the_address_that_a_trainer_passed_on_opens_nothing_and_leads_nowhere(campus, looking):
    _, page = looking
    browser, _ = campus.open("sanne")
    before = len(campus.all(Visit))

    answer = campus.http.post(f"{page.url}as-learner/stop", headers=campus.cookie_of(browser))

    assert answer.status_code == 403
    assert len(campus.all(Visit)) == before
    assert len(trials_of(campus)) == 1


def test_without_a_cookie_the_way_back_leads_through_the_course(campus, looking):
    _, page = looking
    with campus.work.sessions.begin() as session:
        session.execute(update(Visit).values(proof=Proof.STORAGE))

    answer = campus.http.post(
        f"{page.url}as-learner/stop",
        headers={"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"},
    )

    assert answer.status_code == 200
    assert "Open het onderdeel opnieuw in uw leeromgeving" in answer.text
    assert trials_of(campus) == []


def test_the_way_back_does_not_make_a_launch_last_longer(campus, looking):
    browser, page = looking
    with campus.work.sessions.begin() as session:
        long_ago = datetime.now(UTC) - timedelta(hours=9)
        session.execute(update(Visit).where(Visit.back_id.is_(None)).values(launched_at=long_ago))

    back = browser.submit(page, button="Stoppen met kijken")

    assert "Open het onderdeel opnieuw in uw leeromgeving" in back.text


def test_who_is_a_trainer_no_more_comes_back_to_what_they_are_now(campus, looking):
    browser, page = looking
    campus.open(TRAINER, roles=["Learner"])

    back = browser.submit(page, button="Stoppen met kijken")

    assert (
        campus.http.get(f"{back.url.split('?')[0]}dates", headers=campus.cookie_of(browser)).status_code
        == 403
    )


def test_who_walks_away_leaves_nothing_either(campus, trainer, looking):
    browser, page = looking
    write(browser, page)
    (person,) = trials_of(campus)

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=46)):
        removed = retention.run(campus.work, now=campus.work.now())

    assert removed.trials == 1
    assert trials_of(campus) == []
    assert campus.work.keyring.of([person.key_id]) == {}


def test_who_still_looks_is_left_alone(campus, looking):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=40)):
        retention.run(campus.work, now=campus.work.now())

    assert len(trials_of(campus)) == 1


def test_a_test_student_of_the_lms_is_left_alone(campus, trainer):
    campus.open("tjerk", roles=["Learner", "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"])

    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        retention.run(campus.work, now=campus.work.now())

    assert [each.is_test for each in campus.all(Person)].count(True) == 1


def test_a_trainer_who_is_erased_takes_the_test_person_along(campus, looking):
    (person,) = trials_of(campus)
    ineke = next(
        visit.person_id
        for visit in campus.all(Visit)
        if visit.back_id is None and visit.person_id != person.id
    )

    erasing.erase(campus.work, ineke, now=campus.work.now())
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=46)):
        retention.run(campus.work, now=campus.work.now())

    assert trials_of(campus) == []
