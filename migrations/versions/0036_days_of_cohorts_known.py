"""Since when the days of a group are known: what comes before its first meeting may come late for that reason.

Of groups that are there already nothing better is known than when their track was made.
"""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cohort", sa.Column("dated_at", UTCDateTime(), nullable=True))
    op.execute(
        "UPDATE cohort SET dated_at = (SELECT created_at FROM track"
        " WHERE track.organisation_id = cohort.organisation_id AND track.id = cohort.track_id)"
    )
    with op.batch_alter_table("cohort") as table:
        table.alter_column("dated_at", existing_type=UTCDateTime(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("cohort") as table:
        table.drop_column("dated_at")
