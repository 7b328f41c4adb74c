"""Looking back on one meeting, leaving steps out, closing a track or a plan, and telling more in a check-in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = "outcome IN ('used', 'partly', 'not_yet', 'right', 'change')"
AFTER = "outcome IN ('used', 'partly', 'not_yet', 'right', 'change', 'keep', 'close')"


def _check(table: str, name: str, says: str) -> None:
    """Lets a check of a table say something else."""
    named = op.f(f"ck_{table}_{name}")
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(named, type_="check")
        changed.create_check_constraint(named, says)


def upgrade() -> None:
    with op.batch_alter_table("activity") as table:
        table.add_column(sa.Column("meeting_number", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_activity_meeting_number"), "meeting_number >= 1")
    op.add_column("track", sa.Column("left_out", sa.Text(), nullable=False, server_default=""))
    op.add_column("track", sa.Column("closes_on", sa.Date(), nullable=True))
    op.add_column("plan", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("check_in", sa.Column("said", sa.LargeBinary(), nullable=True))
    _check("check_in", "outcome", AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM check_in WHERE outcome IN ('keep', 'close')")
    _check("check_in", "outcome", BEFORE)
    op.drop_column("check_in", "said")
    op.drop_column("plan", "closed_on")
    op.drop_column("track", "closes_on")
    op.drop_column("track", "left_out")
    with op.batch_alter_table("activity") as table:
        table.drop_constraint(op.f("ck_activity_meeting_number"), type_="check")
        table.drop_column("meeting_number")
