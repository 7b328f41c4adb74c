"""Runs the migrations on the database of the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection, Enum

from lti_tool.models.base import SealedBytes, UTCDateTime
from lti_tool.rounds.preparation import prepare


def render_item(kind: str, column_type: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own column types as the plain types that the database sees, so that a migration stands alone."""
    if kind == "type" and isinstance(column_type, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column_type, SealedBytes):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(column_type, Enum):
        return "sa.String(length=30)"
    return False


@contextmanager
def without_references(connection: Connection) -> Iterator[None]:
    """Lets SQLite make tables anew that others refer to; at the end every reference must hold."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Outside a transaction, in which SQLite would ignore it.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")
    if broken := driver.execute("PRAGMA foreign_key_check").fetchone():
        raise RuntimeError(f"a reference of table {broken[0]} to {broken[2]} does not hold after migrating")


def run() -> None:
    """Each migration in its own transaction: one that fails leaves the ones before it in place.

    At the newest one, what must be there before anybody launches is made too.
    """
    extension = current_app.extensions["migrate"]
    with extension.db.engine.connect() as connection, without_references(connection):
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            render_item=render_item,
            transaction_per_migration=True,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        if context.get_context().get_current_revision() != context.get_head_revision():
            return  # on the way down, or not yet there
    work = current_app.extensions["beklijf"]
    prepare(work, now=work.now())


run()
