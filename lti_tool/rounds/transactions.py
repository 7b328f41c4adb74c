"""How transactions begin: an edge that writes takes the write lock at once, one that reads takes none."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_MS = 10_000

# A transaction that reads first and writes later would be refused when another wrote in between, so
# writing is the rule. What only reads says so, and leaves writers alone.
reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that only reads; nothing of it is kept."""
    token = reads_only.set(True)
    try:
        with sessions() as session:
            yield session
    finally:
        reads_only.reset(token)


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A transaction that writes, also within an edge that else only reads."""
    token = reads_only.set(False)
    try:
        with sessions.begin() as session:
            yield session
    finally:
        reads_only.reset(token)


def forget_log(bind: Engine | Connection) -> None:
    """Empties SQLite's write-ahead log, in which what was erased just now may still stand."""
    if bind.dialect.name == "sqlite":
        pooled = bind.engine.raw_connection()
        try:
            pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            pooled.close()


def prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, foreign keys, patience, and transactions that begin as the edge needs."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reads_only.get() else "BEGIN IMMEDIATE")
