"""No index holds what a claim changes: a claimed row stays where it is, and enters no index anew.

What is due is what has no end yet, in place of what is planned; what is being sent has a Message-ID and no end.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

DUE = {
    "ix_delivery_due_service": "kind IN ('service')",
    "ix_delivery_due_nudge_digest": "kind IN ('nudge', 'digest')",
    "ix_delivery_due_post": "kind IN ('post')",
    "ix_delivery_due_score": "kind IN ('score')",
}


def upgrade() -> None:
    op.execute(
        "UPDATE delivery SET finished_at = NULL"
        " WHERE finished_at IS NOT NULL AND status IN ('planned', 'claimed', 'sending')"
    )
    _due_by("finished_at IS NULL")
    op.drop_index("ix_delivery_lease_until", "delivery")
    _create("ix_delivery_under_way", ["message_id"], "message_id IS NOT NULL AND finished_at IS NULL")
    _on_postgresql("SET (fillfactor = 85)")


def downgrade() -> None:
    _on_postgresql("RESET (fillfactor)")
    op.drop_index("ix_delivery_under_way", "delivery")
    _create("ix_delivery_lease_until", ["lease_until"], "lease_until IS NOT NULL")
    _due_by("status = 'planned'")


def _due_by(is_due: str) -> None:
    for name, kinds in DUE.items():
        op.drop_index(name, "delivery")
        _create(name, ["due_at", "rank"], f"{is_due} AND {kinds}")


def _create(name: str, columns: list[str], rows: str) -> None:
    op.create_index(name, "delivery", columns, postgresql_where=sa.text(rows), sqlite_where=sa.text(rows))


def _on_postgresql(change: str) -> None:
    """Room on each page for the rows that change."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE delivery {change}")
