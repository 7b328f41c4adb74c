"""What ends is found without a look at all rows: invitations and addresses that nobody answered each round, and
letters about an activity, and contacts by who named them, when those are removed.

None holds what a claim changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_delivery_activity_id", "delivery", "activity_id", "activity_id IS NOT NULL"),
    ("ix_contact_named_by", "contact", "named_by", "named_by IS NOT NULL"),
    ("ix_contact_invited", "contact", "invited_at", "status = 'invited'"),
    ("ix_own_address_not_confirmed", "own_address", "expires_at", "status <> 'confirmed'"),
)


def upgrade() -> None:
    for name, table, column, rows in INDEXES:
        op.create_index(name, table, [column], postgresql_where=sa.text(rows), sqlite_where=sa.text(rows))


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table)
