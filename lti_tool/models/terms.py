"""How long an organisation keeps each kind of data."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from lti_tool.domain.terms import BOUNDS, Matter
from lti_tool.models.base import TenantRow, one_of, tenant


def _between() -> str:
    """That a term lies within its bounds."""
    each = (f"WHEN '{matter}' THEN days BETWEEN {b.least} AND {b.most}" for matter, b in BOUNDS.items())
    return f"CASE matter {' '.join(each)} END"


class RetentionTerm(TenantRow):
    """What an organisation chose for one kind; the usual term holds where it chose nothing."""

    __tablename__ = "retention_term"
    __table_args__ = tenant(
        "retention_term",
        UniqueConstraint("organisation_id", "matter"),
        one_of("matter", Matter),
        CheckConstraint(_between(), name="days"),
    )

    matter: Mapped[Matter]
    days: Mapped[int]
