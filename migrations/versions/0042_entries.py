"""Entries: instruments that people take up at will, each time one row of their own."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import SealedBytes, UTCDateTime

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        sa.Column("begun_as", sa.Uuid(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.Column("said", SealedBytes(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_entry_organisation_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_entry_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"], ["instrument_version.id"], name=op.f("fk_entry_instrument_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("person_id", "begun_as", name=op.f("uq_entry_person_id_begun_as")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_entry_tenant"),
    )
    op.create_index("ix_entry_person_id_begun_on", "entry", ["person_id", "begun_on"])


def downgrade() -> None:
    op.drop_table("entry")
