"""When a person works and wants mail: what the planning of all their trainings goes by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.workdays import Period
from lti_tool.models.people import Leave, Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import digests, firsts, nudges
from lti_tool.services.catalogue import Catalogue

LEAVE_AT_MOST = 50
"""So many times away can stand ahead of somebody."""


@dataclass(frozen=True)
class Availability:
    """What somebody filled in.

    free_weekdays: days never worked; Monday is 0. hour: local, None for the usual one.
    without_words: letters quote nothing that the person wrote.
    mail_locale: the language of letters; None follows the pages.
    """

    free_weekdays: frozenset[int]
    hour: time | None
    without_words: bool
    mail_locale: str | None


def of(person: Person) -> Availability:
    """What holds now."""
    return Availability(
        frozenset(int(digit) for digit in person.free_weekdays),
        person.mail_hour,
        person.without_words,
        person.mail_locale,
    )


def leave_of(session: Session, person: Person) -> list[Leave]:
    """Days away, the first first."""
    return list(session.scalars(select(Leave).where(Leave.person_id == person.id).order_by(Leave.first_on)))


def set_out(
    session: Session, person: Person, wanted: Availability, catalogue: Catalogue, now: datetime
) -> None:
    """Records what somebody filled in; the letters of all trainings move along (calendar clock)."""
    row = session.get_one(Person, person.id)
    row.free_weekdays = "".join(str(day) for day in sorted(wanted.free_weekdays))
    row.mail_hour, row.without_words = wanted.hour, wanted.without_words
    row.mail_locale = wanted.mail_locale
    _replan(session, [person.id], catalogue, now)


def has_room(session: Session, person: Person, today: date) -> bool:
    """Whether somebody can add days away: every plan looks at all of them. today: the person's local day."""
    # Locked: of two who add at once, the second counts what the first made.
    session.get_one(Person, person.id, with_for_update=True, populate_existing=True)
    to_come = select(func.count()).where(Leave.person_id == person.id, Leave.last_on >= today)
    return session.scalars(to_come).one() < LEAVE_AT_MOST


def add_leave(session: Session, person: Person, period: Period, catalogue: Catalogue, now: datetime) -> None:
    """Adds days away; the same ones twice are once."""
    leave = Leave(
        organisation_id=person.organisation_id,
        person_id=person.id,
        first_on=period.first_on,
        last_on=period.last_on,
    )
    firsts.add(session, leave)
    _replan(session, [person.id], catalogue, now)


def drop_leave(session: Session, person: Person, leave_id: UUID, catalogue: Catalogue, now: datetime) -> None:
    """Takes days away back; one of somebody else is left alone."""
    session.execute(delete(Leave).where(Leave.id == leave_id, Leave.person_id == person.id))
    _replan(session, [person.id], catalogue, now)


def _replan(session: Session, person_ids: Collection[UUID], catalogue: Catalogue, now: datetime) -> None:
    ids = list(session.scalars(select(Enrolment.id).where(Enrolment.person_id.in_(person_ids))))
    nudges.replan(session, ids, catalogue, now)
    digests.replan_of(session, ids, now)
