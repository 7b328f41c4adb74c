"""What a platform tells of copied courses, and where it was asked to.

Some platforms say so when a course is copied, and never again: the launches that follow need it.
"""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deployment", sa.Column("notices_url", sa.Text()))
    op.add_column("deployment", sa.Column("notices_to", sa.Text()))
    op.add_column("deployment", sa.Column("notices_asked_at", UTCDateTime()))
    op.create_table(
        "context_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column("context_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("noticed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_context_copy_deployment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_context_copy")),
        sa.UniqueConstraint(
            "deployment_id",
            "notice_id",
            "position",
            name=op.f("uq_context_copy_deployment_id_notice_id_position"),
        ),
    )
    op.create_index(op.f("ix_context_copy_context_id"), "context_copy", ["context_id"])


def downgrade() -> None:
    op.drop_table("context_copy")
    with op.batch_alter_table("deployment") as table:
        table.drop_column("notices_asked_at")
        table.drop_column("notices_to")
        table.drop_column("notices_url")
