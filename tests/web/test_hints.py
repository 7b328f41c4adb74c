"""Hints for a trainer, from the settings of the training itself: applied by a press, or put away."""

import re

import pytest

from lti_tool.domain.aims import GoalLevel, Kind
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.entries import Entry
from lti_tool.models.tracks import Track
from lti_tool.services import tracks
from lti_tool.services.tracks import FollowUp
from tests.web.campus import ASSISTANT, TRAINER
from tests.web.follow import asking, set_up
from tests.web.statements import counted, let_launch, let_take_part

BACK = "hints/step-harvest"


@pytest.fixture
def where(campus):
    """A training with a look back, without its harvest mail."""
    made = set_up(campus)
    with campus.work.sessions.begin() as session:
        tracks.follow(
            session, session.get_one(Track, made.track.id), FollowUp("standard", frozenset({"harvest"}))
        )
    return made


@pytest.fixture
def trainer(campus, where):
    return asking(campus, TRAINER)


def planned(campus):
    return {row.step for row in campus.all(Delivery) if row.status is DeliveryStatus.PLANNED}


def moving(page):
    return re.search(r'name="moving" value="([^"]+)"', page.text)[1]


def titles(page):
    return re.findall(r'id="hint-([a-z_-]+)"', page.text)


def test_the_page_names_what_is_not_in_the_course_and_what_is_left_out(trainer):
    assert titles(trainer("hints")) == ["preparing", "contacts", "journey", "step-harvest"]


def test_a_mail_is_put_back_by_a_press_where_nobody_takes_part_yet(campus, trainer):
    answer = trainer(BACK, go="1")

    assert "notice=hint_applied" in answer.headers["Location"]
    assert campus.only(Track).left_out == ""
    assert "step-harvest" not in titles(trainer("hints"))


def test_what_becomes_of_the_mails_is_told_before_it_happens(campus, trainer):
    campus.open("sanne")

    told = trainer(BACK, go="1")
    before = planned(campus)
    trainer(BACK, moving=moving(told))

    assert "1 mail komt erbij" in told.text
    assert "harvest" not in before
    assert "harvest" in planned(campus)


def test_pressed_twice_it_is_done_once(campus, trainer):
    trainer(BACK, go="1")

    answer = trainer(BACK, go="1")

    assert "notice=hint_done" in answer.headers["Location"]


def test_few_mails_for_several_days_become_standard_by_a_press(campus, where, trainer):
    days = {"starts_on": "1-12-2026", "ends_on": "4-12-2026", "cadence": "light"}
    trainer("dates", **days)
    assert campus.only(Track).cadence == "light"

    trainer("hints/cadence", go="1")

    assert campus.only(Track).cadence == "standard"


def test_what_it_is_for_brings_the_mails_that_fit_by_a_press(campus, trainer):
    trainer("hints/aim", goal_level="unsure", kind="knowledge")
    shown = trainer("hints")

    trainer("hints/fit-intensive", go="1")

    assert "fit-intensive" in titles(shown)
    assert "Naar Intensief gaan" in shown.text
    assert campus.only(Track).cadence == "intensive"
    assert "fit-intensive" not in titles(trainer("hints"))


def test_what_it_is_for_stays_as_it_was_chosen_and_can_be_left_open_again(campus, trainer):
    trainer("hints/aim", goal_level="team", kind="skill")
    chosen = campus.only(Track)
    trainer("hints/aim", goal_level="unsure")
    opened = campus.only(Track)

    assert (chosen.goal_level, chosen.kind) == (GoalLevel.TEAM, Kind.SKILL)
    assert (opened.goal_level, opened.kind) == (None, None)


def test_a_choice_that_is_not_offered_changes_nothing(campus, trainer):
    answer = trainer("hints/aim", goal_level="everybody", kind="skill")

    assert answer.status_code == 422
    assert "Kies uit deze antwoorden" in answer.text
    assert campus.only(Track).kind is None


def test_a_hint_that_is_put_away_stays_away_in_this_training_until_all_are_asked_for(trainer):
    trainer("hints/contacts/away", go="1")
    away = titles(trainer("hints"))
    trainer("hints/all", go="1")

    assert "contacts" not in away
    assert "contacts" in titles(trainer("hints"))


def test_only_a_hint_that_there_is_can_be_put_away(campus, trainer):
    trainer("hints/nothing/away", go="1")

    assert campus.only(Track).hints_away == ""


def test_what_the_check_said_no_to_comes_first_and_is_kept_nowhere_else(campus, trainer):
    begin = re.search(r'href="[^"]*/instruments/(hill/[0-9a-f-]{36}/)1"', trainer("instruments/hill").text)[1]
    for number in range(1, 8):
        page = trainer(f"instruments/{begin}{number}")
        (item,) = re.findall(r'name="(hill\.[a-z]+)"', page.text)[:1]
        said = "no" if item == "hill.informal" else "yes"
        trainer(f"instruments/{begin}{number}", **{item: said})

    assert titles(trainer("hints"))[0] == "journey"
    assert len(campus.all(Entry)) == 1
    assert campus.only(Track).hints_away == ""


def test_whoever_only_looks_sees_hints_and_changes_nothing(campus, where):
    browser, page = campus.open("tjerk", roles=[ASSISTANT])
    cookie = campus.cookie_of(browser)

    shown = campus.http.get(page.url + "hints", headers=cookie)
    answer = campus.http.post(page.url + BACK, headers=cookie)

    assert "Mail terugzetten" not in shown.text
    assert "De trainer kiest wat past." in shown.text
    assert (shown.status_code, answer.status_code) == (200, 403)


def test_many_people_take_no_more_statements(campus, where, trainer):
    with counted() as few:
        trainer("hints")
    let_launch(campus, 0, 30)
    let_take_part(campus, where)

    with counted() as many:
        trainer("hints")

    assert len(many) == len(few)
