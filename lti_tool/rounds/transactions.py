"""How transactions begin: an edge that writes takes the write lock at once, one that reads takes none."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

BUSY_TIMEOUT_MS = 10_000
# The pages of learners alone send 90 statements, and one with a list is another for each length of it;
# psycopg keeps 100.
PREPARED_AT_MOST = 400

# A transaction that reads first and writes later would be refused when another wrote in between, so
# writing is the rule. What only reads says so, and leaves writers alone.
reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


class OnlyReads(RuntimeError):
    """Something wrote where an edge said that it only reads."""


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


def prepare_postgresql(engine: Engine) -> None:
    """Each statement for itself where an edge only reads: to read committed that is the same.

    A rollback at the end of each reading would make psycopg forget all that it had the database prepare
    (psycopg, "Prepared statements").
    """
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "connect")
    def _keep_prepared(connection: Any, _record: object) -> None:
        connection.prepared_max = PREPARED_AT_MOST

    @event.listens_for(engine, "engine_connect")
    def _read(connection: Connection) -> None:
        if reads_only.get():
            connection.execution_options(isolation_level="AUTOCOMMIT")


@event.listens_for(Session, "before_flush")
def _refuse_rows(_session: Session, *_how: object) -> None:
    _refuse()


@event.listens_for(Session, "do_orm_execute")
def _refuse_statements(asked: ORMExecuteState) -> None:
    """No flush sees an UPDATE that somebody sends themselves."""
    if asked.is_update or asked.is_insert or asked.is_delete:
        _refuse()


def _refuse() -> None:
    """What is written without a transaction would be written half when something fails."""
    if reads_only.get():
        raise OnlyReads("A page or a round that only reads wrote something.")
