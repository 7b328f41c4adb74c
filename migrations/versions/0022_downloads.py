"""Downloads that an administrator has sent to somebody whose data they are.

Who sends one never sees the words, nor the link: the row says when it was made and whether it was taken.
"""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _in_tenant(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.id"],
        name=op.f(f"fk_download_organisation_id_{column}"),
    )


def upgrade() -> None:
    op.create_table(
        "download",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime()),
        _in_tenant("person_id", "person"),
        _in_tenant("delivery_id", "delivery"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_download_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_download")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_download_delivery_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_download_tenant"),
        sa.UniqueConstraint("person_id", "made_on", name=op.f("uq_download_person_id_made_on")),
    )


def downgrade() -> None:
    op.drop_table("download")
    # The round that sends letters would not know whose invitation these are.
    op.execute("DELETE FROM delivery WHERE kind = 'service' AND step = 'download'")
