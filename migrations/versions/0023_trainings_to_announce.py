"""Which trainings were chosen with their days, so that nobody pressed a switch: their trainer is told once that they are on."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    no = sa.false()
    op.add_column("track", sa.Column("is_unannounced", sa.Boolean(), server_default=no, nullable=False))
    with op.batch_alter_table("track") as table:
        table.alter_column("is_unannounced", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("track") as table:
        table.drop_column("is_unannounced")
