"""Links by which people who leave keep reading their own words: only the hash of each, mailed to their own address."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["organisation_id", f"{owner}_id"],
                [f"{owner}.organisation_id", f"{owner}.id"],
                name=op.f(f"fk_archive_link_organisation_id_{owner}_id"),
            )
            for owner in ("person", "delivery")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_archive_link_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_link")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_archive_link_tenant"),
        sa.UniqueConstraint(
            "organisation_id", "person_id", name=op.f("uq_archive_link_organisation_id_person_id")
        ),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_archive_link_delivery_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_archive_link_token_hash")),
        sa.CheckConstraint("status IN ('asked', 'open', 'ended')", name=op.f("ck_archive_link_status")),
        sa.CheckConstraint("(status = 'open') = (token_hash IS NOT NULL)", name=op.f("ck_archive_link_token")),
        sa.CheckConstraint("(token_hash IS NULL) = (expires_at IS NULL)", name=op.f("ck_archive_link_term")),
    )
    op.create_index(op.f("ix_archive_link_asked_on"), "archive_link", ["asked_on"])


def downgrade() -> None:
    op.drop_table("archive_link")
