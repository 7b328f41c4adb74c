"""Letters that came back: found by their Message-ID in a table of millions, and tried once more at most."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("bounced_at", UTCDateTime(), nullable=True))
    op.create_index("ix_delivery_message_id", "delivery", ["message_id"])


def downgrade() -> None:
    op.drop_index("ix_delivery_message_id", "delivery")
    with op.batch_alter_table("delivery") as table:
        table.drop_column("bounced_at")
