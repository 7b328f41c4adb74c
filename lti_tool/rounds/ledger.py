"""The ledger of erasures at the edge: each call one short transaction of its own."""

from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from lti_tool.models.erasures import LedgerBase
from lti_tool.rounds.transactions import reading
from lti_tool.services import erasures


class Ledger:
    """Who was erased, kept where no restore of the databases takes it away."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def prepare(self) -> None:
        """Makes its table when that is not there yet."""
        with self._sessions.begin() as session:
            LedgerBase.metadata.create_all(session.connection())

    def note(self, key_id: UUID, on: date) -> None:
        """Notes an erasure, committed."""
        try:
            with self._sessions.begin() as session:
                erasures.note(session, key_id, on)
        except IntegrityError:
            return  # somebody noted the same at this moment

    def key_ids(self) -> list[UUID]:
        """The keys of all who were erased."""
        with reading(self._sessions) as session:
            return erasures.key_ids(session)
