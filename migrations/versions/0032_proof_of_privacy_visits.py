"""What proves a data privacy visit is said in words, as of the other two passes; an empty text stood for it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("privacy_visit") as table:
        table.add_column(sa.Column("proof", sa.String(length=30), nullable=False, server_default="cookie"))
        table.create_check_constraint(op.f("ck_privacy_visit_proof"), "proof IN ('cookie', 'storage')")
    op.execute("UPDATE privacy_visit SET proof = 'storage' WHERE browser = ''")
    with op.batch_alter_table("privacy_visit") as table:
        table.alter_column("proof", server_default=None, existing_type=sa.String(length=30))


def downgrade() -> None:
    op.execute("UPDATE privacy_visit SET browser = '' WHERE proof = 'storage'")
    with op.batch_alter_table("privacy_visit") as table:
        table.drop_constraint(op.f("ck_privacy_visit_proof"), type_="check")
        table.drop_column("proof")
