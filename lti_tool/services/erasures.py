"""What the ledger of erasures holds. Session of the ledger first."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.erasures import Erasure


def note(ledger: Session, key_id: UUID, on: date) -> None:
    """Notes that somebody is erased, before anything of theirs goes; once more changes nothing."""
    if ledger.get(Erasure, key_id) is None:
        ledger.add(Erasure(key_id=key_id, erased_on=on))
        ledger.flush()


def key_ids(ledger: Session) -> list[UUID]:
    """The keys of all who were erased."""
    return list(ledger.scalars(select(Erasure.key_id).order_by(Erasure.erased_on, Erasure.key_id)))
