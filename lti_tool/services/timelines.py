"""The journeys of one person: each training as a line in time, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import moments, openings, retention, timelines
from lti_tool.domain.clock import Now
from lti_tool.domain.instruments import Phase
from lti_tool.domain.paces import Pace
from lti_tool.domain.timelines import Asked, Letter, Timeline, Way
from lti_tool.models.activities import Activity
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.courses import Course, ResourceLink
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import AnchorSource, Cohort, Enrolment
from lti_tool.services import asked as asking
from lti_tool.services import coming, learner_facts, note_evidence, own_dates, plans, zones
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.coming import Coming
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.plans import Sentence

DAY = timedelta(days=1)
IN_ORDER = (Phase.PRE, Phase.MID, Phase.POST)


@dataclass(frozen=True)
class Journey:
    """A training of one person. sentence: of the plan; None while there is none. today: of that person.

    window_ends_on: the last of the two weeks after it. letters: those still to come.
    """

    learner: Learner
    course: Course
    timeline: Timeline
    sentence: Sentence | None
    today: date
    window_ends_on: date
    letters: tuple[Coming, ...]


_Row = tuple[Activity, str, InstrumentVersion, InstrumentPart, Reflection | None]


@dataclass(frozen=True)
class _Read:
    """What was read of several trainings of one person, in a fixed number of statements.

    asked: by track, with what the LMS calls each, and what was written if any. The rest is by enrolment.
    """

    asked: Mapping[UUID, list[_Row]]
    instruments: asking.Asked
    check_ins: Mapping[UUID, list[CheckIn]]
    noted_on: Mapping[UUID, list[date]]
    own_dates: Mapping[UUID, list[tuple[str, date]]]
    courses: Mapping[UUID, Course]


def of_person(
    session: Session, person: Person, key: Key, catalogue: Catalogue, here: Course, now: Now
) -> list[Journey]:
    """All trainings of a person, a second time each for its own; those that ended last come first.

    here: a course that was read already.
    """
    ids = session.scalars(
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.person_id == person.id)
        .order_by(Enrolment.anchor_on.desc(), Enrolment.attempt.desc(), Enrolment.id)
    ).all()
    found = {each.enrolment.id: each for each in learner_facts.gather(session, ids)} if ids else {}
    return of_learners(session, [found[each] for each in ids], key, catalogue, here, now)


def of_learners(
    session: Session, learners: Sequence[Learner], key: Key, catalogue: Catalogue, here: Course, now: Now
) -> list[Journey]:
    """The journeys of one person, in the order in which they are given. here: as in `of_person`."""
    if not learners:
        return []
    read = _read(session, learners, key, catalogue, here)
    return [_journey(learner, read, key, catalogue, now) for learner in learners]


def _read(
    session: Session, learners: Sequence[Learner], key: Key, catalogue: Catalogue, here: Course
) -> _Read:
    ids = [each.enrolment.id for each in learners]
    check_ins, others = defaultdict(list), {each.track.course_id for each in learners} - {here.id}
    said = select(CheckIn).where(CheckIn.enrolment_id.in_(ids)).order_by(CheckIn.answered_at)
    for row in session.scalars(said):
        check_ins[row.enrolment_id].append(row)
    elsewhere = session.scalars(select(Course).where(Course.id.in_(others))) if others else ()
    rows = _all_asked(session, {each.track.id for each in learners}, ids)
    return _Read(
        rows,
        asking.read(session, catalogue, {_adaptation_id(row) for each in rows.values() for row in each}),
        check_ins,
        note_evidence.days(session, ids),
        own_dates.of(session, learners[0].person, key, ids),
        {here.id: here, **{row.id: row for row in elsewhere}},
    )


def _all_asked(
    session: Session, track_ids: set[UUID], enrolment_ids: list[UUID]
) -> Mapping[UUID, list[_Row]]:
    asked: dict[UUID, list[_Row]] = defaultdict(list)
    for activity, item, version, part, written in session.execute(
        select(Activity, ResourceLink.title, InstrumentVersion, InstrumentPart, Reflection)
        .outerjoin(ResourceLink, ResourceLink.id == Activity.link_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .join(InstrumentPart, InstrumentPart.instrument_version_id == InstrumentVersion.id)
        .outerjoin(
            Reflection,
            (Reflection.activity_id == Activity.id)
            & (Reflection.part_id == InstrumentPart.id)
            & Reflection.enrolment_id.in_(enrolment_ids),
        )
        .where(Activity.track_id.in_(track_ids), InstrumentVersion.phase.in_(IN_ORDER))
        .order_by(InstrumentPart.position, Activity.created_at)
    ):
        asked[activity.track_id].append((activity, item or "", version, part, written))
    return asked


def _journey(learner: Learner, read: _Read, key: Key, catalogue: Catalogue, now: Now) -> Journey:
    enrolment_id, facts = learner.enrolment.id, learner.facts
    letters = tuple(coming.of(learner, catalogue, now))
    way = Way(
        meetings=learner.meetings,
        ends_on=facts.anchor_on,
        window_ends_on=retention.open_window(facts.anchor_on, facts.calendar).last_on,
        asked=_asked(learner, read),
        own_dates=tuple(read.own_dates.get(enrolment_id, ())),
        letters=tuple(Letter(each.step, each.occurrence, each.on, each.reason) for each in letters),
        check_ins=tuple(
            (row.outcome.value, _day(learner, row.answered_at))
            for row in read.check_ins.get(enrolment_id, ())
        ),
        noted_on=tuple(read.noted_on.get(enrolment_id, ())),
        plan_made_on=facts.plan_made_on,
        own_on=facts.own_on,
        is_over=facts.used_on is not None or facts.is_closed,
        pace=learner.track.pace,
        has_finished=learner.enrolment.anchor_source is AnchorSource.LEARNER,
    )
    today = zones.today(learner.person, learner.cohort, now.calendar)
    sentence = plans.sentence_of(learner.plan, learner.person, key)
    course = read.courses[learner.track.course_id]
    return Journey(learner, course, timelines.draw(way, today), sentence, today, way.window_ends_on, letters)


def _adaptation_id(row: _Row) -> UUID | None:
    """How a part is asked of somebody: as it was when they began it."""
    activity, _, _, _, written = row
    return written.adaptation_id if written is not None else activity.adaptation_id


def _asked(learner: Learner, read: _Read) -> tuple[Asked, ...]:
    """What the training asks, each once: of several links to the same, the one that is furthest."""
    found: dict[tuple[str, int | None], Asked] = {}
    for each in read.asked.get(learner.track.id, ()):
        activity, item, version, row, written = each
        instrument = read.instruments.get(version.key, version.version, _adaptation_id(each))
        part = next((one for one in instrument.parts if one.key == row.key), None)
        if part is None:
            continue
        asked = _days_of(
            learner, Asked(instrument.phase, part, activity.meeting_number, activity.link_id, item)
        )
        # Of a training taken twice, what was written the other time is none of this one.
        reflection = written if written and written.enrolment_id == learner.enrolment.id else None
        if reflection is not None:
            done_at = reflection.revised_at or reflection.submitted_at
            asked = replace(
                asked,
                step=reflection.step,
                is_begun=reflection.submitted_at is None or reflection.is_halfway,
                done_on=_day(learner, done_at) if done_at else None,
            )
        elif learner.facts.has_left:
            continue
        known = found.get((asked.name, asked.number))
        if known is None or _is_further(asked, known):
            found[asked.name, asked.number] = asked
    return tuple(found.values())


def _is_further(asked: Asked, known: Asked) -> bool:
    return (asked.done_on is not None, asked.is_begun) > (known.done_on is not None, known.is_begun)


def _days_of(learner: Learner, asked: Asked) -> Asked:
    """With its days: preparing rests once the training began, looking back on a meeting after the next one.

    The rest does once the training sends nothing more; all of it from the day its trainer removed it.
    """
    if learner.track.pace is Pace.OWN:
        return _days_of_own_pace(learner, asked)
    facts, meetings = learner.facts, learner.meetings
    if learner.track.removed_at is not None:
        return replace(asked, rests_on=_day(learner, learner.track.removed_at))
    after = [*meetings, facts.anchor_on]
    if asked.phase is Phase.PRE:
        return replace(asked, rests_on=(meetings[0] if meetings else facts.anchor_on) + DAY)
    if asked.phase is Phase.MID:
        number = min(asked.number or 1, len(after) - 1)
        meeting_on = after[number - 1]
        following = after[number] if after[number] > meeting_on else None
        rests_on = following + DAY if following else None
        return replace(asked, opens_on=meeting_on, rests_on=rests_on)
    opens_on = openings.opens_on(asked.name, facts.anchor_on, None, facts.used_on)
    rests_on = facts.closes_on + DAY if facts.closes_on else None
    return replace(asked, opens_on=opens_on or facts.anchor_on, rests_on=rests_on)


def _days_of_own_pace(learner: Learner, asked: Asked) -> Asked:
    """With its days: preparing rests once somebody finished, and a plan is made whenever they do."""
    facts, cohort = learner.facts, learner.cohort
    if asked.phase is not Phase.POST:
        return replace(asked, rests_on=facts.anchor_on + DAY)
    usual = min(facts.anchor_on, cohort.starts_on)
    opens_on = openings.opens_on(asked.name, facts.anchor_on, None, facts.used_on) or usual
    return replace(asked, opens_on=opens_on, rests_on=facts.closes_on + DAY if facts.closes_on else None)


def _day(learner: Learner, at: datetime) -> date:
    return moments.local(at, learner.facts.time_zone).date()
