"""What kind of training a trainer chooses fills in the rest, on all three pages that ask it."""

from datetime import date

from lti_tool.domain.paces import Pace
from lti_tool.models.tracks import Cohort, Meeting, Track
from tests.web.campus import PREPARE, TRAINER, switch_on
from tests.web.choosing import choose, first_open
from tests.web.setting_up import chosen

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


def test_something_at_work_begins_on_one_day_whatever_else_was_typed(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    switch_on(browser, page, {"preset": "on_the_job", **OPEN})

    assert campus.only(Track).pace is Pace.AT_WORK
    assert campus.only(Cohort).ends_on == date(2026, 12, 1)


def test_one_day_with_another_last_day_is_several_sessions(campus):
    browser, page = campus.open(TRAINER, PREPARE)

    switch_on(browser, page, {"preset": "one_day", "starts_on": "1-12-2026", "ends_on": "2-12-2026"})

    assert len(campus.all(Meeting)) == 2


def test_an_e_learning_chosen_in_the_lms_without_days_is_one_where_its_days_are_set(campus):
    items = choose(campus, {"preset": "e_learning", "when": "later", "purposes": ["pre", "mid", "post"]})

    page = first_open(campus, items[0])

    assert len(items) == 2
    assert campus.only(Track).pace is Pace.OWN
    assert chosen(page, "preset") == "e_learning"


def test_a_group_of_an_e_learning_has_two_days_and_none_in_between(campus):
    campus.place(pace=Pace.OWN)
    browser, page = campus.open(TRAINER)

    groups = campus.http.get(page.url + "groups", headers=campus.cookie_of(browser))

    assert 'name="ends_on"' in groups.text
    assert 'name="between"' not in groups.text
