"""What kind of training a trainer chooses fills in the rest, on all three pages that ask it."""

from datetime import date

import pytest

from lti_tool.domain.paces import Pace
from lti_tool.models.tracks import Cohort, Meeting, Track
from lti_tool.services.tracks import Dates
from lti_tool.services.whole_tracks import Purpose
from lti_tool.web import deep_link_forms
from tests.web.campus import PREPARE, TRAINER, switch_on
from tests.web.choosing import DAYS, choose, claims_of, first_open
from tests.web.follow import asking
from tests.web.sample_choices import WHOLE
from tests.web.samples import TODAY
from tests.web.setting_up import SEVERAL_DAYS, chosen

OPEN = {"starts_on": "1-12-2026", "ends_on": "15-1-2027"}


def test_an_e_learning_asks_from_when_to_when_and_has_no_sessions(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    calendar = browser.submit(
        page, {"phase": "pre", "preset": "e_learning", **OPEN, "between": "8-12-2026"}, having="starts_on"
    )
    browser.submit(calendar, having="switch_on")

    assert "De twee weken beginnen voor iedereen op de dag waarop die klaar is" in calendar.text
    assert campus.only(Track).pace is Pace.OWN
    assert campus.only(Cohort).ends_on == date(2027, 1, 15)
    assert [one.held_on for one in campus.all(Meeting)] == [date(2026, 12, 1)]


def test_half_a_day_has_one_day_and_few_mails(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    switch_on(browser, page, {"preset": "half_day", "starts_on": "1-12-2026"})

    assert campus.only(Track).cadence == "light"
    assert campus.only(Cohort).ends_on == date(2026, 12, 1)


@pytest.mark.parametrize("title", ["Webinar privacy", "Leren op de werkplek", "E-learning privacy"])
def test_where_there_are_no_sessions_no_item_to_look_back_on_one_is_chosen_beforehand(title):
    form = deep_link_forms.choice(WHOLE, title=title)

    assert form["purposes"].data == (Purpose.PRE, Purpose.POST, Purpose.JOURNEY)


def test_a_course_of_one_day_has_no_session_to_look_back_on_before_the_next():
    form = deep_link_forms.choice(WHOLE, title="Doorvragen", known=Dates(TODAY, TODAY))

    assert Purpose.MID not in form["purposes"].data


def test_a_training_of_one_day_moves_by_its_one_day(campus):
    days = one_day(campus)
    asked = days()

    days(starts_on="8-12-2026")

    assert "Dag van de training" in asked.text
    assert (campus.only(Cohort).starts_on, campus.only(Cohort).ends_on) == (date(2026, 12, 8),) * 2


def test_more_days_make_it_a_training_of_several(campus):
    days = one_day(campus)

    days(starts_on="8-12-2026", between="10-12-2026", ends_on="15-12-2026")

    assert sorted(row.held_on.day for row in campus.all(Meeting)) == [8, 10, 15]


def test_days_in_between_without_a_last_day_are_asked_about(campus):
    days = one_day(campus)

    answer = days(starts_on="8-12-2026", between="10-12-2026")

    assert answer.status_code == 422
    assert "10-12-2026" in answer.text
    assert "Eerste dag" in answer.text


def one_day(campus):
    """The page with the days of a training of one day, by which its trainer moves it."""
    campus.go_to(date(2026, 11, 2))
    campus.place(ends_on=date(2026, 12, 1))
    trainer = asking(campus, TRAINER)

    def ask(**typed):
        return trainer("dates", cadence="standard", **typed) if typed else trainer("dates")

    return ask


def test_something_at_work_begins_on_one_day_whatever_else_was_typed(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    switch_on(browser, page, {"preset": "on_the_job", **OPEN})

    assert campus.only(Track).pace is Pace.AT_WORK
    assert campus.only(Cohort).ends_on == date(2026, 12, 1)


@pytest.mark.parametrize("preset", ["half_day", "one_day"])
def test_a_last_day_that_one_day_does_not_ask_does_not_count(campus, preset):
    browser, page = campus.open(TRAINER, PREPARE)

    switch_on(browser, page, {"preset": preset, **OPEN, "between": "8-12-2026"})

    assert "Telt alleen bij een paar bijeenkomsten of een e-learning." in page.text
    assert [one.held_on for one in campus.all(Meeting)] == [date(2026, 12, 1)]


@pytest.mark.parametrize("preset", ["half_day", "one_day", "on_the_job"])
def test_of_one_day_chosen_in_the_lms_no_other_day_counts_and_no_session_is_looked_back_on(campus, preset):
    campus.go_to(date(2026, 11, 20))

    items = choose(campus, {**DAYS, "preset": preset, "purposes": ["pre", "mid", "post"]})

    assert [item["lineItem"]["tag"] for item in items] == ["pre", "post"]
    assert [one.held_on for one in campus.all(Meeting)] == [date(2026, 12, 1)]


def test_of_one_day_whose_day_comes_later_no_day_that_stood_there_counts(campus):
    campus.go_to(date(2026, 11, 20))

    items = choose(campus, {**DAYS, "preset": "one_day", "when": "later", "purposes": ["pre", "mid", "post"]})

    assert [item["lineItem"]["tag"] for item in items] == ["pre", "post"]


def first_open_by_trainer(campus, item):
    """The trainer's browser, and the page on which the days are asked."""
    browser = campus.sign_in(TRAINER)
    campus.next_claims(*claims_of(item, "9001"))
    return browser, browser.launch(PREPARE)


def test_an_e_learning_chosen_in_the_lms_without_days_is_one_where_its_days_are_set(campus):
    items = choose(campus, {"preset": "e_learning", "when": "later", "purposes": ["pre", "mid", "post"]})

    page = first_open(campus, items[0])

    assert len(items) == 2
    assert campus.only(Track).pace is Pace.OWN
    assert chosen(page, "preset") == "e_learning"


LEFT_OVER = "In uw leeromgeving staat ook ‘Terugkijken op bijeenkomst 1’."


@pytest.mark.parametrize(("days", "is_told"), [({"preset": "one_day"}, True), (SEVERAL_DAYS, False)])
def test_an_item_that_looks_back_on_the_only_session_is_told_before_the_days_are_kept(campus, days, is_told):
    campus.go_to(date(2026, 11, 20))
    items = choose(campus, {"preset": "several", "when": "later"})
    browser, page = first_open_by_trainer(campus, items[0])

    calendar = browser.submit(page, {"starts_on": "1-12-2026", **days}, having="starts_on")

    assert calendar.status == 200
    assert (LEFT_OVER in calendar.text) is is_told


def test_a_group_of_an_e_learning_has_two_days_and_none_in_between(campus):
    campus.place(pace=Pace.OWN)
    browser, page = campus.open(TRAINER)

    groups = campus.http.get(page.url + "groups", headers=campus.cookie_of(browser))

    assert 'name="ends_on"' in groups.text
    assert 'name="between"' not in groups.text
