"""The audit trail at the edge: each call one short transaction of its own."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.orm import Session, sessionmaker

from lti_tool.domain.trail import Line
from lti_tool.models.trail import AuditLine, TrailBase
from lti_tool.rounds.transactions import prepare_postgresql, prepare_sqlite, reading, writing
from lti_tool.services import trail

SQLITE = "sqlite:///"


class Trail:
    """Who looked at or changed what. Nothing here changes or removes a line.

    In PostgreSQL its table is made by somebody else (`rounds/trail_months.py`): who writes it cannot drop it.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._of_year = cache(self._open)

    @property
    def is_in_files(self) -> bool:
        """Whether it is kept in SQLite files, one for each year."""
        return self._url.startswith(SQLITE)

    def file_of(self, year: int) -> Path:
        """Where the lines of a year are."""
        path = Path(self._url.removeprefix(SQLITE))
        return path.with_name(f"{path.stem}-{year}{path.suffix}")

    def note(self, line: Line) -> None:
        """Adds a line, committed; also within a page that is else only read."""
        with writing(self._sessions(line.at.year)) as session:
            trail.add(session, line)

    def read(self, first: datetime, last: datetime, organisation_id: UUID | None = None) -> Iterator[Line]:
        """The lines from the first moment up to the last, in order."""
        for year in range(first.year, last.year + 1) if self.is_in_files else (first.year,):
            if self.is_in_files and not self.file_of(year).exists():
                continue
            with reading(self._sessions(year)) as session:
                yield from trail.between(session, first, last, organisation_id)

    def may_change(self, year: int) -> list[str]:
        """What the tool could do to what stands there, and should not be able to; raises SQLAlchemyError.

        In files that is nothing: they refuse it themselves.
        """
        with reading(self._sessions(year)) as session:
            return [] if self.is_in_files else trail.may_change(session)

    def _sessions(self, year: int) -> sessionmaker[Session]:
        return self._of_year(year if self.is_in_files else 0)

    def _open(self, year: int) -> sessionmaker[Session]:
        engine = create_engine(
            f"{SQLITE}{self.file_of(year)}" if year else self._url, pool_pre_ping=True, hide_parameters=True
        )
        prepare_sqlite(engine)
        prepare_postgresql(engine)
        if year:
            _make(engine)
        return sessionmaker(engine, expire_on_commit=False)


def _make(engine: Engine) -> None:
    """The file of a year, by whoever writes in it first."""
    if not inspect(engine).has_table(AuditLine.__tablename__):
        with writing(sessionmaker(engine)) as session:
            TrailBase.metadata.create_all(session.connection())
