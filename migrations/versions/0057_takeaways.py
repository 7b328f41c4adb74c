"""What people show of looking back on a meeting: to the trainer, and by another choice to the room, a row each."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

ITEMS = (
    "mid.picked_up", "mid.experience.text", "mid.next_use", "mid.reinforce", "mid.holding_back.text",
    "mid.team_can", "mid.embed", "mid.adjust",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "takeaway",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(length=30), nullable=False),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["organisation_id", f"{table}_id"],
                [f"{table}.organisation_id", f"{table}.id"],
                name=op.f(f"fk_takeaway_organisation_id_{table}_id"),
            )
            for table in ("enrolment", "activity")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_takeaway_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeaway")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_takeaway_tenant"),
        sa.UniqueConstraint(
            "enrolment_id",
            "activity_id",
            "reader",
            "item",
            name=op.f("uq_takeaway_enrolment_id_activity_id_reader_item"),
        ),
        sa.CheckConstraint("reader IN ('trainer', 'room')", name=op.f("ck_takeaway_reader")),
        sa.CheckConstraint(
            f"item IN ({', '.join(repr(item) for item in ITEMS)})", name=op.f("ck_takeaway_item")
        ),
    )
    op.create_index(op.f("ix_takeaway_activity_id"), "takeaway", ["activity_id"])


def downgrade() -> None:
    op.drop_table("takeaway")
