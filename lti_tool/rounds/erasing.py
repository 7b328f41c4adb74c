"""Erasing a person, in both databases."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from lti_tool.domain.clock import Now
from lti_tool.models.people import Person
from lti_tool.rounds.transactions import forget_log
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import erasure

TRIES = 3


def erase(work: Workplace, person_id: UUID, *, now: Now) -> bool:
    """Erases somebody for good; False when they are not there any more. Safe to repeat after a crash.

    The key goes first: should the rest fail, what was written opens no more, and it can be done again.
    """
    with work.reading() as session:
        person = session.get(Person, person_id)
        if person is None:
            return False
        key_id = person.key_id
    work.keyring.forget(key_id)
    for tries_left in reversed(range(TRIES)):
        try:
            _erase_rows(work, person_id, now)
            break
        except IntegrityError:
            # Something of theirs was being written at this moment; now it is there, and goes too.
            if not tries_left:
                raise
    return True


def _erase_rows(work: Workplace, person_id: UUID, now: Now) -> None:
    with work.sessions.begin() as session:
        person = session.get(Person, person_id)
        if person is not None:
            erasure.erase(session, person, work.keyring.named, now.real.date())
        bind = session.get_bind()
    forget_log(bind)
