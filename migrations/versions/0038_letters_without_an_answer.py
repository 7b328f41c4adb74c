"""Letters that a mail server took and said nothing of have an index: each round asks whether there are any.

It holds those few and nothing that a claim changes, so that no other letter pays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NAME = "ix_delivery_no_answer"
ROWS = "reason = 'no_answer'"


def upgrade() -> None:
    op.create_index(
        NAME, "delivery", ["finished_at"], postgresql_where=sa.text(ROWS), sqlite_where=sa.text(ROWS)
    )


def downgrade() -> None:
    op.drop_index(NAME, "delivery")
