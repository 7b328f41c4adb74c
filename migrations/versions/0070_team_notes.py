"""Whoever follows a training notes what its team says in a talk, and reads that at the next one."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("talk", sa.String(length=30), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_team_note_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "contact_id"],
            ["contact.organisation_id", "contact.id"],
            name=op.f("fk_team_note_organisation_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_note")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_team_note_tenant"),
        sa.UniqueConstraint(
            "contact_id", "talk", "asked_on", name=op.f("uq_team_note_contact_id_talk_asked_on")
        ),
        sa.UniqueConstraint("key_id", name=op.f("uq_team_note_key_id")),
        sa.CheckConstraint("talk IN ('value_check', 'climate')", name=op.f("ck_team_note_talk")),
    )


def downgrade() -> None:
    op.drop_table("team_note")
