"""What a request or a round works with."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from lti_tool.domain.clock import Now
from lti_tool.domain.themes import Theme
from lti_tool.lti.outgoing import Outgoing
from lti_tool.rounds import transactions
from lti_tool.rounds.keyring import Keyring
from lti_tool.rounds.ledger import Ledger
from lti_tool.rounds.trail import Trail
from lti_tool.services import links, rounds
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.links import Purpose


@dataclass(frozen=True)
class Workplace:
    """Settings, databases, keys, content, looks and the way out of one process.

    themes: the looks of organisations, by slug.
    """

    settings: Settings
    sessions: sessionmaker[Session]
    keyring: Keyring
    ledger: Ledger
    trail: Trail
    catalogue: Catalogue
    outgoing: Outgoing
    themes: Mapping[str, Theme] = field(default_factory=dict)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that only reads."""
        return transactions.reading(self.sessions)

    def writing(self) -> AbstractContextManager[Session]:
        """A transaction that writes, also within a page that is else only read."""
        return transactions.writing(self.sessions)

    def now(self) -> Now:
        """Both clocks. The calendar only runs ahead in local mode."""
        real = datetime.now(UTC)
        if not self.settings.local:
            return Now(real=real, calendar=real)
        with self.reading() as session:
            return Now(real=real, calendar=real + rounds.calendar_offset(session))

    def token(self, purpose: Purpose, row_id: UUID) -> str:
        """The signed part of an address that leads to a row."""
        return links.token(self.settings.secret_key.get_secret_value(), purpose, row_id)

    def row_of(self, purpose: Purpose, token: str) -> UUID | None:
        """The row that a signed part leads to; None for what we did not sign."""
        return links.read(self.settings.secret_key.get_secret_value(), purpose, token)


def small_engine(url: str) -> Engine:
    """The engine of the key store or the ledger; small, since each use is one short transaction."""
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    transactions.prepare_sqlite(engine)
    transactions.prepare_postgresql(engine)
    return engine
