"""Trainings that people take at their own pace: each of them says when they finished, and is followed up from then."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

NAME = "ck_track_pace"


def upgrade() -> None:
    pace = sa.Column("pace", sa.String(length=30), server_default="together", nullable=False)
    op.add_column("track", pace)
    with op.batch_alter_table("track") as table:
        table.alter_column("pace", server_default=None)
        table.create_check_constraint(op.f(NAME), "pace IN ('together', 'own')")


def downgrade() -> None:
    with op.batch_alter_table("track") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.drop_column("pace")
