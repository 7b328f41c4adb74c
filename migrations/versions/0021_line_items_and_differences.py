"""Columns that the tool finds or makes itself, the moment of each score, and what changed in a roster.

A launch may name no line item and still offer to look for one. Gradebooks take a score only when it is later
than the one before, so its moment is kept. Some LMSs tell what changed in a roster instead of all of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("resource_link", sa.Column("line_items_url", sa.Text()))
    op.add_column("resource_link", sa.Column("line_item_scopes", sa.Text(), server_default="", nullable=False))
    op.add_column("resource_link", sa.Column("line_item_sought_at", MOMENT))
    op.add_column("resource_link", sa.Column("own_id", sa.Uuid()))
    with op.batch_alter_table("resource_link") as table:
        table.alter_column("line_item_scopes", server_default=None)
    op.add_column("delivery", sa.Column("scored_at", MOMENT))
    op.add_column("deployment", sa.Column("product_family", sa.Text()))
    op.add_column("course", sa.Column("roster_whole_at", MOMENT))
    op.add_column("course", sa.Column("differences_url", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("course") as table:
        table.drop_column("differences_url")
        table.drop_column("roster_whole_at")
    with op.batch_alter_table("deployment") as table:
        table.drop_column("product_family")
    with op.batch_alter_table("delivery") as table:
        table.drop_column("scored_at")
    with op.batch_alter_table("resource_link") as table:
        table.drop_column("own_id")
        table.drop_column("line_item_sought_at")
        table.drop_column("line_item_scopes")
        table.drop_column("line_items_url")
