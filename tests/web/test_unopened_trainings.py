"""A training that was chosen in the LMS and that nobody opened: it sends nothing, and goes when it may."""

from datetime import date

import pytest

from lti_tool.models.activities import Activity
from lti_tool.models.recalls import RecallQuestion
from lti_tool.models.tracks import Cohort, Enrolment, Meeting, Track
from lti_tool.rounds import roster
from lti_tool.services import recalls
from lti_tool.services.recalls import Words
from tests.web.campus import TRAINER
from tests.web.choosing import DAYS, ask, choose, first_open
from tests.web.unopened import LEFT, open_item, open_settings

REMOVE_TRAINING = "Training weghalen"


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


def test_a_training_that_the_lms_dropped_sends_nobody_anything(campus):
    choose(campus, {**DAYS, "name": "Gevallen"})
    items = choose(campus, {**DAYS, "name": "Gebleven"})
    open_item(campus, items[0])
    roster.run(campus.work, now=campus.work.now())

    dropped = next(row for row in campus.all(Track) if row.title == "Gevallen")
    groups = {row.id for row in campus.all(Cohort) if row.track_id == dropped.id}
    taking_part = campus.all(Enrolment)
    assert len(taking_part) > 1
    assert [row for row in taking_part if row.cohort_id in groups] == []


def test_a_training_that_nobody_opened_is_not_offered_to_a_link_that_is_set_up_by_hand(campus):
    choose(campus, {**DAYS, "name": "Gevallen"})

    _, page = campus.open(TRAINER)

    assert page.url.endswith("/set-up")
    assert "Gevallen" not in page.text


@pytest.mark.database
def test_who_chooses_again_sees_it_and_takes_it_away_first(campus):
    choose(campus, {**DAYS, "name": "Gevallen"})
    browser, page = ask(campus)

    asks = browser.open(page, "/remove")
    kept = len(campus.all(Track))
    done = browser.submit(asks, button=REMOVE_TRAINING)

    assert LEFT in page.text
    assert "staat al een training" not in page.text
    assert "Niemand doet dus mee, en er komen geen mails." in asks.text
    assert kept == 1
    assert "De training is weg." in done.text
    assert [campus.all(table) for table in (Track, Cohort, Meeting, Activity)] == [[], [], [], []]


def test_its_questions_about_the_content_go_with_it(campus):
    choose(campus, {**DAYS, "name": "Gevallen", "cadence": "intensive"})
    with campus.work.sessions.begin() as session:
        asked = {1: Words("Wat vraagt u als eerste?", "Wat iemand wil weten.")}
        recalls.write(session, session.query(Track).one(), asked, campus.work.keyring.named)
    browser, page = ask(campus)

    done = browser.submit(browser.open(page, "/remove"), button=REMOVE_TRAINING)

    assert "De training is weg." in done.text
    assert campus.all(RecallQuestion) == campus.all(Track) == []


def test_a_trainer_takes_it_away_from_the_settings_of_another_training_too(campus):
    choose(campus, {"when": "later", "name": "Gevallen"})
    items = choose(campus, {**DAYS, "name": "Gebleven"})
    browser, page = open_settings(campus, items[0])

    done = browser.submit(browser.open(page, "/trainings/"), button=REMOVE_TRAINING)

    assert "De training is weg." in done.text
    assert LEFT not in done.text
    assert [row.title for row in campus.all(Track)] == ["Gebleven"]


def test_a_training_that_somebody_opened_meanwhile_stays_whole(campus):
    dropped = choose(campus, {**DAYS, "name": "Gevallen"})
    items = choose(campus, {**DAYS, "name": "Gebleven"})
    browser, page = open_settings(campus, items[0])
    asks = browser.open(page, "/trainings/")
    first_open(campus, dropped[0], "sanne", "9101")

    done = browser.submit(asks, button=REMOVE_TRAINING)

    assert "Beklijf haalde niets weg." in done.text
    assert len(campus.all(Track)) == 2
    assert len(campus.all(Activity)) == 10


def test_a_training_of_another_course_is_not_removed_by_its_address(campus):
    choose(campus, DAYS)
    campus.place("3122")
    browser, page = campus.open(TRAINER, "3122")
    dropped = next(row for row in campus.all(Activity) if row.link_id is None)

    answer = campus.http.post(
        f"{page.url}trainings/{dropped.track_id}/remove", headers=campus.cookie_of(browser)
    )

    assert answer.headers["Location"].endswith("notice=stays")
    assert len(campus.all(Track)) == 2
