"""What the audit trail holds. Session of the trail first."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from lti_tool.domain.trail import Actor, Line
from lti_tool.models.trail import AuditLine

CHANGES = ("UPDATE", "DELETE", "TRUNCATE")


def add(trail: Session, line: Line) -> None:
    """Adds a line."""
    trail.execute(insert(AuditLine).values(asdict(line) | {"actor": line.actor.value}))


def between(
    trail: Session, first: datetime, last: datetime, organisation_id: UUID | None = None
) -> Iterator[Line]:
    """The lines from the first moment up to the last, in order; of one organisation, or all."""
    lines = select(AuditLine).where(AuditLine.at >= first, AuditLine.at < last).order_by(AuditLine.at)
    if organisation_id is not None:
        lines = lines.where(AuditLine.organisation_id == organisation_id)
    for row in trail.scalars(lines):
        yield Line(row.at, row.act, Actor(row.actor), row.organisation_id, row.actor_id, row.about_id)


def may_change(trail: Session) -> list[str]:
    """What whoever writes the trail could do to what stands there (PostgreSQL), and should not be able to."""
    can = text("SELECT has_table_privilege(current_user, 'audit_line', :what)")
    return [what for what in CHANGES if trail.scalar(can, {"what": what})]
