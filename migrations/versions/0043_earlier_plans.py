"""What a plan was before it changed: its learner may look back on that, and nobody else."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import SealedBytes, UTCDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("said", SealedBytes(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_earlier_plan_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_earlier_plan_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_plan")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_earlier_plan_tenant"),
    )
    op.create_index("ix_earlier_plan_enrolment_id_until", "earlier_plan", ["enrolment_id", "until"])


def downgrade() -> None:
    op.drop_table("earlier_plan")
