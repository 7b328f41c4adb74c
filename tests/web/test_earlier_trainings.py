"""A trainer begins a training from an earlier one: its set-up comes along, its people never."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.domain.aims import GoalLevel, Kind
from lti_tool.domain.openings import Opening
from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation
from lti_tool.models.courses import Course, Membership, ResourceLink, Role
from lti_tool.models.deep_links import ContentSelection
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.recalls import RecallQuestion
from lti_tool.models.tracks import Cohort, Enrolment, Meeting, Track
from lti_tool.services import activities, recalls, tracks
from lti_tool.services.recalls import Words
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web.day_forms import FITTING
from tests.web.campus import LOOK_BACK, OTHER_COURSE, PREPARE, TRAINER
from tests.web.choosing import ADD, DL, ask, told
from tests.web.follow import asking
from tests.web.setting_up import chosen, ticked
from tests.web.statements import counted

TAKE = "Opzet overnemen"


@pytest.fixture(autouse=True)
def in_november(campus) -> None:
    """A Monday."""
    campus.go_to(date(2026, 11, 2))


@pytest.fixture
def earlier(campus):
    """An intensive training of two Tuesdays, with a question about its content and somebody in it."""
    where = campus.place(PREPARE, instrument="pre", ends_on=date(2026, 10, 6))
    campus.place(LOOK_BACK)
    with campus.work.sessions.begin() as session:
        track = session.get_one(Track, where.track.id)
        dates = Dates(date(2026, 10, 6), date(2026, 10, 20), (date(2026, 10, 8),))
        tracks.move(session, session.get_one(Cohort, where.cohort.id), dates, campus.work.now().calendar)
        tracks.follow(session, track, FollowUp("intensive", frozenset({"last_call"})))
        recalls.write(session, track, {1: Words("Wat vraagt u?", "Wat nodig is.")}, campus.work.keyring.named)
        track.title = "Doorvragen, hoe dan?"
        track.goal_level, track.kind = GoalLevel.TEAM, Kind.KNOWLEDGE
    campus.open("sanne", LOOK_BACK)
    return where.track.id


def take(browser, page, track_id, **typed):
    return browser.submit(page, {"earlier": str(track_id), **typed}, button=TAKE)


def typed(page, name):
    return next(one.value for one in page.form("starts_on").controls if one.name == name)


def new_track(campus, earlier):
    (found,) = [row for row in campus.all(Track) if row.id != earlier]
    return found


def test_a_trainer_without_earlier_trainings_is_asked_nothing_more(campus):
    _, page = campus.open(TRAINER)

    assert "eerdere training" not in page.text


def test_an_earlier_training_fills_in_its_mails_and_its_days_from_the_next_such_day(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)

    page = take(browser, page, earlier)

    assert chosen(page, "cadence") == "intensive"
    assert [typed(page, name) for name in ("starts_on", "ends_on")] == ["3-11-2026", "17-11-2026"]
    assert "5-11-2026" in page.text
    assert "last_call" not in ticked(browser.submit(page, having="starts_on"))


def test_the_days_follow_from_a_first_day_that_was_typed(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)

    page = take(browser, page, earlier, starts_on="4-1-2027")

    assert [typed(page, name) for name in ("starts_on", "ends_on")] == ["4-1-2027", "18-1-2027"]


def test_what_was_chosen_and_not_taken_over_is_shown_before_anything_is_switched_on(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)

    page = browser.submit(page, {"earlier": str(earlier)}, button="Kalender bekijken")

    assert page.url.endswith("/set-up")
    assert chosen(page, "cadence") == "intensive"


def test_questions_mails_and_name_come_along_and_people_stay_behind(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    page = browser.submit(take(browser, page, earlier), having="starts_on")

    browser.submit(page, having="switch_on")

    track = new_track(campus, earlier)
    assert (track.title, track.cadence, track.left_out) == ("Doorvragen, hoe dan?", "intensive", "last_call")
    assert len([row for row in campus.all(RecallQuestion) if row.track_id == track.id]) == 1
    (cohort,) = [row for row in campus.all(Cohort) if row.track_id == track.id]
    assert [row for row in campus.all(Enrolment) if row.cohort_id == cohort.id] == []
    days = sorted(row.held_on.day for row in campus.all(Meeting) if row.cohort_id == cohort.id)
    assert days == [3, 5, 17]


def test_what_it_is_for_comes_along(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    page = browser.submit(take(browser, page, earlier), having="starts_on")

    browser.submit(page, having="switch_on")

    track = new_track(campus, earlier)
    assert (track.goal_level, track.kind) == (GoalLevel.TEAM, Kind.KNOWLEDGE)


def test_an_item_asks_as_it_did_in_the_earlier_training(campus, earlier):
    adapt(campus)
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    page = browser.submit(take(browser, page, earlier), having="starts_on")

    browser.submit(page, having="switch_on")

    (activity,) = [row for row in campus.all(Activity) if row.track_id != earlier]
    (adaptation,) = [row for row in campus.all(Adaptation) if row.track_id == activity.track_id]
    assert activity.adaptation_id == adaptation.id
    (source,) = [row for row in campus.all(Adaptation) if row.track_id == earlier]
    assert adaptation.content == source.content
    assert activity.opens is Opening.ON_ITS_DAY


def test_what_comes_along_of_its_items_is_named_before_anything_is_switched_on(campus, earlier):
    adapt(campus)
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    before = page.text

    page = take(browser, page, earlier)

    assert "de vragen die u veranderde en wanneer onderdelen opengaan" in before
    assert "De vragen die u veranderde gaan mee bij: Terugkijken en plan maken." in page.text
    assert "Deze gaan weer open op hun eigen dag: Terugkijken en plan maken." in page.text


def test_of_items_that_ask_and_open_as_usual_nothing_is_named(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)

    page = take(browser, page, earlier)

    assert "gaan mee bij" not in page.text
    assert "op hun eigen dag" not in page.text


def adapt(campus):
    """Its trainer leaves a question out of the look back."""
    trainer = asking(campus, TRAINER)
    (item,) = [row for row in campus.all(Activity) if is_post(campus, row)]
    with campus.work.sessions.begin() as session:
        session.get_one(Activity, item.id).opens = Opening.ON_ITS_DAY
    assert trainer(f"questions/{item.id}", leave_out="post.task").status_code == 303
    with campus.work.reading() as session:
        draft = session.get_one(Adaptation, session.get_one(Activity, item.id).draft_id)
    assert trainer(f"questions/{item.id}/save", change=f"{draft.id}-{draft.change}").status_code == 303


def is_post(campus, activity):
    with campus.work.reading() as session:
        return session.get_one(InstrumentVersion, activity.instrument_version_id).key == "post"


def test_the_questions_that_come_along_can_be_read(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    page = browser.submit(take(browser, page, earlier), having="starts_on")
    browser.submit(page, having="switch_on")

    with campus.work.reading() as session:
        kept = recalls.of_track(session, new_track(campus, earlier).id, campus.work.keyring.named)

    assert kept == {1: Words("Wat vraagt u?", "Wat nodig is.")}


def test_a_training_called_after_its_course_gets_the_name_of_the_new_one(campus, earlier):
    with campus.work.sessions.begin() as session:
        track = session.get_one(Track, earlier)
        track.title = session.get_one(Course, track.course_id).title
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    page = browser.submit(take(browser, page, earlier), having="starts_on")

    browser.submit(page, having="switch_on")

    track = new_track(campus, earlier)
    assert track.title == next(row.title for row in campus.all(Course) if row.id == track.course_id)


def test_a_training_of_a_course_in_which_somebody_is_no_trainer_any_more_is_not_offered(campus, earlier):
    with campus.work.sessions.begin() as session:
        for row in session.scalars(select(Membership).where(Membership.role == Role.TRAINER)):
            row.role = Role.LOOKER

    _, page = campus.open(TRAINER, OTHER_COURSE)

    assert "eerdere training" not in page.text


def test_a_training_that_is_not_offered_cannot_be_sent_along(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    with campus.work.sessions.begin() as session:
        for row in session.scalars(select(Membership).where(Membership.role == Role.TRAINER)):
            if row.course_id == session.get_one(Track, earlier).course_id:
                row.role = Role.NONE

    page = take(browser, page, earlier)

    assert (page.status, page.form("switch_on").filled({}, None).count(("cadence", FITTING))) == (200, 1)


def test_more_earlier_trainings_take_no_more_statements(campus, earlier):
    browser, page = campus.open(TRAINER, OTHER_COURSE)
    cookie = campus.cookie_of(browser)
    with counted() as one:
        campus.http.get(page.url, headers=cookie)
    with campus.work.sessions.begin() as session:
        first = session.get_one(Track, earlier)
        course, now = session.get_one(Course, first.course_id), campus.work.now().calendar
        for number in range(5):
            days = Dates(date(2026, 9, 1), date(2026, 9, 8))
            more = tracks.begin(session, course, days, "Europe/Amsterdam", now)
            link = ResourceLink(
                organisation_id=course.organisation_id, deployment_id=course.deployment_id,
                course_id=course.id, link_id=f"more-{number}", title="", created_at=now,
            )  # fmt: skip
            session.add(link)
            session.flush()
            activities.add(session, more, None, now).link_id = link.id

    with counted() as many:
        shown = campus.http.get(page.url, headers=cookie)

    assert shown.text.count("1 september 2026") == 5
    assert len(many) == len(one)


def test_while_choosing_the_items_the_mails_and_the_number_of_meetings_are_filled_in(campus, earlier):
    browser, page = ask(campus)

    page = browser.submit(page, {"earlier": str(earlier)}, button=TAKE)

    filled = page.form(having="name")
    purposes = [c.value for c in filled.controls if c.name == "purposes" and c.is_chosen]
    assert purposes == ["pre", "post"]
    assert dict(filled.filled({}, None))["name"] == "Doorvragen, hoe dan?"
    assert (chosen_in(filled, "when"), chosen_in(filled, "sessions")) == ("now", "3")
    assert chosen_in(filled, "cadence") == "intensive"


def chosen_in(form, name):
    return next(one.value for one in form.controls if one.name == name and one.is_chosen)


def test_a_training_that_is_chosen_from_an_earlier_one_has_its_questions_and_mails(campus, earlier):
    browser, page = ask(campus)
    page = browser.submit(page, {"earlier": str(earlier), "starts_on": "4-1-2027"}, button=TAKE)

    page = browser.submit(page, button=ADD)

    assert len(told(page)[DL + "content_items"]) == 2
    track = new_track(campus, earlier)
    assert (track.cadence, track.left_out) == ("intensive", "last_call")
    assert len([row for row in campus.all(RecallQuestion) if row.track_id == track.id]) == 1


def test_whoever_chooses_is_not_kept(campus, earlier):
    ask(campus)

    (row,) = campus.all(ContentSelection)
    assert row.earlier == str(earlier)
    assert "person" not in {column.name.removesuffix("_id") for column in ContentSelection.__table__.columns}


def test_somebody_whom_the_tool_does_not_know_is_offered_nothing(campus, earlier):
    with campus.work.sessions.begin() as session:
        for row in session.scalars(select(Membership)):
            session.delete(row)

    _, page = ask(campus)

    assert "eerdere training" not in page.text
