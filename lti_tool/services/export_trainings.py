"""Gathering what is kept of a person about each training."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

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
    ReplyKept,
    Said,
    ShownKept,
    TakeawayKept,
    TrainingKept,
)
from lti_tool.domain.releases import Reader, Shareable
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
    asked,
    check_ins,
    contacts,
    draws,
    plan_history,
    plan_replies,
    plans,
    readings,
    recalls,
    reflections,
    releases,
    sealing,
    stories,
    takeaways,
)
from lti_tool.services.contacts import Shown
from lti_tool.services.export_sources import Source, place_of, said_of
from lti_tool.services.plan_history import Earlier
from lti_tool.services.plan_replies import Reply
from lti_tool.services.readings import Seen

T = TypeVar("T")


@dataclass(frozen=True)
class _Read:
    """All of a person's trainings by enrolment, each kind in one statement, however many there are."""

    answers: Mapping[UUID, list[Said]]
    plans: Mapping[UUID, PlanKept]
    check_ins: Mapping[UUID, list[CheckInKept]]
    questions: Mapping[UUID, list[RecallKept]]
    mails: Mapping[UUID, list[MailKept]]
    contacts: Mapping[UUID, list[tuple[ContactKind, Shown]]]
    counts_along: Mapping[UUID, list[str]]
    to_buddies: Mapping[UUID, frozenset[Shareable]]
    to_many: Mapping[UUID, Mapping[Reader, set[Shareable]]]
    told: Mapping[UUID, list[date]]
    readings: Mapping[UUID, list[Seen]]
    takeaways: Mapping[UUID, list[TakeawayKept]]
    replies: Mapping[UUID, list[Reply]]
    drawn: Mapping[UUID, str]


def of_person(source: Source) -> list[TrainingKept]:
    """What is kept of a person about each training."""
    rows = source.session.execute(
        select(Enrolment, Cohort, Track)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .where(Enrolment.person_id == source.person.id)
        .order_by(Enrolment.joined_at, Enrolment.id)
    ).all()
    read = _read(source, [row.Enrolment.id for row in rows])
    return [_training(source, read, *row) for row in rows]


def _read(source: Source, ids: list[UUID]) -> _Read:
    known = contacts.named_by(source.session, ids, source.named)
    shown_to = [shown.id for each in known.values() for _, shown in each]
    return _Read(
        answers=_grouped(_answers(source, ids)),
        plans=_plans(source, ids),
        check_ins=_grouped(_check_ins(source, ids)),
        questions=_grouped(_questions(source, ids)),
        mails=_grouped(_mails(source, ids)),
        contacts=known,
        counts_along=_grouped(_counts_along(source, ids)),
        to_buddies=releases.released_to(source.session, shown_to),
        to_many=releases.to_many(source.session, ids),
        told=stories.days_told(source.session, ids),
        readings=readings.of_person(source.session, source.person, source.named),
        takeaways=_grouped(_takeaways(source, ids)),
        replies=plan_replies.of_person(source.session, ids, source.person, source.key),
        drawn={
            enrolment_id: source.catalogue.cadence(key).title[source.locale]
            for enrolment_id, key in draws.cadences(source.session, ids).items()
        },
    )


def _training(
    source: Source, read: _Read, enrolment: Enrolment, cohort: Cohort, track: Track
) -> TrainingKept:
    known = read.contacts.get(enrolment.id, ())
    return TrainingKept(
        title=track.title,
        first_day=cohort.starts_on,
        last_day=cohort.ends_on,
        counted_from=enrolment.anchor_on,
        status=enrolment.status.value,
        mail=enrolment.mail_status.value,
        paused_until=enrolment.paused_until,
        answers=tuple(read.answers.get(enrolment.id, ())),
        plan=read.plans.get(enrolment.id),
        check_ins=tuple(read.check_ins.get(enrolment.id, ())),
        questions=tuple(read.questions.get(enrolment.id, ())),
        mails=tuple(read.mails.get(enrolment.id, ())),
        managers=tuple(shown.name for kind, shown in known if kind is ContactKind.LEADER),
        counts_along=tuple(read.counts_along.get(enrolment.id, ())),
        buddies=tuple(
            BuddyKept(shown.name, shown.status, _names(read.to_buddies[shown.id]))
            for kind, shown in known
            if kind is ContactKind.BUDDY
        ),
        shown=tuple(_shown(read, enrolment.id)),
        id=enrolment.id,
        read_by=tuple(_read_by(source, read.readings.get(enrolment.id, []))),
        takeaways=tuple(read.takeaways.get(enrolment.id, ())),
        replies=tuple(
            ReplyKept(one.words, one.written_at, one.is_read) for one in read.replies.get(enrolment.id, ())
        ),
        drawn=read.drawn.get(enrolment.id),
    )


def _grouped(rows: Iterable[tuple[UUID, T]]) -> Mapping[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for enrolment_id, row in rows:
        found[enrolment_id].append(row)
    return found


def _names(items: Iterable[Shareable]) -> tuple[str, ...]:
    return tuple(sorted(item.value for item in items))


def _read_by(source: Source, seen: Iterable[Seen]) -> Iterator[ReadingKept]:
    for one in seen:
        question = source.catalogue.question(one.what)
        words = question.ask[source.locale] if question else ""
        yield ReadingKept(one.kind.value, one.name, one.what, words, one.first_on, one.last_on)


def _takeaways(source: Source, ids: list[UUID]) -> Iterator[tuple[UUID, TakeawayKept]]:
    for enrolment_id, shown in takeaways.of_enrolments(source.session, ids).items():
        for row, meeting in shown:
            asked = source.catalogue.question(row.item)
            words = asked.ask[source.locale] if asked else ""
            yield enrolment_id, TakeawayKept(row.reader.value, row.item.value, words, meeting)


def _counts_along(source: Source, ids: list[UUID]) -> Iterator[tuple[UUID, str]]:
    """What somebody added their choices to: which choices, nobody can tell any more."""
    for enrolment_id, key, version in source.session.execute(
        select(Counted.enrolment_id, InstrumentVersion.key, InstrumentVersion.version)
        .join(InstrumentVersion, InstrumentVersion.id == Counted.instrument_version_id)
        .where(Counted.enrolment_id.in_(ids))
    ):
        yield enrolment_id, source.catalogue.get(key, version).title[source.locale]


def _shown(read: _Read, enrolment_id: UUID) -> Iterator[ShownKept]:
    to_many = read.to_many[enrolment_id]
    for reader in (Reader.TRAINER, Reader.TEAM):
        told = read.told.get(enrolment_id, ()) if reader is Reader.TEAM else ()
        if to_many[reader] or told:
            yield ShownKept(reader.value, _names(to_many[reader]), tuple(told))


def _answers(source: Source, ids: list[UUID]) -> Iterator[tuple[UUID, Said]]:
    rows = source.session.execute(
        select(
            AnswerRow,
            Reflection.enrolment_id,
            Reflection.adaptation_id,
            Activity,
            InstrumentVersion.key,
            InstrumentVersion.version,
        )
        .join(Reflection, Reflection.id == AnswerRow.reflection_id)
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Reflection.enrolment_id.in_(ids))
        .order_by(AnswerRow.answered_at, AnswerRow.item_id)
    ).all()
    adapted = asked.read(source.session, source.catalogue, [row.adaptation_id for row in rows])
    for row, enrolment_id, adaptation_id, activity, key, version in rows:
        sealed_as = reflections.answer_place(source.person, row)
        answer = Answer.from_json(sealing.unseal(source.key, sealed_as, row.value))
        instrument = adapted.get(key, version, adaptation_id)
        said = said_of(source, instrument, row.item_id, answer, row.answered_at)
        yield enrolment_id, replace(said, place=place_of(source, instrument, row.item_id, activity))


def _plans(source: Source, ids: list[UUID]) -> Mapping[UUID, PlanKept]:
    before = plan_history.of_person(source.session, ids, source.person, source.key)
    rows = source.session.scalars(select(Plan).where(Plan.enrolment_id.in_(ids)))
    return {row.enrolment_id: _plan(source, row, before.get(row.enrolment_id, ())) for row in rows}


def _plan(source: Source, plan: Plan, before: Iterable[Earlier]) -> PlanKept:
    sentence = plans.sentence_of(plan, source.person, source.key)
    was = ((one.version, one.until) for one in before)
    return PlanKept(
        task=plans.task_of(plan, source.person, source.key),
        when=sentence.when if sentence else "",
        then=sentence.then if sentence else "",
        cue=sentence.cue if sentence else "",
        own_day=plan.own_on,
        made_on=plan.made_on,
        used_on=plan.used_on,
        closed_on=plan.closed_on,
        before=tuple(PlanBefore(one.task, one.when, one.then, one.day, until) for one, until in was),
    )


def _check_ins(source: Source, ids: list[UUID]) -> Iterator[tuple[UUID, CheckInKept]]:
    rows = source.session.scalars(
        select(CheckIn).where(CheckIn.enrolment_id.in_(ids)).order_by(CheckIn.answered_at)
    )
    check_in = source.catalogue.latest("check_in")
    for row in rows:
        told = check_ins.told(row, source.person, source.key)
        obstacles = check_ins.obstacles_of(row, source.person, source.key)
        named = {} if obstacles.is_open else {"checkin.obstacle": obstacles}
        said = tuple(said_of(source, check_in, item, one, None) for item, one in {**named, **told}.items())
        yield row.enrolment_id, CheckInKept(row.outcome.value, said, row.new_on, row.answered_at)


def _questions(source: Source, ids: list[UUID]) -> Iterator[tuple[UUID, RecallKept]]:
    for one in recalls.of_enrolments(source.session, ids, source.named):
        said = one.recall.said.value if one.recall.said else None
        yield one.recall.enrolment_id, RecallKept(one.words.question, said, one.recall.said_at)


def _mails(source: Source, ids: list[UUID]) -> Iterator[tuple[UUID, MailKept]]:
    rows = source.session.execute(
        select(Delivery.enrolment_id, Delivery.step, Delivery.due_on, Delivery.status)
        .where(Delivery.enrolment_id.in_(ids), Delivery.kind == Kind.NUDGE)
        .order_by(Delivery.due_at)
    )
    for enrolment_id, step, due_on, status in rows:
        if enrolment_id is not None:
            yield enrolment_id, MailKept(step, due_on, status.value)
