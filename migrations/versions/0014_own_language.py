"""Whether somebody chose a language in the tool; who did not follows the LMS at every launch.

Who is known from a roster alone has no language yet, and would else read Dutch for good.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("chose_locale", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("chose_locale")
