"""Which earlier training one began from, so that items added later ask as they did there; hints that are put away."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("track") as table:
        table.add_column(sa.Column("begun_from_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("hints_away", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("track") as table:
        table.alter_column("hints_away", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("track") as table:
        table.drop_column("hints_away")
        table.drop_column("begun_from_id")
