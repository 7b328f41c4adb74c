"""Rows that several may want to be the first to add."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_tool.models.base import Base


def add(session: Session, *rows: Base) -> bool:
    """Adds all rows or none; False when somebody else was first, whose row is there to be read."""
    try:
        with session.begin_nested():
            session.add_all(rows)
            session.flush()
    except IntegrityError:
        return False
    return True
