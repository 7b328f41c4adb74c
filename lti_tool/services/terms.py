"""The terms of organisations."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.domain.terms import Matter, Terms
from lti_tool.models.organisations import Organisation
from lti_tool.models.terms import RetentionTerm


def of(session: Session, organisation_id: UUID) -> Terms:
    """How long an organisation keeps what."""
    rows = session.scalars(select(RetentionTerm).where(RetentionTerm.organisation_id == organisation_id))
    return Terms({row.matter: row.days for row in rows})


def of_all(session: Session) -> Mapping[UUID, Terms]:
    """The same of every organisation, in two statements."""
    chosen: dict[UUID, dict[Matter, int]] = defaultdict(dict)
    for row in session.scalars(select(RetentionTerm)):
        chosen[row.organisation_id][row.matter] = row.days
    return {each: Terms(chosen[each]) for each in session.scalars(select(Organisation.id))}


def choose(session: Session, organisation: Organisation, chosen: Mapping[Matter, int | None]) -> None:
    """Other terms for some kinds, in days; None: the usual one again.

    Raises sqlalchemy.exc.IntegrityError for one that is out of bounds.
    """
    own = RetentionTerm.organisation_id == organisation.id
    session.execute(delete(RetentionTerm).where(own, RetentionTerm.matter.in_(chosen)))
    session.add_all(
        RetentionTerm(organisation_id=organisation.id, matter=matter, days=days)
        for matter, days in chosen.items()
        if days is not None
    )
    session.flush()
