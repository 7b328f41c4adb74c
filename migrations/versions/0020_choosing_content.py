"""Choices of content for a course while they are under way (deep linking).

Who chooses is not kept: the row holds the deployment, the course, and what the platform takes back.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_selection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("proof", sa.String(length=30), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'open') = (reply IS NULL)", name=op.f("ck_content_selection_reply")),
        sa.CheckConstraint(
            "status IN ('open', 'answered', 'cancelled')", name=op.f("ck_content_selection_status")
        ),
        sa.CheckConstraint("proof IN ('cookie', 'storage')", name=op.f("ck_content_selection_proof")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "course_id"],
            ["course.organisation_id", "course.id"],
            name=op.f("fk_content_selection_organisation_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "deployment_id"],
            ["deployment.organisation_id", "deployment.id"],
            name=op.f("fk_content_selection_organisation_id_deployment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_content_selection_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_selection")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_content_selection_tenant"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_content_selection_token_hash")),
    )
    op.create_index(op.f("ix_content_selection_opened_at"), "content_selection", ["opened_at"])


def downgrade() -> None:
    op.drop_table("content_selection")
