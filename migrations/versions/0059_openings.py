"""From when each item can be opened: at once, as until now, or on its own day, as its trainer chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

NAME = "ck_activity_opens"


def upgrade() -> None:
    opens = sa.Column("opens", sa.String(length=30), server_default="at_once", nullable=False)
    op.add_column("activity", opens)
    with op.batch_alter_table("activity") as table:
        table.alter_column("opens", server_default=None)
        table.create_check_constraint(op.f(NAME), "opens IN ('at_once', 'on_its_day')")


def downgrade() -> None:
    with op.batch_alter_table("activity") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.drop_column("opens")
