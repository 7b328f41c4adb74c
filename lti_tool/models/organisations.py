"""The tenant, and its parts."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Row, TenantRow, tenant


class Organisation(Row):
    """Whose people these are. Every deployment belongs to exactly one.

    extra_holidays: the days off that an organisation chooses (good_friday, liberation_day), separated by
        spaces.
    mail_domains: where contacts and leaders may have an address, separated by spaces; who is in the
        course may always.
    reply_to: the address to which answers to its mails go.
    """

    __tablename__ = "organisation"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    locale: Mapped[str] = mapped_column(default="nl")
    time_zone: Mapped[str] = mapped_column(default="Europe/Amsterdam")
    extra_holidays: Mapped[str] = mapped_column(default="")
    mail_domains: Mapped[str] = mapped_column(default="")
    reply_to: Mapped[str | None]
    created_at: Mapped[datetime]


class Unit(TenantRow):
    """A part of an organisation, as a label of groups: a department, a region."""

    __tablename__ = "unit"
    __table_args__ = tenant("unit", UniqueConstraint("organisation_id", "name"))

    name: Mapped[str]
