"""Removing what is past the terms of each organisation."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from lti_tool.domain.clock import Now
from lti_tool.domain.terms import Matter
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import erasure, expiry, terms


def run(work: Workplace, *, now: Now) -> Mapping[Matter, int]:
    """Removes what is past its term; how many of each kind. Harmless when run twice at once."""
    with work.reading() as session:
        of_all = terms.of_all(session)
    removed: Counter[Matter] = Counter(dict.fromkeys(Matter, 0))
    for organisation_id, chosen in of_all.items():
        for matter in expiry.OF:
            removed[matter] += _rows(work, organisation_id, matter, now.calendar - chosen.length(matter))
        removed[Matter.PEOPLE] += _people(
            work, organisation_id, now.calendar - chosen.length(Matter.PEOPLE), now
        )
    return removed


def _rows(work: Workplace, organisation_id: UUID, matter: Matter, before: datetime) -> int:
    """Some in each transaction, until there are none."""
    number, some = 0, 1
    while some:
        with work.sessions.begin() as session:
            some = expiry.OF[matter](session, organisation_id, before)
        number += some
    return number


def _people(work: Workplace, organisation_id: UUID, before: datetime, now: Now) -> int:
    number, some = 0, 1
    while some:
        with work.reading() as session:
            ids = expiry.people(session, organisation_id, before)
        some = sum(_let_go(work, each, before, now) for each in ids)
        number += some
    return number


def _let_go(work: Workplace, person_id: UUID, before: datetime, now: Now) -> bool:
    """Rows first, then the key: whoever comes back at this moment keeps both. A roster may name them anew."""
    with work.sessions.begin() as session:
        person = expiry.hold_past(session, person_id, before)
        if person is None:
            return False
        key_id = person.key_id
        erasure.erase(session, person, work.keyring.named, now.real.date(), keeps_out=False)
    work.keyring.forget(key_id)
    return True
