"""The logbook: notes of a person, with or without a training."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import SealedBytes, UTCDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        sa.Column("sent_as", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=True),
        sa.Column("said", SealedBytes(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_note_organisation_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_note_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"], ["instrument_version.id"], name=op.f("fk_note_instrument_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("person_id", "sent_as", name=op.f("uq_note_person_id_sent_as")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_note_tenant"),
    )
    op.create_index("ix_note_person_id_written_on", "note", ["person_id", "written_on"])


def downgrade() -> None:
    op.drop_table("note")
