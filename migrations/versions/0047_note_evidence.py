"""Notes that their writer keeps with a plan: which note and which plan, since the words stay in the note and are
changed there."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "note_id"],
            ["note.organisation_id", "note.id"],
            name=op.f("fk_note_evidence_organisation_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_note_evidence_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_note_evidence_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_evidence")),
        sa.UniqueConstraint(
            "note_id", "enrolment_id", name=op.f("uq_note_evidence_note_id_enrolment_id")
        ),
        sa.UniqueConstraint("organisation_id", "id", name="uq_note_evidence_tenant"),
    )
    op.create_index("ix_note_evidence_enrolment_id", "note_evidence", ["enrolment_id"])


def downgrade() -> None:
    op.drop_table("note_evidence")
