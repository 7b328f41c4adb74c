"""A trainer answers a plan that is shown to them in a sentence or two, sealed for whose plan it is."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import SealedBytes, UTCDateTime

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

THERE = sa.text("writer_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "plan_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.Column("words", SealedBytes(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_plan_reply_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "writer_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_plan_reply_organisation_id_writer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_reply_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_reply")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_plan_reply_tenant"),
        sa.UniqueConstraint("enrolment_id", "writer_id", name=op.f("uq_plan_reply_enrolment_id_writer_id")),
    )
    op.create_index(
        "ix_plan_reply_writer_id", "plan_reply", ["writer_id"], sqlite_where=THERE, postgresql_where=THERE
    )


def downgrade() -> None:
    op.drop_table("plan_reply")
