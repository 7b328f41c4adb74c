"""The one reminder to prepare, on a day that the trainer of a group chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import launches, participants, prepared
from lti_tool.services.keys import Key


@dataclass(frozen=True)
class Receiver:
    """Somebody who has not prepared. has_mail: whether letters reach them; name: None if there is none."""

    name: str | None
    has_mail: bool


def days(first_on: date, allowed: tuple[date, ...], prepare_on: date | None, today: date) -> tuple[date, ...]:
    """The days to choose from: working days after today and after the first letter, before the first day."""
    after = max(today, prepare_on) if prepare_on else today
    return tuple(day for day in allowed if after < day < first_on)


def choose(cohort: Cohort, day: date | None) -> None:
    """Sets the day, or takes it back. Whoever calls plans anew."""
    cohort.remind_on = day


def enrolled(session: Session, cohort: Cohort) -> list[UUID]:
    """The ids of the enrolments of a group."""
    return list(session.scalars(select(Enrolment.id).where(Enrolment.cohort_id == cohort.id)))


def waiting(session: Session, track: Track, cohort: Cohort) -> list[tuple[Person, bool]]:
    """Who of a group has not prepared, and whether letters reach them: the first fifty."""
    asked = (
        participants.taking_part(select(Person, Mailbox.status), track)
        .outerjoin(Mailbox, Mailbox.id == Person.mailbox_id)
        .where(Enrolment.cohort_id == cohort.id, ~prepared.has_prepared(track))
        .order_by(Enrolment.joined_at, Enrolment.id)
    )
    rows = session.execute(participants.some(asked, 1))
    return [(person, status is MailboxStatus.OPEN) for person, status in rows]


def receivers(found: list[tuple[Person, bool]], keys: Mapping[UUID, Key]) -> list[Receiver]:
    """The same people by name. keys: of them, by id."""
    return [
        Receiver(launches.name_of(person, keys.get(person.key_id)), has_mail) for person, has_mail in found
    ]


def is_over(cohort: Cohort, today: date) -> bool:
    """Whether the chosen day has come: from then on it cannot be taken back."""
    return cohort.remind_on is not None and cohort.remind_on <= today
