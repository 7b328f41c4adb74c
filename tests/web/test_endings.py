"""A trainer removes a training that people take part in: told first, and taken back for two weeks."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Enrolment, Track, TrackStatus
from tests.factories import ENDED_ON
from tests.following import INGRID, MONDAY
from tests.web.campus import ASSISTANT, TRAINER, write
from tests.web.follow import asking, invited, set_up
from tests.web.statements import counted, let_launch, let_take_part

REMOVE = "settings/remove"


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def learner(campus, where):
    """Somebody who made a plan."""
    browser, page = campus.open("sanne")
    write(browser, page)
    return browser, page


@pytest.fixture
def trainer(campus, learner):
    return asking(campus, TRAINER)


def seen(page):
    """What the page says to have shown."""
    return re.search(r'name="seen" value="([^"]+)"', page.text)[1]


def remove(trainer):
    return trainer(REMOVE, seen=seen(trainer(REMOVE)))


def of(campus, kind):
    return [row for row in campus.all(Delivery) if row.kind is kind]


def coming(campus):
    return {(row.step, row.due_on) for row in of(campus, Kind.NUDGE) if row.status is DeliveryStatus.PLANNED}


def test_the_page_says_beforehand_who_takes_part_and_what_does_not_come(campus, trainer):
    planned = [row for row in of(campus, Kind.NUDGE) if row.status is DeliveryStatus.PLANNED]

    shown = trainer(REMOVE).text

    assert "1 deelnemer doet nu mee" in shown
    assert f"{len(planned)} mails aan deze deelnemer komen niet meer" in shown
    assert "blijft van hen" in shown
    assert campus.only(Track).status is TrackStatus.OPEN


def test_a_training_that_is_removed_sends_nothing_more_and_says_why(campus, trainer):
    remove(trainer)

    assert campus.only(Track).status is TrackStatus.REMOVED
    assert coming(campus) == set()
    assert "track_removed" in {row.reason for row in of(campus, Kind.NUDGE)}
    campus.go_to(MONDAY, 9)
    assert campus.deliver() == []


def test_a_score_that_was_to_come_does_not_and_does_again_when_it_is_taken_back(campus, trainer):
    (score,) = of(campus, Kind.SCORE)

    remove(trainer)
    cancelled = [(row.status, row.reason) for row in of(campus, Kind.SCORE)]
    trainer(REMOVE + "/back", back="1")

    assert score.status is DeliveryStatus.PLANNED
    assert cancelled == [(DeliveryStatus.CANCELLED, "track_removed")]
    assert [row.status for row in of(campus, Kind.SCORE)] == [DeliveryStatus.PLANNED]


def test_who_hands_in_after_it_keeps_their_words_and_the_course_hears_so_when_it_is_taken_back(
    campus, where, trainer
):
    browser, page = campus.open("tjerk")
    remove(trainer)

    write(browser, page)
    cancelled = [(row.status, row.reason) for row in of(campus, Kind.SCORE)]
    trainer(REMOVE + "/back", back="1")

    assert len(campus.all(Reflection)) == 2
    assert cancelled == [(DeliveryStatus.CANCELLED, "track_removed")] * 2
    assert [row.status for row in of(campus, Kind.SCORE)] == [DeliveryStatus.PLANNED] * 2


def test_a_score_that_did_not_arrive_does_not_go_after_it_when_its_learner_opens_the_link(campus, trainer):
    with campus.work.sessions.begin() as session:
        for row in session.scalars(select(Delivery).where(Delivery.kind == Kind.SCORE)):
            row.status, row.finished_at = DeliveryStatus.FAILED, campus.work.now().real
    remove(trainer)

    campus.open("sanne")

    assert [row.status for row in of(campus, Kind.SCORE)] == [DeliveryStatus.FAILED]


def test_what_people_wrote_stays_theirs_to_read(campus, trainer):
    before = len(campus.all(Reflection))

    remove(trainer)

    assert len(campus.all(Reflection)) == before
    browser, first = campus.open("sanne")
    assert "Deze training is gestopt" in first.text
    assert "Uw trainer haalde de training weg." in first.text
    own = browser.follow(first, "Lezen wat u schreef")
    assert "vraag ik eerst door" in own.text
    assert "Uw trainer haalde deze training weg" in own.text
    assert "vraag ik eerst door" in browser.follow(first, "Uw woorden en keuzes").text


def test_numbers_that_changed_meanwhile_are_shown_again_and_nothing_happens(campus, where, trainer):
    old = seen(trainer(REMOVE))
    campus.open("tjerk")

    answer = trainer(REMOVE, seen=old)

    assert answer.status_code == 409
    assert "Er is iets veranderd sinds u keek" in answer.text
    assert "2 deelnemers doen nu mee" in answer.text
    assert campus.only(Track).status is TrackStatus.OPEN


def test_removing_it_without_having_seen_the_numbers_shows_them(campus, trainer):
    assert trainer(REMOVE, seen="").status_code == 409
    assert campus.only(Track).status is TrackStatus.OPEN


def test_contacts_get_no_more_cards_and_their_page_closes(campus, where, trainer):
    url = invited(campus, trainer)
    campus.http.post(url, data={"answer": "yes"})
    assert "kaarten aan wie de training volgt" in trainer(REMOVE).text

    remove(trainer)

    cards = {(row.status, row.reason) for row in of(campus, Kind.DIGEST)}
    assert cards == {(DeliveryStatus.CANCELLED, "track_removed")}
    campus.go_to(MONDAY, 9)
    assert [letter for letter in campus.deliver() if letter.recipients == (INGRID,)] == []


def test_a_trainer_sees_nobody_of_it_any_more_on_any_page(campus, trainer):
    assert "Sanne" in trainer().text

    remove(trainer)

    first = trainer()
    assert "Deze training is gestopt" in first.text
    assert "Sanne" not in first.text
    for path in ("letters", "contacts", "groups", "dates", "let-read", "settings", REMOVE):
        assert trainer(path).status_code == 303, path


def test_it_goes_on_with_what_is_still_to_come_when_it_is_taken_back(campus, trainer):
    before = {
        (row.step, row.due_on) for row in of(campus, Kind.NUDGE) if row.status is DeliveryStatus.PLANNED
    }
    remove(trainer)

    answer = trainer(REMOVE + "/back", back="1")

    assert "notice=goes_on" in answer.headers["Location"]
    assert coming(campus) == before
    assert "Sanne" in trainer().text


def test_after_two_weeks_it_cannot_be_taken_back(campus, trainer):
    remove(trainer)
    campus.go_to(ENDED_ON + timedelta(days=15), 10)
    later = asking(campus, TRAINER)

    shown = later()
    later(REMOVE + "/back", back="1")

    assert "terugdraaien" not in shown.text
    assert campus.only(Track).status is TrackStatus.REMOVED


def test_pressed_twice_it_is_removed_once(campus, trainer):
    mark = seen(trainer(REMOVE))
    trainer(REMOVE, seen=mark)
    removed_at = campus.only(Track).removed_at

    assert trainer(REMOVE, seen=mark).status_code == 303
    assert campus.only(Track).removed_at == removed_at


def test_who_opens_it_afterwards_begins_nothing(campus, trainer):
    remove(trainer)

    _, page = campus.open("tjerk")

    assert "Deze training is gestopt" in page.text
    assert "U deed er niet aan mee" in page.text
    assert len(campus.all(Enrolment)) == 1


def test_whoever_only_looks_removes_nothing_and_takes_nothing_back(campus, trainer):
    browser, page = campus.open("tjerk", roles=[ASSISTANT])
    cookie = campus.cookie_of(browser)

    answers = [
        campus.http.post(page.url + path, headers=cookie, data={"seen": ""})
        for path in (REMOVE, REMOVE + "/back")
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_many_people_take_no_more_statements(campus, where, trainer):
    with counted() as few:
        trainer(REMOVE)
    let_launch(campus, 0, 30)
    let_take_part(campus, where)

    with counted() as many:
        shown = trainer(REMOVE)

    assert "31 deelnemers" in shown.text
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("days", "learner_reads", "trainer_reads"),
    [
        (20, "De twee weken zijn voorbij. U kunt nog lezen", "De twee weken zijn voorbij"),
        (70, "Deze training is afgesloten", "Deze training is afgesloten"),
    ],
)
def test_the_first_page_says_what_is_over(campus, learner, days, learner_reads, trainer_reads):
    campus.go_to(ENDED_ON + timedelta(days=days), 10)

    _, of_learner = campus.open("sanne")
    of_trainer = asking(campus, TRAINER)()

    assert learner_reads in of_learner.text
    assert trainer_reads in of_trainer.text
    assert "Bekijken wat het opleverde" in of_trainer.text
