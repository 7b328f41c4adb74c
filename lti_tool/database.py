"""The database as Flask-SQLAlchemy sees it, and what SQLite must be told."""

from contextvars import ContextVar
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from lti_tool.models import (  # noqa: F401  imported so that the metadata is whole
    activities,
    check_ins,
    courses,
    deliveries,
    instruments,
    organisations,
    people,
    plans,
    platforms,
    reflections,
    rounds,
    tracks,
    visits,
)
from lti_tool.models.base import Base

BUSY_TIMEOUT_MS = 10_000

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()

# An edge that writes takes the write lock at once: a transaction that reads first and writes later
# would be refused when another wrote in between. A GET only reads and leaves writers alone.
reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


def session() -> Session:
    """The session of this request."""
    current: Session = db.session()
    return current


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
