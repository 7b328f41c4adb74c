"""Whether a leader may be told who named them.

Without the learner's own tick no letter and no page tells the name.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contact", sa.Column("tells_name", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    with op.batch_alter_table("contact") as table:
        table.drop_column("tells_name")
