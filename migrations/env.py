"""Runs the migrations on the database of the settings."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Enum

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


def run() -> None:
    """Each migration in its own transaction: one that fails leaves the ones before it in place.

    At the newest one, what must be there before anybody launches is made too.
    """
    extension = current_app.extensions["migrate"]
    with extension.db.engine.connect() as connection:
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
    prepare(current_app.extensions["beklijf"])


run()
