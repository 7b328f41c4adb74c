"""A trainer sets an activity up, in a new training or in one that is there."""

from dataclasses import replace
from datetime import date

import pytest

from lti_tool.domain.cadences import Cadence
from lti_tool.domain.words import Words
from lti_tool.models.activities import Activity
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.plans import Plan
from lti_tool.models.tracks import Cohort, Enrolment, Meeting, Track
from lti_tool.services.tracks import Dates
from tests.factories import AMSTERDAM
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, switch_on, write
from tests.web.setting_up import SEVERAL_DAYS, WEEK, chosen
from tests.web.tables import dump


@pytest.fixture(autouse=True)
def in_november(campus) -> None:
    """Before the days that these tests type."""
    campus.go_to(date(2026, 11, 2))


@pytest.fixture
def own_cadence(campus) -> None:
    """A cadence that an organisation added to the catalogue."""
    work = campus.work
    step = work.catalogue.cadence("light").find("own_date")
    title = Words("Alleen de eigen dag", "Own day only")
    own = Cadence("own_day", title, Words("Past bij een workshop.", "Fits a workshop."), (step,))
    more = replace(work.catalogue, cadences=(own, *work.catalogue.cadences))
    campus.app.extensions["beklijf"] = replace(work, catalogue=more)


@pytest.fixture
def today(campus) -> date:
    return campus.work.now().calendar.astimezone(AMSTERDAM).date()


def planned(campus):
    """The steps that are planned for somebody."""
    return {row.step for row in campus.all(Delivery) if row.status is DeliveryStatus.PLANNED}


@pytest.mark.parametrize(("link_id", "phase"), [(PREPARE, "pre"), (LOOK_BACK, "post")])
def test_a_first_launch_by_the_trainer_asks_with_everything_filled_in(campus, link_id, phase):
    browser, page = campus.open(TRAINER, link_id)

    ready = switch_on(browser, page)

    assert page.url.endswith("/set-up")
    assert chosen(page, "phase") == phase
    assert (ready.status, "notice=ready" in ready.url) == (200, True)
    assert len(campus.all(Activity)) == len(campus.all(Cohort)) == 1


def test_dates_that_a_trainer_types_are_those_of_the_training(campus):
    browser, page = campus.open(TRAINER)

    switch_on(browser, page, {"preset": "several", "starts_on": "3-11-2026", "ends_on": "4/12/2026"})

    cohort = campus.only(Cohort)
    assert Dates(cohort.starts_on, cohort.ends_on) == Dates(date(2026, 11, 3), date(2026, 12, 4))
    assert {one.held_on for one in campus.all(Meeting)} == {cohort.starts_on, cohort.ends_on}
    assert campus.only(Track).closes_on == date(2027, 2, 2)


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

    again = browser.submit(page, {"preset": "several", **days}, having="starts_on")

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

    switch_on(browser, page)

    after = learner.launch(LOOK_BACK)
    assert before.document.heading == "Uw trainer zet dit nog klaar"
    assert "/reflect/plan/1" in after.text
    assert campus.only(Enrolment).anchor_on == campus.only(Cohort).ends_on
    assert {row.status for row in campus.all(Delivery)} == {DeliveryStatus.PLANNED}


def test_a_second_set_up_of_the_same_activity_keeps_the_first(campus):
    first, page = campus.open(TRAINER)
    second = campus.sign_in(TRAINER)
    other_page = second.launch(LOOK_BACK)
    switch_on(first, page, {"phase": "post"})

    answer = second.submit(other_page, {"phase": "pre"}, having="starts_on")

    assert (answer.status, answer.has_form("switch_on")) == (200, False)
    assert len(campus.all(Track)) == len(campus.all(Activity)) == 1


def test_a_second_activity_joins_the_open_training_unless_told_otherwise(campus):
    browser, page = campus.open(TRAINER, PREPARE)
    switch_on(browser, page, {"phase": "pre"})
    second = browser.launch(LOOK_BACK)

    switch_on(browser, second)

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

    days = {"preset": "several", "starts_on": "3-12-2026", "ends_on": "4-12-2026"}
    switch_on(browser, page, {"phase": "post", "track": "new", **days})

    new = next(cohort for cohort in campus.all(Cohort) if cohort.ends_on == date(2026, 12, 4))
    assert len(campus.all(Track)) == 2
    assert len([one for one in campus.all(Enrolment) if one.cohort_id == new.id]) == 1


@pytest.mark.parametrize(
    ("language", "title", "fits"),
    [("nl", "Alleen de eigen dag", "Past bij een workshop."), ("en", "Own day only", "Fits a workshop.")],
)
def test_a_cadence_of_an_organisation_itself_goes_by_its_title(campus, own_cadence, language, title, fits):
    browser, page = campus.open(TRAINER, PREPARE)
    if language == "en":
        page = browser.submit(page, button="English")

    calendar = browser.submit(page, {**SEVERAL_DAYS, "cadence": "own_day"}, having="starts_on")
    home = browser.submit(calendar, having="switch_on")
    settings = browser.open(home, "/settings")
    moving = browser.open(home, "/dates")

    assert title in page.text
    assert fits in page.text
    assert f": {title.lower()}<" in calendar.text
    assert f"<dd>{title}</dd>" in settings.text
    assert title in moving.text
    assert "own_day" not in settings.text


def test_a_link_that_joins_makes_letters_possible_for_who_takes_part_already(campus, today):
    campus.place(PREPARE, instrument="pre", ends_on=today + 8 * WEEK)
    campus.open("sanne", PREPARE)
    before = planned(campus)
    browser, page = campus.open(TRAINER, LOOK_BACK)

    switch_on(browser, page, {"phase": "post"})

    assert "plan" not in before
    assert planned(campus) == before | {"plan"}


def test_who_joins_a_training_leaves_its_mails_as_they_are(campus, today):
    campus.place(PREPARE, instrument="pre", ends_on=today + 8 * WEEK)
    browser, page = campus.open(TRAINER, LOOK_BACK)

    calendar = browser.submit(page, {"phase": "post", "cadence": "light"}, having="starts_on")
    browser.submit(calendar, having="switch_on")

    track = campus.only(Track)
    assert not calendar.has_form("send")
    assert (track.cadence, track.left_out) == ("standard", "")
