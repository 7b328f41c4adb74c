"""Gathering all that is kept of a person, for that person alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.exports import (
    BuddyKept,
    CheckInKept,
    EntryKept,
    Export,
    MailKept,
    NoteKept,
    Place,
    PlanBefore,
    PlanKept,
    ReadingKept,
    RecallKept,
    Said,
    ShownKept,
    TrainingKept,
)
from lti_tool.domain.instruments import Instrument, Item
from lti_tool.domain.releases import Reader
from lti_tool.models.activities import Activity
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.contacts import ContactKind
from lti_tool.models.courses import Course, Membership
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Leave, Mailbox, Person
from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Answer as AnswerRow
from lti_tool.models.reflections import LateDraft, Reflection
from lti_tool.models.tallies import Counted
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import (
    archive_links,
    check_ins,
    contacts,
    feeds,
    late_drafts,
    launches,
    mailboxes,
    note_evidence,
    note_links,
    own_addresses,
    plan_history,
    plans,
    readings,
    recalls,
    reflections,
    releases,
    sealing,
    stories,
)
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.contacts import Circle
from lti_tool.services.entries import Entries
from lti_tool.services.keys import Key, NamedKeys
from lti_tool.services.logbook import Logbook
from lti_tool.services.readings import Seen


@dataclass(frozen=True)
class Source:
    """From whom and with what an export is made. locale: of the questions."""

    session: Session
    person: Person
    key: Key
    named: NamedKeys
    catalogue: Catalogue
    locale: str


def of_person(source: Source) -> Export:
    """All that is kept of a person."""
    session, person = source.session, source.person
    calendar, note_link = feeds.of_person(session, person), note_links.of_person(session, person)
    archive = archive_links.of_person(session, person)
    away = session.scalars(select(Leave).where(Leave.person_id == person.id).order_by(Leave.first_on))
    return Export(
        name=launches.name_of(person, source.key),
        address=_address(source, person.lms_mailbox_id),
        own_address=_address(source, person.own_mailbox_id),
        addresses_asked=tuple(own_addresses.waiting(session, person, source.named)),
        subject=person.sub,
        language=person.locale,
        language_of_mails=person.mail_locale,
        time_zone=person.time_zone,
        mail_hour=person.mail_hour,
        days_off=person.free_weekdays,
        mails_without_own_words=person.without_words,
        calendar_since=calendar.made_at if calendar else None,
        calendar_with_own_words=calendar is not None and calendar.with_words,
        note_link_since=note_link.made_at if note_link else None,
        archive_link_until=archive.expires_at if archive else None,
        archive_link_opened_on=archive.opened_on if archive else None,
        known_since=person.created_at,
        courses=tuple(_courses(source)),
        away=tuple((one.first_on, one.last_on) for one in away),
        trainings=tuple(_trainings(source)),
        logbook=tuple(_logbook(source)),
        entries=tuple(_entries(source)),
        waiting=tuple(_waiting(source)),
    )


def _address(source: Source, mailbox_id: UUID | None) -> str | None:
    mailbox = source.session.get(Mailbox, mailbox_id) if mailbox_id else None
    return mailboxes.address_of(mailbox, source.named) if mailbox else None


def _courses(source: Source) -> Iterator[tuple[str, str]]:
    rows = source.session.execute(
        select(Course.title, Membership.role)
        .join(Membership, Membership.course_id == Course.id)
        .where(Membership.person_id == source.person.id)
        .order_by(Course.created_at)
    )
    return ((title, role.value) for title, role in rows)


def _trainings(source: Source) -> Iterator[TrainingKept]:
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
        said = _said(source, asked, row.item_id, answer, row.answered_at)
        yield replace(said, place=_place(source, asked, row.item_id, activity))


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
        said = tuple(_said(source, asked, item, one, None) for item, one in {**named, **told}.items())
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


def _logbook(source: Source) -> Iterator[NoteKept]:
    own = Logbook(source.person, source.key, source.catalogue)
    titles = note_evidence.titles(source.session, source.person)
    for one in own.all(source.session):
        said = tuple(_said(source, one.asked, item, answer, None) for item, answer in one.said.items())
        yield NoteKept(one.note.written_on, said, one.note.id, tuple(titles.get(one.note.id, ())))


def _entries(source: Source) -> Iterator[EntryKept]:
    own = Entries(source.person, source.key, source.catalogue)
    for one in own.all(source.session):
        said = tuple(_said(source, one.asked, item, answer, None) for item, answer in one.said.items())
        yield EntryKept(
            one.asked.title[source.locale], one.entry.begun_on, said, one.entry.begun_as, one.asked.key
        )


def _waiting(source: Source) -> Iterator[Said]:
    rows = source.session.execute(
        select(LateDraft, InstrumentVersion)
        .join(Activity, Activity.id == LateDraft.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(LateDraft.person_id == source.person.id)
        .order_by(LateDraft.saved_at)
    )
    for draft, version in rows:
        asked = source.catalogue.get(version.key, version.version)
        for item, answer in late_drafts.read(draft, source.person, source.key).items():
            if not answer.is_open:
                yield _said(source, asked, item, answer, draft.saved_at)


def _said(source: Source, instrument: Instrument, item_id: str, answer: Answer, at: datetime | None) -> Said:
    items: Mapping[str, Item] = {item.id: item for part in instrument.parts for item in part.items}
    item = items.get(item_id)
    labels = {option.id: option.label[source.locale] for option in item.options} if item else {}
    return Said(
        item=item_id,
        asked=item.ask[source.locale] if item else "",
        chosen=tuple(labels.get(one, one) for one in answer.choices),
        days=item.days(answer) if item else (),
        words=answer.words,
        then=answer.then,
        does_not_know=answer.unknown,
        answered_at=at,
    )


def _place(source: Source, instrument: Instrument, item_id: str, activity: Activity) -> Place | None:
    for part in instrument.parts:
        if any(item.id == item_id for item in part.items):
            return Place(activity.id, part.key, part.title[source.locale], activity.meeting_number)
    return None
