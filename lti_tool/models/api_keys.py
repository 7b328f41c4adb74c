"""With what programs of an organisation read what was told of its trainings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, tenant


class ApiKey(TenantRow):
    """A key for one program, known by its hash: the key itself was shown once, and is kept nowhere.

    name: what an operator calls it, once in an organisation. used_at: the minute of its last use; uses: how
    often it was used in that minute. Both moments are of the real clock.
    """

    __tablename__ = "api_key"
    __table_args__ = tenant(
        "api_key",
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("uses >= 0", name="uses"),
    )

    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    uses: Mapped[int] = mapped_column(default=0)
