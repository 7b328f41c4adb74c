"""Runs of the rounds, and the calendar of local mode.

Who moves the calendar waits for a run that began afterwards.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_offset",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_calendar_offset_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_offset")),
    )
    op.create_table(
        "round_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_run")),
    )
    with op.batch_alter_table("round_run", schema=None) as batch_op:
        batch_op.create_index("ix_round_run_name", ["name", "started_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("round_run", schema=None) as batch_op:
        batch_op.drop_index("ix_round_run_name")

    op.drop_table("round_run")
    op.drop_table("calendar_offset")
