"""The second page of a set up: what will be sent, and when."""

import re
from datetime import date

import pytest

from lti_tool.models.tracks import Meeting, Track
from tests.factories import AMSTERDAM
from tests.web.campus import PREPARE, TRAINER
from tests.web.setting_up import SEVERAL_DAYS, WEEK, chosen, ticked


@pytest.fixture(autouse=True)
def in_november(campus) -> None:
    """Before the days that these tests type."""
    campus.go_to(date(2026, 11, 2))


@pytest.fixture
def today(campus) -> date:
    return campus.work.now().calendar.astimezone(AMSTERDAM).date()


def chips(page):
    """What stands in the calendar."""
    return re.findall(r'<li><span class="bk-chip[^"]*">([^<]*)<', page.text)


def test_the_first_page_sets_nothing_up_and_the_second_carries_everything_along(campus):
    browser, page = campus.open(TRAINER, PREPARE)
    typed = {**SEVERAL_DAYS, "phase": "pre", "cadence": "light", "closes_on": "1-2-2027"}

    calendar = browser.submit(page, typed, having="starts_on")
    before = campus.all(Track)
    browser.submit(calendar, having="switch_on")

    track = campus.only(Track)
    assert (before, "Wie krijgt wat, en wanneer?" in calendar.text) == ([], True)
    assert (track.cadence, track.closes_on) == ("light", date(2027, 2, 1))
    assert sorted(one.held_on.day for one in campus.all(Meeting)) == [1, 8, 15]


def test_before_switching_on_a_trainer_reads_who_else_may_get_mail_and_on_whose_wish(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    calendar = browser.submit(page, {**SEVERAL_DAYS, "phase": "pre"}, having="starts_on")

    assert "Als iemand uit de training een collega vraagt, en die ja zegt" in calendar.text
    assert "Als iemand uit de training de eigen leidinggevende vraagt, en die ja zegt" in calendar.text


def test_going_back_from_the_calendar_keeps_what_was_filled_in(campus):
    browser, page = campus.open(TRAINER, PREPARE)
    calendar = browser.submit(page, {**SEVERAL_DAYS, "cadence": "light"}, having="starts_on")

    back = browser.submit(calendar, {"send": ["harvest"]}, "Terug naar de dagen", "switch_on")
    again = browser.submit(back, having="starts_on")

    assert [chosen(back, name) for name in ("starts_on", "ends_on")] == ["1-12-2026", "15-12-2026"]
    assert chosen(back, "cadence") == "light"
    assert "8-12-2026" in back.text
    assert ticked(again) == {"harvest"}


def test_the_calendar_in_another_language_keeps_what_was_filled_in(campus):
    browser, page = campus.open(TRAINER, PREPARE)
    calendar = browser.submit(page, {**SEVERAL_DAYS, "cadence": "light"}, having="starts_on")
    renewed = browser.submit(calendar, {"send": ["harvest"]}, "Kalender bijwerken", "switch_on")

    english = browser.submit(renewed, button="English")

    assert "Who gets what, and when?" in english.text
    assert ticked(english) == {"harvest"}
    browser.submit(english, having="switch_on")
    assert campus.only(Track).cadence == "light"


def test_steps_without_a_tick_are_left_out_and_the_calendar_can_be_renewed(campus):
    browser, page = campus.open(TRAINER, PREPARE)
    calendar = browser.submit(page, {**SEVERAL_DAYS, "phase": "pre"}, having="starts_on")
    kept = sorted(ticked(calendar) - {"prepare_again", "plan"})

    renewed = browser.submit(calendar, {"send": kept}, "Kalender bijwerken", "switch_on")
    browser.submit(renewed, having="switch_on")

    assert chips(calendar).count("Nog één keer voorbereiden") == 1
    assert "Nog één keer voorbereiden" not in chips(renewed)
    assert campus.only(Track).left_out == "plan prepare_again"


def test_a_mail_whose_link_is_not_there_yet_is_shown_as_waiting(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    calendar = browser.submit(page, {**SEVERAL_DAYS, "phase": "pre"}, having="starts_on")

    waiting = re.findall(r'bk-chip--later">([^<]*)<', calendar.text)
    assert {"Plan maken", "Klopt het plan nog?", "Eigen dag", "Tussenstand"} <= set(waiting)
    assert not {"Voorbereiden", "Nog één keer voorbereiden"} & set(waiting)


def test_the_calendar_shows_when_contacts_get_their_team_cards(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    calendar = browser.submit(page, SEVERAL_DAYS, having="starts_on")

    explained, *cards = re.findall(r'bk-chip--lead">([^<]*)<', calendar.text)
    assert explained == "Teamkaart, voor contacten die u kiest"
    assert cards == ["Teamkaart"] * 3


def test_a_training_that_has_ended_says_that_earlier_mails_do_not_come(campus, today):
    browser, page = campus.open(TRAINER)
    ended = (today - 1 * WEEK).isoformat()

    calendar = browser.submit(page, {"starts_on": ended, "ends_on": ended}, having="starts_on")

    assert "Mails van vóór vandaag komen niet" in calendar.text
    assert browser.submit(calendar, having="switch_on").status == 200
