"""Whether somebody wants their own sentence in their calendar; it holds none unless they say so."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "calendar_feed", sa.Column("with_words", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    with op.batch_alter_table("calendar_feed") as table:
        table.drop_column("with_words")
