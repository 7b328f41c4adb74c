"""What is due stands in the order of its claims, apart for what is claimed together: five million rows as ten thousand.

Leases, Message-IDs and problems with rosters have indexes of those rows only that bear one, so that no other pays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

DUE = {
    "ix_delivery_due_service": "kind IN ('service')",
    "ix_delivery_due_nudge_digest": "kind IN ('nudge', 'digest')",
    "ix_delivery_due_post": "kind IN ('post')",
    "ix_delivery_due_score": "kind IN ('score')",
}


def upgrade() -> None:
    op.drop_index("ix_delivery_due", "delivery")
    for name, kinds in DUE.items():
        _create(name, ["due_at", "rank"], f"status = 'planned' AND {kinds}")
    _create("ix_delivery_lease_until", ["lease_until"], "lease_until IS NOT NULL")
    op.drop_index("ix_delivery_message_id", "delivery")
    _create("ix_delivery_message_id", ["message_id"], "message_id IS NOT NULL")
    _create("ix_course_problem", ["deployment_id", "roster_read_at"], "roster_problem IS NOT NULL", "course")


def downgrade() -> None:
    op.drop_index("ix_course_problem", "course")
    for name in (*DUE, "ix_delivery_lease_until", "ix_delivery_message_id"):
        op.drop_index(name, "delivery")
    op.create_index("ix_delivery_message_id", "delivery", ["message_id"])
    op.create_index("ix_delivery_due", "delivery", ["status", "kind", "due_at"])


def _create(name: str, columns: list[str], rows: str, table: str = "delivery") -> None:
    op.create_index(name, table, columns, postgresql_where=sa.text(rows), sqlite_where=sa.text(rows))
