"""The link by which notes come into a logbook, and nothing comes out."""

from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from lti_tool.models.logbook import NoteLink
from lti_tool.models.people import Person
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services import firsts, visits

RANDOM_BYTES = 32


def of_person(session: Session, person: Person) -> NoteLink | None:
    """The link of somebody, if they made one."""
    return session.scalar(select(NoteLink).where(NoteLink.person_id == person.id))


def find(session: Session, token: str) -> Person | None:
    """Whose logbook a link writes in.

    None once they ended it, left all that they took part in, or their registration was removed.
    """
    mine = Enrolment.person_id == Person.id
    takes_part = exists().where(mine, Enrolment.status == EnrolmentStatus.ACTIVE)
    return session.scalar(
        select(Person)
        .join(NoteLink, NoteLink.person_id == Person.id)
        .join(Platform, Platform.id == Person.platform_id)
        .where(NoteLink.token_hash == visits.fingerprint(token))
        .where(Platform.status != PlatformStatus.REMOVED)
        # A logbook needs no training; but who had one, and has none left, is gone from here.
        .where(or_(takes_part, ~exists().where(mine)))
    )


def make(session: Session, person: Person, now: datetime) -> str:
    """A new link (real clock), after which an earlier one opens nothing any more.

    The token in it, 256 bits: it is told once and kept nowhere.
    """
    token = token_urlsafe(RANDOM_BYTES)
    mark = visits.fingerprint(token)
    new = NoteLink(organisation_id=person.organisation_id, person_id=person.id, token_hash=mark, made_at=now)
    known = session.scalar(select(NoteLink).where(NoteLink.person_id == person.id).with_for_update())
    if known is None and firsts.add(session, new):
        return token
    known = known or session.scalars(select(NoteLink).where(NoteLink.person_id == person.id)).one()
    known.token_hash, known.made_at = mark, now
    return token


def end(session: Session, person: Person) -> None:
    """The link opens nothing any more."""
    session.execute(delete(NoteLink).where(NoteLink.person_id == person.id))
