"""Where the members of a course can be read, and when that was last tried.

Who never opens the tool should hear of a preparation too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("course", sa.Column("roster_url", sa.Text(), nullable=True))
    op.add_column("course", sa.Column("roster_read_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("course", sa.Column("roster_problem", sa.Text(), nullable=True))


def downgrade() -> None:
    for column in ("roster_problem", "roster_read_at", "roster_url"):
        op.drop_column("course", column)
