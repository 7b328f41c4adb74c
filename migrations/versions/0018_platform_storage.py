"""Launches whose browser keeps our cookie nowhere, and is known by a value in the platform's own storage.

Such a login names the frame in which the platform keeps it; such a visit lives without a cookie, and so is
held to other rules than one that has it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pending_login", sa.Column("storage_target", sa.Text(), nullable=True))
    with op.batch_alter_table("visit") as table:
        table.add_column(
            sa.Column("proof", sa.String(length=30), nullable=False, server_default="cookie"),
        )
        table.create_check_constraint(op.f("ck_visit_proof"), "proof IN ('cookie', 'storage')")


def downgrade() -> None:
    op.execute("DELETE FROM visit WHERE proof = 'storage'")
    with op.batch_alter_table("visit") as table:
        table.drop_constraint(op.f("ck_visit_proof"), type_="check")
        table.drop_column("proof")
    op.execute("DELETE FROM pending_login WHERE storage_target IS NOT NULL")
    with op.batch_alter_table("pending_login") as table:
        table.drop_column("storage_target")
