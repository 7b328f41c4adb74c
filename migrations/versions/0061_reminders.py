"""The day on which who has not prepared is reminded, where the trainer of a group chose one."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohort") as table:
        table.add_column(sa.Column("remind_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("cohort") as table:
        table.drop_column("remind_on")
