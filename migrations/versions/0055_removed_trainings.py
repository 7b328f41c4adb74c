"""A trainer may remove a training that people take part in: since when, so that it can be taken back for a while."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

BEFORE, AFTER = "status IN ('open', 'closed')", "status IN ('open', 'removed')"


def upgrade() -> None:
    # No training was ever closed: nothing did it.
    op.execute("UPDATE track SET status = 'open' WHERE status = 'closed'")
    with op.batch_alter_table("track") as table:
        table.add_column(sa.Column("removed_at", UTCDateTime(), nullable=True))
        table.drop_constraint(op.f("ck_track_status"), type_="check")
        table.create_check_constraint(op.f("ck_track_status"), AFTER)
        table.create_check_constraint(
            op.f("ck_track_removed"), "(status = 'removed') = (removed_at IS NOT NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("track") as table:
        table.drop_constraint(op.f("ck_track_removed"), type_="check")
        table.drop_constraint(op.f("ck_track_status"), type_="check")
        table.drop_column("removed_at")
    # An older version knows no removed trainings: they send nothing more, and stay.
    op.execute("UPDATE track SET status = 'closed' WHERE status = 'removed'")
    with op.batch_alter_table("track") as table:
        table.create_check_constraint(op.f("ck_track_status"), BEFORE)
