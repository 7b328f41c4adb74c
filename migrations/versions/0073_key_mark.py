"""A database knows its key store: with another one, nothing is written under a wrong key."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_mark",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_key_mark")),
        sa.CheckConstraint("number = 1", name=op.f("ck_key_mark_number")),
    )


def downgrade() -> None:
    op.drop_table("key_mark")
