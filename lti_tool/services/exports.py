"""Gathering all that is kept of a person, for that person alone."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from lti_tool.domain.exports import EntryKept, Export, NoteKept, Said
from lti_tool.models.activities import Activity
from lti_tool.models.archives import ArchiveLink
from lti_tool.models.courses import Course, Membership
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.logbook import NoteLink
from lti_tool.models.people import Leave, Mailbox, Person
from lti_tool.models.reflections import LateDraft
from lti_tool.services import (
    asked,
    export_trainings,
    late_drafts,
    launches,
    mailboxes,
    note_evidence,
    own_addresses,
)
from lti_tool.services.entries import Entries
from lti_tool.services.export_sources import Source, said_of
from lti_tool.services.logbook import Logbook


def of_person(source: Source) -> Export:
    """All that is kept of a person."""
    session, person = source.session, source.person
    calendar, note_link, archive = _links(source)
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
        trainings=tuple(export_trainings.of_person(source)),
        logbook=tuple(_logbook(source)),
        entries=tuple(_entries(source)),
        waiting=tuple(_waiting(source)),
    )


def _links(source: Source) -> tuple[CalendarFeed | None, NoteLink | None, ArchiveLink | None]:
    """The addresses that somebody made, of which there is one of each at most, in one statement."""
    row = source.session.execute(
        select(CalendarFeed, NoteLink, ArchiveLink)
        .select_from(Person)
        .outerjoin(CalendarFeed, CalendarFeed.person_id == Person.id)
        .outerjoin(NoteLink, NoteLink.person_id == Person.id)
        .outerjoin(ArchiveLink, ArchiveLink.person_id == Person.id)
        .where(Person.id == source.person.id)
    ).one()
    return row.CalendarFeed, row.NoteLink, row.ArchiveLink


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


def _logbook(source: Source) -> Iterator[NoteKept]:
    own = Logbook(source.person, source.key, source.catalogue)
    titles = note_evidence.titles(source.session, source.person)
    for one in own.all(source.session):
        said = tuple(said_of(source, one.asked, item, answer, None) for item, answer in one.said.items())
        yield NoteKept(one.note.written_on, said, one.note.id, tuple(titles.get(one.note.id, ())))


def _entries(source: Source) -> Iterator[EntryKept]:
    own = Entries(source.person, source.key, source.catalogue)
    for one in own.all(source.session):
        said = tuple(said_of(source, one.asked, item, answer, None) for item, answer in one.said.items())
        yield EntryKept(
            one.asked.title[source.locale], one.entry.begun_on, said, one.entry.begun_as, one.asked.key
        )


def _waiting(source: Source) -> Iterator[Said]:
    rows = source.session.execute(
        select(LateDraft, InstrumentVersion.key, InstrumentVersion.version)
        .join(Activity, Activity.id == LateDraft.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(LateDraft.person_id == source.person.id)
        .order_by(LateDraft.saved_at)
    ).all()
    adapted = asked.read(source.session, source.catalogue, [row.LateDraft.adaptation_id for row in rows])
    for draft, key, version in rows:
        instrument = adapted.get(key, version, draft.adaptation_id)
        for item, answer in late_drafts.read(draft, source.person, source.key).items():
            if not answer.is_open:
                yield said_of(source, instrument, item, answer, draft.saved_at)
