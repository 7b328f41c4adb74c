"""The journeys of one person, read from what they did in each training."""

from datetime import date, timedelta

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.domain.timelines import Ask, Kind, State
from lti_tool.models.check_ins import Outcome
from lti_tool.models.courses import Course
from lti_tool.models.tracks import Enrolment
from lti_tool.services import (
    activities,
    check_ins,
    desks,
    enrolments,
    launches,
    submissions,
    timelines,
    tracks,
)
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, SENTENCE, at

DAY = timedelta(days=1)
MONDAY, FRIDAY, WINDOW_ENDS = date(2026, 12, 7), date(2026, 12, 11), date(2026, 12, 18)
NOW = at(ENDED_ON, 17)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def write(session, where, who, part, said, now=NOW, *, hands_in=True):
    catalogue = where.work.catalogue
    seat = desks.find(session, who.person, who.key, where.link, catalogue, part)
    submissions.save(session, seat, said, 1, catalogue, now.calendar)
    if hands_in:
        seat = desks.find(session, who.person, who.key, where.link, catalogue, part)
        submissions.submit(session, seat, catalogue, now.calendar)


def journeys(session, where, who, now=NOW):
    return timelines.of_person(session, who.person, who.key, where.work.catalogue, where.course, now)


def line(session, where, who, now=NOW):
    (journey,) = journeys(session, where, who, now)
    return journey.timeline


def words(moments):
    return [(moment.kind.value, moment.name, moment.on) for moment in moments]


def test_a_training_without_anything_done_asks_for_the_plan_and_shows_the_mails_to_come(session, where, who):
    found = line(session, where, who)

    assert words(found.now) == [("meeting", "", ENDED_ON), ("part", "post.plan", None)]
    assert ("letter", "plan", MONDAY) in words(found.comes)
    assert ("part", "post.harvest", ENDED_ON + 8 * DAY) in words(found.comes)
    assert words(found.comes)[-1] == ("part", "post.yield", ENDED_ON + 30 * DAY)
    assert found.next_step.ask is Ask.PART


def test_a_plan_with_its_day_and_what_was_said_of_it_stand_on_the_line(session, where, who):
    write(session, where, who, "plan", {"post.task_on": Answer(words="2026-12-08")}, hands_in=True)
    plan = factories.plan(session, where, who, own_on=FRIDAY)
    row = check_ins.begin(who.enrolment, None)
    check_ins.record(session, row, plan, Outcome.PARTLY, FRIDAY, at(FRIDAY).calendar)

    (journey,) = journeys(session, where, who, at(WINDOW_ENDS))

    assert journey.sentence == SENTENCE
    was = words(journey.timeline.was)
    assert ("part", "post.plan", ENDED_ON) in was
    assert ("plan", "", ENDED_ON) in was
    assert ("own_day", "", FRIDAY) in was
    assert ("check_in", "partly", FRIDAY) in was
    assert [day for _, _, day in was] == sorted(day for _, _, day in was)


def test_what_was_begun_is_now_until_it_is_handed_in(session, where, who):
    write(session, where, who, "plan", {"post.task": Answer(words="de brief")}, hands_in=False)
    begun = line(session, where, who)
    write(session, where, who, "plan", {"post.task": Answer(words="de brief")})
    done = line(session, where, who)

    assert [moment.state for moment in begun.now if moment.kind is Kind.PART] == [State.BEGUN]
    assert [moment.state for moment in done.was if moment.kind is Kind.PART] == [State.DONE]


def test_the_days_that_somebody_chose_while_preparing_come_each_on_its_own(work, session):
    where = factories.place(work, session, instrument="pre", ends_on=WINDOW_ENDS, starts_on=FRIDAY)
    who = factories.learner(session, where)
    chosen = {
        "pre.task_on": Answer(words="2026-12-09"),
        "pre.leader_talk_on": Answer(words="2026-12-08"),
        "pre.review_moments": Answer(words="2026-12-14 2026-12-16"),
    }
    write(session, where, who, "short", {name: chosen[name] for name in ("pre.leader_talk_on",)})
    write(session, where, who, "ahead", {name: chosen[name] for name in list(chosen)[::2]})

    own = [each for each in words(line(session, where, who).comes) if each[0] == "own_date"]

    assert own == [
        ("own_date", "pre.leader_talk_on", date(2026, 12, 8)),
        ("own_date", "pre.task_on", date(2026, 12, 9)),
        ("own_date", "pre.review_moments", date(2026, 12, 14)),
        ("own_date", "pre.review_moments", date(2026, 12, 16)),
    ]


def test_a_day_that_was_changed_stands_there_once(work, session):
    where = factories.place(work, session, instrument="pre", ends_on=WINDOW_ENDS)
    who = factories.learner(session, where)
    for day in ("2026-12-08", "2026-12-10"):
        write(session, where, who, "short", {"pre.leader_talk_on": Answer(words=day)})

    own = [each for each in words(line(session, where, who).comes) if each[0] == "own_date"]

    assert own == [("own_date", "pre.leader_talk_on", date(2026, 12, 10))]


def test_two_links_that_ask_the_same_stand_there_once_as_far_as_either_is(work, session, where, who):
    write(session, where, who, "plan", {"post.task": Answer(words="de brief")})
    version = where.activity.instrument_version_id
    activities.add(session, where.track, version, at(ENDED_ON, 18).calendar)

    found = line(session, where, who)

    plans_there = [one for one in [*found.was, *found.now] if one.name == "post.plan"]
    assert [one.state for one in plans_there] == [State.DONE]


def test_every_training_and_every_second_time_is_a_journey_of_its_own(session, where, who):
    other = tracks.begin(
        session,
        session.get_one(Course, where.course.id),
        Dates(MONDAY, MONDAY),
        "Europe/Amsterdam",
        NOW.calendar,
    )
    cohort = tracks.cohorts(session, other)[0]
    enrolments.enrol(session, [who.person], cohort, NOW.calendar)
    again = Enrolment(
        organisation_id=who.person.organisation_id, person_id=who.person.id,
        cohort_id=where.cohort.id, attempt=2, anchor_on=ENDED_ON, joined_at=NOW.calendar,
    )  # fmt: skip
    session.add(again)
    session.flush()

    found = journeys(session, where, who)

    assert [(one.learner.track.id, one.learner.enrolment.attempt) for one in found] == [
        (other.id, 1), (where.track.id, 2), (where.track.id, 1)
    ]  # fmt: skip


def test_what_was_written_the_first_time_stands_in_that_journey_alone(session, where, who):
    write(session, where, who, "plan", {"post.task": Answer(words="de brief")})
    session.add(
        Enrolment(
            organisation_id=who.person.organisation_id, person_id=who.person.id,
            cohort_id=where.cohort.id, attempt=2, anchor_on=ENDED_ON, joined_at=NOW.calendar,
        )
    )  # fmt: skip
    session.flush()

    second, first = journeys(session, where, who)

    assert (second.learner.enrolment.attempt, first.learner.enrolment.attempt) == (2, 1)
    assert second.timeline.next_step.moment.state is State.OPEN
    assert ("part", "post.plan", ENDED_ON) in words(first.timeline.was)


def test_nobody_sees_the_journey_of_another(session, where, who):
    other = factories.learner(session, where, "somebody-else")
    write(session, where, who, "plan", {"post.task": Answer(words="de brief")})

    (journey,) = journeys(session, where, other)

    assert journey.learner.person.id == other.person.id
    assert journey.timeline.next_step.moment.state is State.OPEN


def test_who_takes_part_in_nothing_has_no_journey(session, where):
    key = where.work.keyring.make(NOW.real)
    person, _ = launches.record(
        session, where.deployment, factories.arrival("nobody"), key, where.work.keyring.named, NOW.real
    )

    assert timelines.of_person(session, person, key, where.work.catalogue, where.course, NOW) == []
