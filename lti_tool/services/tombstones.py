"""Who was erased: no roster brings them back, only a launch of their own."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from lti_tool.models.people import Person
from lti_tool.models.privacy import Tombstone
from lti_tool.services.keys import NamedKeys


def put(session: Session, person: Person, named: NamedKeys, on: date) -> None:
    """Notes that somebody was erased; once more changes nothing."""
    mark = _mark(person.organisation_id, person.platform_id, person.sub, named)
    if session.scalar(_with(person.organisation_id, [mark])) is None:
        session.add(Tombstone(organisation_id=person.organisation_id, fingerprint=mark, erased_on=on))
        session.flush()


def lift(session: Session, person: Person, named: NamedKeys) -> None:
    """Takes the tombstone away of somebody who came back by a launch of their own."""
    mark = _mark(person.organisation_id, person.platform_id, person.sub, named)
    session.execute(
        delete(Tombstone).where(
            Tombstone.organisation_id == person.organisation_id, Tombstone.fingerprint == mark
        )
    )


def among(
    session: Session, organisation_id: UUID, platform_id: UUID, subs: Iterable[str], named: NamedKeys
) -> set[str]:
    """Who of these was erased, by `sub` within a registration."""
    marks = {_mark(organisation_id, platform_id, sub, named): sub for sub in subs}
    rows = session.scalars(_with(organisation_id, marks))
    return {marks[row.fingerprint] for row in rows}


def _with(organisation_id: UUID, marks: Iterable[str]) -> Select[Tombstone]:
    return select(Tombstone).where(
        Tombstone.organisation_id == organisation_id, Tombstone.fingerprint.in_(list(marks))
    )


def _mark(organisation_id: UUID, platform_id: UUID, sub: str, named: NamedKeys) -> str:
    return named.fingerprint(f"tombstone:{organisation_id}:{platform_id}:{sub}")
