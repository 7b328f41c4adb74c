"""Erasing a person, in both databases."""

from uuid import UUID

from lti_tool.domain.clock import Now
from lti_tool.models.people import Person
from lti_tool.rounds import contention
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
    # Something of theirs may be being written at this moment; once it is there, it goes too.
    contention.settle(lambda: _erase_rows(work, person_id, now), TRIES)
    return True


def _erase_rows(work: Workplace, person_id: UUID, now: Now) -> None:
    with work.sessions.begin() as session:
        person = session.get(Person, person_id)
        if person is not None:
            erasure.erase(session, person, work.keyring.named, now.real.date())
        bind = session.get_bind()
    forget_log(bind)
