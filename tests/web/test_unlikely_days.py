"""Days that are past or far away are told about before a training begins on them, and never refused."""

from datetime import date

import pytest

from lti_tool.models.tracks import Cohort, Track
from tests.web.campus import TRAINER
from tests.web.choosing import ADD, ask


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("3-12-2025", "10-12-2025", "De sluitdag is voorbij."),
        ("6-10-2026", "13-10-2026", "De twee weken eindigden op 27 oktober 2026."),
        ("3-12-2027", "10-12-2027", "3 december 2027 is over meer dan een jaar."),
        ("3-12-2026", "10-12-2027", "10 december 2027 is over meer dan een jaar."),
    ],
)
def test_days_that_are_past_or_far_away_are_told_before_a_training_begins(campus, first, last, says):
    browser, page = ask(campus)
    days = {"preset": "several", "starts_on": first, "ends_on": last}

    told = browser.submit(page, days, button=ADD)
    kept = campus.all(Track)
    browser.submit(told, button=ADD)

    assert (told.status, kept) == (200, [])
    assert says in told.text
    assert campus.only(Cohort).starts_on.year == int(first[-4:])


def test_a_calendar_says_that_days_are_far_away_before_the_mails_are_switched_on(campus):
    browser, page = campus.open(TRAINER)
    days = {"phase": "post", "preset": "one_day", "starts_on": "3-12-2027"}

    told = browser.submit(page, days, having="starts_on")

    assert "3 december 2027 is over meer dan een jaar." in told.text
    assert told.has_form("switch_on")


@pytest.mark.parametrize("preset", ["e_learning", "on_the_job"])
def test_an_item_that_looks_back_on_a_session_fits_nothing_where_nobody_meets(campus, preset):
    browser, page = ask(campus)
    days = {"preset": preset, "starts_on": "3-12-2026", "ends_on": "10-12-2026", "purposes": "mid"}

    told = browser.submit(page, days, button=ADD)

    assert "Hier zijn geen bijeenkomsten om op terug te kijken." in told.text
    assert "van één dag heeft" not in told.text


def test_who_then_fills_in_other_days_that_are_past_reads_what_that_means(campus):
    browser, page = ask(campus)
    told = browser.submit(page, {"preset": "one_day", "starts_on": "3-12-2027"}, button=ADD)

    again = browser.submit(told, {"starts_on": "10-11-2026"}, button=ADD)

    assert "3 december 2027 is over" not in again.text
    assert "De laatste dag is voorbij" in again.text
    assert campus.all(Track) == []


def test_days_to_come_begin_a_training_at_once_and_so_does_one_whose_days_come_later(campus):
    for answers in ({"starts_on": "3-12-2026"}, {"starts_on": "3-12-2027", "when": "later"}):
        browser, page = ask(campus)
        assert browser.submit(page, {"preset": "one_day", **answers}, button=ADD).has_form("JWT")

    assert len(campus.all(Track)) == 2


def test_a_single_item_of_a_training_that_is_there_asks_for_no_days_again(campus):
    browser, page = ask(campus, accept_multiple=False)
    browser.submit(page, {"preset": "one_day", "starts_on": "3-12-2026"}, button=ADD)
    browser, page = ask(campus, accept_multiple=False)

    added = browser.submit(page, {"starts_on": "3-12-2025"}, button=ADD)

    assert added.has_form("JWT")
