"""A training at one's own pace: who says when they finished is followed up from that day."""

from datetime import timedelta

import pytest

from lti_tool.domain.paces import Pace
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.tracks import AnchorSource, Enrolment
from tests.factories import ENDED_ON
from tests.web.campus import PREPARE, write
from tests.web.tables import dump

WEEK = timedelta(days=7)
OPENS, LAST = ENDED_ON - 3 * WEEK, ENDED_ON + 3 * WEEK
SAY = "Dag bewaren"


@pytest.fixture(autouse=True)
def today(campus):
    """A Friday while the training is open, after office hours."""
    campus.go_to(ENDED_ON, 16)
    return ENDED_ON


@pytest.fixture
def own_pace(campus):
    """A training that everybody takes at their own pace."""
    return campus.place(starts_on=OPENS, ends_on=LAST, pace=Pace.OWN)


def planned(campus):
    return {
        row.step: row.due_on
        for row in campus.all(Delivery)
        if row.kind is Kind.NUDGE and row.status is DeliveryStatus.PLANNED
    }


def say(browser, page, **typed):
    """Says when the training was finished, from the first page."""
    return browser.submit(browser.open(page, "/finished"), typed, having="day")


def test_until_somebody_says_so_the_last_day_of_the_group_counts(campus, own_pace):
    _, page = campus.open("sanne")

    enrolment = campus.only(Enrolment)
    assert (enrolment.anchor_on, enrolment.anchor_source) == (LAST, AnchorSource.COHORT)
    assert min(planned(campus).values()) > LAST
    assert "na de training</span>" in page.text


def test_who_says_that_they_finished_today_is_followed_up_from_today(campus, own_pace, today):
    browser, page = campus.open("sanne")

    after = say(browser, page)

    enrolment = campus.only(Enrolment)
    assert "notice=finished" in after.url
    assert (enrolment.anchor_on, enrolment.anchor_source) == (today, AnchorSource.LEARNER)
    assert min(planned(campus).values()) == today + timedelta(days=3)
    assert "U was klaar met de training op vrijdag 4 december" in after.text


def test_another_day_moves_the_letters_again(campus, own_pace, today):
    browser, page = campus.open("sanne")
    first = say(browser, page)
    before = planned(campus)

    say(browser, first, day=f"{today - WEEK:%d-%m-%Y}")

    assert campus.only(Enrolment).anchor_on == today - WEEK
    assert planned(campus) != before


def test_it_can_be_taken_back_and_the_last_day_counts_again(campus, own_pace):
    browser, page = campus.open("sanne")
    before = planned(campus)
    said = browser.open(say(browser, page), "/finished")

    back = browser.submit(said, {}, "Ik ben nog niet klaar", "take_back")

    assert "notice=unfinished" in back.url
    assert campus.only(Enrolment).anchor_source is AnchorSource.COHORT
    assert planned(campus) == before


@pytest.mark.parametrize("typed", ["morgen", "5-12-2026", "12-11-2026"])
def test_a_day_to_come_or_before_the_training_opened_is_asked_again(campus, own_pace, typed):
    browser, page = campus.open("sanne")
    before = dump(campus.work)

    again = say(browser, page, day=typed)

    assert again.status == 422
    assert f'value="{typed}"' in again.text
    assert dump(campus.work) == before


def test_who_makes_a_plan_first_reads_that_it_counts_and_has_finished_with_it(campus, own_pace, today):
    browser, page = campus.open("sanne")
    step = browser.open(page, "/reflect/")

    write(browser, page)

    enrolment = campus.only(Enrolment)
    assert "Dan telt vandaag als de dag waarop u klaar was" in step.text
    assert (enrolment.anchor_on, enrolment.anchor_source) == (today, AnchorSource.LEARNER)
    assert all(today < day <= today + 31 * timedelta(days=1) for day in planned(campus).values())


def test_a_plan_after_saying_so_leaves_the_day_as_it_was_said(campus, own_pace, today):
    browser, page = campus.open("sanne")
    first = say(browser, page, day=f"{today - WEEK:%d-%m-%Y}")

    write(browser, first)

    assert campus.only(Enrolment).anchor_on == today - WEEK


def test_what_a_plan_told_can_be_another_day_but_is_not_taken_back(campus, own_pace, today):
    browser, page = campus.open("sanne")
    after = write(browser, page)
    asked = browser.open(after, "/finished")

    forced = campus.http.post(asked.url, data={"take_back": "1"}, headers=campus.cookie_of(browser))
    said = browser.submit(asked, {"day": f"{today - timedelta(days=1):%d-%m-%Y}"}, having="day")

    assert "Ik ben nog niet klaar" not in asked.text
    assert forced.status_code == 303
    assert "notice=finished" in said.url
    assert campus.only(Enrolment).anchor_on == today - timedelta(days=1)


def test_after_the_two_weeks_the_day_stays(campus, own_pace, today):
    browser, page = campus.open("sanne")
    say(browser, page)
    campus.go_to(today + 3 * WEEK, 10)
    browser, page = campus.open("sanne")
    url, cookie = page.url + "finished", campus.cookie_of(browser)
    asked = campus.http.get(url, headers=cookie)

    answer = campus.http.post(url, data={"day": "24-12-2026"}, headers=cookie)

    assert "Daarom blijft deze dag staan" in asked.text
    assert answer.status_code == 303
    assert campus.only(Enrolment).anchor_on == today


def test_who_joins_after_the_opening_is_asked_to_prepare_the_next_working_day(campus, today):
    campus.place(PREPARE, instrument="pre", starts_on=OPENS, ends_on=LAST, pace=Pace.OWN)
    campus.open("sanne", PREPARE)
    campus.go_to(today + timedelta(days=3), 10)

    (letter,) = campus.deliver()

    assert letter.subject == "Voorbereiden op uw training"
    assert "Uw training staat open." in letter.text


def test_who_prepared_on_joining_gets_no_letter_about_it(campus, today):
    campus.place(PREPARE, instrument="pre", starts_on=OPENS, ends_on=LAST, pace=Pace.OWN)
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": "Doorvragen"})
    campus.go_to(today + timedelta(days=3), 10)

    assert campus.deliver() == []


def test_before_it_opens_nobody_can_say_that_they_finished(campus, today):
    campus.place(starts_on=today + WEEK, ends_on=LAST, pace=Pace.OWN)
    browser, page = campus.open("sanne")

    asked = campus.http.get(page.url + "finished", headers=campus.cookie_of(browser))

    assert "De training gaat open op vrijdag 11 december" in asked.text
    assert 'name="day"' not in asked.text


def test_where_all_end_on_one_day_there_is_nothing_to_say(campus):
    campus.place()
    browser, page = campus.open("sanne")

    asked = campus.http.get(page.url + "finished", headers=campus.cookie_of(browser))

    assert asked.status_code == 404
    assert "/finished" not in page.text


def test_after_preparing_nobody_reads_a_day_that_is_not_theirs(campus, today):
    campus.place(PREPARE, instrument="pre", starts_on=OPENS, ends_on=LAST, pace=Pace.OWN)
    campus.place(starts_on=OPENS, ends_on=LAST, pace=Pace.OWN)
    browser, page = campus.open("sanne", PREPARE)

    after = write(browser, page, {"pre.goal": "Doorvragen"})

    assert "Maak uw plan als u klaar bent met de training" in after.text
    assert "De training eindigt op" not in after.text


def test_the_letter_about_a_plan_names_no_day_on_which_somebody_finished(campus, own_pace):
    campus.open("sanne")
    campus.go_to(LAST + timedelta(days=3), 10)

    letters = campus.deliver()

    assert "Bent u klaar, kies dan een dag" in letters[0].text
    assert "eindigde op" not in letters[0].text
