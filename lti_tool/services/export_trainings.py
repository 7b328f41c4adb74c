"""Gathering what is kept of a person about each training."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select

from lti_tool.domain.answers import Answer
from lti_tool.domain.exports import (
    BuddyKept,
    CheckInKept,
    MailKept,
    PlanBefore,
    PlanKept,
    ReadingKept,
    RecallKept,
    Said,
    ShownKept,
    TrainingKept,
)
from lti_tool.domain.releases import Reader
from lti_tool.models.activities import Activity
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.contacts import ContactKind
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Answer as AnswerRow
from lti_tool.models.reflections import Reflection
from lti_tool.models.tallies import Counted
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import (
    check_ins,
    contacts,
    plan_history,
    plans,
    readings,
    recalls,
    reflections,
    releases,
    sealing,
    stories,
)
from lti_tool.services.contacts import Circle
from lti_tool.services.export_sources import Source, place_of, said_of
from lti_tool.services.readings import Seen


def of_person(source: Source) -> Iterator[TrainingKept]:
    """What is kept of a person about each training."""
    rows = source.session.execute(
        select(Enrolment, Cohort, Track)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(Enrolment.person_id == source.person.id)
        .order_by(Enrolment.joined_at, Enrolment.id)
    )
    read = readings.of_person(source.session, source.person, source.named)
    for enrolment, cohort, track in rows:
        leaders = contacts.listing(source.session, Circle(ContactKind.LEADER, enrolment), source.named)
        yield TrainingKept(
            title=track.title,
            first_day=cohort.starts_on,
            last_day=cohort.ends_on,
            counted_from=enrolment.anchor_on,
            status=enrolment.status.value,
            mail=enrolment.mail_status.value,
            paused_until=enrolment.paused_until,
            answers=tuple(_answers(source, enrolment)),
            plan=_plan(source, enrolment),
            check_ins=tuple(_check_ins(source, enrolment)),
            questions=tuple(_questions(source, enrolment)),
            mails=tuple(_mails(source, enrolment)),
            managers=tuple(one.name for one in leaders),
            counts_along=tuple(_counts_along(source, enrolment)),
            buddies=tuple(_buddies(source, enrolment)),
            shown=tuple(_shown(source, enrolment)),
            id=enrolment.id,
            read_by=tuple(_read_by(source, read.get(enrolment.id, []))),
        )


def _read_by(source: Source, seen: Iterable[Seen]) -> Iterator[ReadingKept]:
    for one in seen:
        asked = source.catalogue.question(one.what)
        words = asked.ask[source.locale] if asked else ""
        yield ReadingKept(one.kind.value, one.name, one.what, words, one.first_on, one.last_on)


def _counts_along(source: Source, enrolment: Enrolment) -> Iterator[str]:
    """What somebody added their choices to: which choices, nobody can tell any more."""
    for key, version in source.session.execute(
        select(InstrumentVersion.key, InstrumentVersion.version)
        .join(Counted, Counted.instrument_version_id == InstrumentVersion.id)
        .where(Counted.enrolment_id == enrolment.id)
    ):
        yield source.catalogue.get(key, version).title[source.locale]


def _buddies(source: Source, enrolment: Enrolment) -> Iterator[BuddyKept]:
    shown = contacts.listing(source.session, Circle(ContactKind.BUDDY, enrolment), source.named)
    sees = releases.released_to(source.session, [one.id for one in shown])
    for one in shown:
        yield BuddyKept(one.name, one.status, tuple(sorted(item.value for item in sees[one.id])))


def _shown(source: Source, enrolment: Enrolment) -> Iterator[ShownKept]:
    to_many = releases.to_many(source.session, [enrolment.id])[enrolment.id]
    for reader in (Reader.TRAINER, Reader.TEAM):
        told = stories.days_told(source.session, enrolment.id) if reader is Reader.TEAM else ()
        if to_many[reader] or told:
            yield ShownKept(reader.value, tuple(sorted(item.value for item in to_many[reader])), tuple(told))


def _answers(source: Source, enrolment: Enrolment) -> Iterator[Said]:
    rows = source.session.execute(
        select(AnswerRow, Activity, InstrumentVersion)
        .join(Reflection, Reflection.id == AnswerRow.reflection_id)
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Reflection.enrolment_id == enrolment.id)
        .order_by(AnswerRow.answered_at, AnswerRow.item_id)
    )
    for row, activity, version in rows:
        sealed_as = reflections.answer_place(source.person, row)
        answer = Answer.from_json(sealing.unseal(source.key, sealed_as, row.value))
        asked = source.catalogue.get(version.key, version.version)
        said = said_of(source, asked, row.item_id, answer, row.answered_at)
        yield replace(said, place=place_of(source, asked, row.item_id, activity))


def _plan(source: Source, enrolment: Enrolment) -> PlanKept | None:
    plan = source.session.scalar(select(Plan).where(Plan.enrolment_id == enrolment.id))
    if plan is None:
        return None
    sentence = plans.sentence_of(plan, source.person, source.key)
    return PlanKept(
        task=plans.task_of(plan, source.person, source.key),
        when=sentence.when if sentence else "",
        then=sentence.then if sentence else "",
        cue=sentence.cue if sentence else "",
        own_day=plan.own_on,
        made_on=plan.made_on,
        used_on=plan.used_on,
        closed_on=plan.closed_on,
        before=tuple(_before(source, enrolment)),
    )


def _before(source: Source, enrolment: Enrolment) -> Iterator[PlanBefore]:
    for one in plan_history.of(source.session, enrolment, source.person, source.key):
        was = one.version
        yield PlanBefore(was.task, was.when, was.then, was.day, one.until)


def _check_ins(source: Source, enrolment: Enrolment) -> Iterator[CheckInKept]:
    rows = source.session.scalars(
        select(CheckIn).where(CheckIn.enrolment_id == enrolment.id).order_by(CheckIn.answered_at)
    )
    asked = source.catalogue.latest("check_in")
    for row in rows:
        told = check_ins.told(row, source.person, source.key)
        obstacles = check_ins.obstacles_of(row, source.person, source.key)
        named = {} if obstacles.is_open else {"checkin.obstacle": obstacles}
        said = tuple(said_of(source, asked, item, one, None) for item, one in {**named, **told}.items())
        yield CheckInKept(row.outcome.value, said, row.new_on, row.answered_at)


def _questions(source: Source, enrolment: Enrolment) -> Iterator[RecallKept]:
    for one in recalls.of_enrolment(source.session, enrolment.id, source.named):
        said = one.recall.said.value if one.recall.said else None
        yield RecallKept(one.words.question, said, one.recall.said_at)


def _mails(source: Source, enrolment: Enrolment) -> Iterator[MailKept]:
    rows = source.session.scalars(
        select(Delivery)
        .where(Delivery.enrolment_id == enrolment.id, Delivery.kind == Kind.NUDGE)
        .order_by(Delivery.due_at)
    )
    return (MailKept(row.step, row.due_on, row.status.value) for row in rows)
