"""A group that somebody comes into who was counted in another is never counted for that: a row without a day."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("snapshot") as table:
        table.alter_column("taken_on", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    # A row that stays is what keeps the group from being counted.
    op.execute("UPDATE snapshot SET taken_on = CURRENT_DATE WHERE taken_on IS NULL")
    with op.batch_alter_table("snapshot") as table:
        table.alter_column("taken_on", existing_type=sa.Date(), nullable=False)
