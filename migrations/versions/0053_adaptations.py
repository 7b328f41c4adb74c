"""How trainers have instruments asked: questions left out, moved, in other words or added. What people
began keeps the questions that it was begun with."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

REFERRING = (
    ("activity", "adaptation_id"),
    ("activity", "draft_id"),
    ("reflection", "adaptation_id"),
    ("late_draft", "adaptation_id"),
)


def upgrade() -> None:
    op.create_table(
        "adaptation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("unasked", sa.Text(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'asked')", name=op.f("ck_adaptation_status")),
        sa.CheckConstraint("(status = 'draft') = (number IS NULL)", name=op.f("ck_adaptation_number")),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"],
            ["instrument_version.id"],
            name=op.f("fk_adaptation_instrument_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "track_id"],
            ["track.organisation_id", "track.id"],
            name=op.f("fk_adaptation_organisation_id_track_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_adaptation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adaptation")),
        sa.UniqueConstraint(
            "track_id",
            "instrument_version_id",
            "number",
            name=op.f("uq_adaptation_track_id_instrument_version_id_number"),
        ),
        sa.UniqueConstraint("organisation_id", "id", name="uq_adaptation_tenant"),
    )
    for table, column in REFERRING:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_organisation_id_{column}"),
                "adaptation",
                ["organisation_id", column],
                ["organisation_id", "id"],
            )


def downgrade() -> None:
    for table, column in reversed(REFERRING):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_organisation_id_{column}"), type_="foreignkey")
            batch.drop_column(column)
    op.drop_table("adaptation")
