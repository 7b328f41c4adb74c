"""A trainer sets an activity up, moves its dates, and sees who is done."""

import re
from datetime import date, timedelta

import pytest

from lti_tool.models.activities import Activity
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.plans import Plan
from lti_tool.models.tracks import Cohort, Enrolment, Meeting, Track
from lti_tool.services.tracks import Dates
from tests.factories import AMSTERDAM
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.tables import dump

WEEK = timedelta(days=7)


@pytest.fixture
def today(campus) -> date:
    return campus.work.now().calendar.astimezone(AMSTERDAM).date()


def chosen(page, name):
    """What a form has filled in for a field."""
    controls = [one for one in page.form(name).controls if one.name == name]
    return next((one.value for one in controls if one.is_chosen or one.kind == "text"), None)


@pytest.mark.parametrize(("link_id", "phase"), [(PREPARE, "pre"), (LOOK_BACK, "post")])
def test_a_first_launch_by_the_trainer_asks_with_everything_filled_in(campus, link_id, phase):
    browser, page = campus.open(TRAINER, link_id)

    ready = browser.submit(page, having="starts_on")

    assert page.url.endswith("/set-up")
    assert chosen(page, "phase") == phase
    assert (ready.status, "notice=ready" in ready.url) == (200, True)
    assert len(campus.all(Activity)) == len(campus.all(Cohort)) == 1


def test_dates_that_a_trainer_types_are_those_of_the_training(campus):
    browser, page = campus.open(TRAINER)

    browser.submit(page, {"starts_on": "3-11-2026", "ends_on": "4/12/2026"}, having="starts_on")

    cohort = campus.only(Cohort)
    assert Dates(cohort.starts_on, cohort.ends_on) == Dates(date(2026, 11, 3), date(2026, 12, 4))
    assert {one.held_on for one in campus.all(Meeting)} == {cohort.starts_on, cohort.ends_on}


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ({"starts_on": "4-12-2026", "ends_on": "3-12-2026"}, "3-12-2026"),
        ({"starts_on": "4-12-2026", "ends_on": "gisteren"}, "gisteren"),
        ({"starts_on": "4-12-1926", "ends_on": "5-12-2026"}, "5-12-2026"),
        ({"starts_on": "", "ends_on": "31-2-2027"}, "31-2-2027"),
    ],
)
def test_dates_that_cannot_be_are_told_and_stay_on_the_page(campus, days, kept):
    browser, page = campus.open(TRAINER)

    again = browser.submit(page, days, having="starts_on")

    assert again.status == 422
    assert 'id="to-mend"' in again.text
    assert f'value="{kept}"' in again.text
    assert campus.all(Track) == []


@pytest.mark.parametrize("sent", [{}, {"phase": "mid"}, {"phase": "post", "track": "new"}, {"phase": ""}])
def test_a_set_up_without_what_it_needs_is_not_done(campus, sent):
    browser, page = campus.open(TRAINER)

    answer = campus.http.post(page.url, data=sent, headers=campus.cookie_of(browser))

    assert answer.status_code == 422
    assert campus.all(Track) == []


def test_looking_at_the_page_in_any_way_sets_nothing_up(campus):
    browser, page = campus.open(TRAINER)
    before = dump(campus.work)

    for method in ("GET", "HEAD", "OPTIONS"):
        campus.http.request(method, page.url, headers=campus.cookie_of(browser))

    assert dump(campus.work) == before


def test_who_opens_it_before_the_trainer_did_is_told_so_and_takes_part_at_the_set_up(campus):
    learner, before = campus.open("sanne")
    browser, page = campus.open(TRAINER)

    browser.submit(page, having="starts_on")

    after = learner.launch(LOOK_BACK)
    assert before.document.heading == "Uw trainer zet dit nog klaar"
    assert "/reflect/plan/1" in after.text
    assert campus.only(Enrolment).anchor_on == campus.only(Cohort).ends_on
    assert {row.status for row in campus.all(Delivery)} == {DeliveryStatus.PLANNED}


def test_a_second_set_up_of_the_same_activity_keeps_the_first(campus):
    first, page = campus.open(TRAINER)
    second = campus.sign_in(TRAINER)
    other_page = second.launch(LOOK_BACK)
    first.submit(page, {"phase": "post"}, having="starts_on")

    answer = second.submit(other_page, {"phase": "pre"}, having="starts_on")

    assert answer.status == 200
    assert len(campus.all(Track)) == len(campus.all(Activity)) == 1


def test_a_second_activity_joins_the_open_training_unless_told_otherwise(campus):
    browser, page = campus.open(TRAINER, PREPARE)
    browser.submit(page, {"phase": "pre"}, having="starts_on")
    second = browser.launch(LOOK_BACK)

    browser.submit(second, having="starts_on")

    track = campus.only(Track)
    assert chosen(second, "track") == str(track.id)
    assert chosen(second, "phase") == "post"
    assert {activity.track_id for activity in campus.all(Activity)} == {track.id}
    assert len(campus.all(Cohort)) == 1


def test_preparing_and_looking_back_share_enrolment_and_plan(campus):
    campus.place(PREPARE, instrument="pre")
    campus.place(LOOK_BACK)
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, {"pre.task": "het gesprek op maandag"})
    prepared = campus.only(Plan).id

    first_step = browser.open(browser.launch(LOOK_BACK), "/reflect/")
    write(browser, browser.launch(LOOK_BACK))

    assert 'value="het gesprek op maandag"' in first_step.text
    assert campus.only(Plan).id == prepared
    assert campus.only(Plan).enrolment_id == campus.only(Enrolment).id


def test_another_training_in_the_same_course_has_its_own_dates_and_people(campus):
    campus.place(PREPARE, instrument="pre")
    campus.open("sanne", PREPARE)
    campus.open("youssef", LOOK_BACK)
    browser, page = campus.open(TRAINER, LOOK_BACK)

    browser.submit(
        page,
        {"phase": "post", "track": "new", "starts_on": "3-12-2026", "ends_on": "4-12-2026"},
        having="starts_on",
    )

    new = next(cohort for cohort in campus.all(Cohort) if cohort.ends_on == date(2026, 12, 4))
    assert len(campus.all(Track)) == 2
    assert len([one for one in campus.all(Enrolment) if one.cohort_id == new.id]) == 1


def test_moved_dates_move_the_letters_that_are_still_to_come(campus, today):
    where = campus.place()
    campus.open("sanne")
    before = {row.step: row.due_on for row in campus.all(Delivery)}
    browser, page = campus.open(TRAINER)
    later = today + 4 * WEEK

    told = browser.submit(
        browser.open(page, "/dates"),
        {"starts_on": later.isoformat(), "ends_on": later.isoformat()},
        having="starts_on",
    )
    untouched = {row.step: row.due_on for row in campus.all(Delivery)}
    moved = browser.submit(told, having="moving")

    after = {row.step: row.due_on for row in campus.all(Delivery)}
    assert "3 mails krijgen een andere dag" in told.text
    assert untouched == before
    assert "notice=moved" in moved.url
    assert campus.only(Enrolment).anchor_on == later
    assert after.keys() == before.keys()
    assert all(after[step] > before[step] + 3 * WEEK for step in before)
    assert [one.held_on for one in campus.all(Meeting)] == [later]
    assert where.cohort.ends_on == today


def test_when_meanwhile_more_letters_would_move_that_is_told_first(campus, today):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    later = (today + WEEK).isoformat()
    told = browser.submit(
        browser.open(page, "/dates"), {"starts_on": later, "ends_on": later}, having="starts_on"
    )
    campus.open("youssef")

    again = browser.submit(told, having="moving")

    assert "6 mails krijgen een andere dag" in again.text
    assert campus.only(Cohort).ends_on == today


def test_dates_that_move_no_letter_are_saved_at_once(campus, today):
    campus.place()
    browser, page = campus.open(TRAINER)
    later = (today + WEEK).isoformat()

    saved = browser.submit(
        browser.open(page, "/dates"), {"starts_on": later, "ends_on": later}, having="starts_on"
    )

    assert "notice=moved" in saved.url
    assert campus.only(Cohort).ends_on == today + WEEK


def test_dates_that_cannot_be_move_nothing(campus):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    before = dump(campus.work, {"cohort", "enrolment", "delivery", "meeting"})

    again = browser.submit(
        browser.open(page, "/dates"), {"starts_on": "5-12-2026", "ends_on": "4-12-2026"}, having="starts_on"
    )

    assert again.status == 422
    assert 'id="to-mend"' in again.text
    assert dump(campus.work, {"cohort", "enrolment", "delivery", "meeting"}) == before


def test_a_trainer_sees_who_is_done_and_nothing_that_anybody_wrote(campus):
    campus.place()
    for name in ("sanne", "marloes"):
        browser, page = campus.open(name)
    write(browser, page)

    _, group = campus.open(TRAINER)

    done = re.findall(r"<li><span>([^<]*)</span>[^<]*<span[^>]*>([^<]*)</span>", group.text)
    assert sorted(done) == [("Marloes Hendriks", "Klaar"), ("Sanne de Wit", "Nog niet")]
    assert "terras" not in group.text
    assert "doorvragen" not in group.text
    assert "een inwoner belt" not in group.text


def test_who_may_only_look_waits_until_it_is_set_up_and_then_sees_without_buttons(campus):
    _, waits = campus.open("youssef", roles=[ASSISTANT])
    campus.place()

    _, sees = campus.open("youssef", roles=[ASSISTANT])

    assert not waits.has_form("starts_on")
    assert sees.document.heading == "Doorvragen aan het loket"
    assert "/dates" not in sees.text
    assert "again" not in sees.text
