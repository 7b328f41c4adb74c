"""Erasing a person, in both databases."""

import logging
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import select

from lti_tool.domain.clock import Now
from lti_tool.domain.trail import Actor, Line
from lti_tool.models.people import Person
from lti_tool.rounds import contention
from lti_tool.rounds.transactions import forget_log
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import erasure

log = logging.getLogger("beklijf.erasing")

TRIES = 3
AT_ONCE = 500


def erase(work: Workplace, person_id: UUID, *, now: Now) -> bool:
    """Erases somebody for good; False when they are not there any more. Safe to repeat after a crash.

    The key goes first: should the rest fail, what was written opens no more, and it can be done again.
    """
    with work.reading() as session:
        person = session.get(Person, person_id)
        if person is None:
            return False
        key_id = person.key_id
    # Noted before anything goes: a crash in between is made up for when the tool starts again.
    work.ledger.note(key_id, now.real.date())
    work.keyring.forget(key_id)
    # Something of theirs may be being written at this moment; once it is there, it goes too.
    contention.settle(partial(_erase_rows, work, person_id, now), TRIES)
    return True


def replay(work: Workplace, *, now: Now) -> int:
    """Erases again whom a restore of either database brought back; how many. Harmless when nobody was."""
    gone = work.ledger.key_ids()
    found = sum(_replay(work, gone[first : first + AT_ONCE], now) for first in range(0, len(gone), AT_ONCE))
    if found:
        log.warning("erasing.replayed people=%d", found)
    return found


def _replay(work: Workplace, gone: Sequence[UUID], now: Now) -> int:
    back = work.keyring.there(gone)
    work.keyring.forget(*back)
    with work.reading() as session:
        people = session.execute(select(Person.id, Person.key_id).where(Person.key_id.in_(gone))).all()
    for person_id, _ in people:
        work.trail.note(Line(now.real, "erased.again", Actor.ROUND, about_id=person_id))
        contention.settle(partial(_erase_rows, work, person_id, now), TRIES)
    return len({*back, *(key_id for _, key_id in people)})


def _erase_rows(work: Workplace, person_id: UUID, now: Now) -> None:
    with work.sessions.begin() as session:
        person = session.get(Person, person_id)
        if person is not None:
            erasure.erase(session, person, work.keyring.named, now.real.date())
        bind = session.get_bind()
    forget_log(bind)
