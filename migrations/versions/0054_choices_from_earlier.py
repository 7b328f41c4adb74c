"""A choice of content may begin from an earlier training: which ones, without whoever chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("content_selection") as table:
        table.add_column(sa.Column("earlier", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("content_selection") as table:
        table.alter_column("earlier", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("content_selection") as table:
        table.drop_column("earlier")
