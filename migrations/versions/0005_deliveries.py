"""Deliveries, the budget of a mailbox, and answers to letters.

The row is schedule, claim and record; the budget is rows, so that the table keeps the promise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=True),
        sa.Column("mailbox_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("template_version", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('nudge', 'digest', 'service', 'score')", name=op.f("ck_delivery_kind")),
        sa.CheckConstraint(
            "status IN ('planned', 'claimed', 'sending', 'sent', 'failed', 'unknown', 'skipped', 'cancelled')",
            name=op.f("ck_delivery_status"),
        ),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_delivery_mailbox_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "activity_id"],
            ["activity.organisation_id", "activity.id"],
            name=op.f("fk_delivery_organisation_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_delivery_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_delivery_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "enrolment_id", "step", "occurrence", name=op.f("uq_delivery_enrolment_id_step_occurrence")
        ),
        sa.UniqueConstraint("organisation_id", "id", name="uq_delivery_tenant"),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index("ix_delivery_due", ["status", "kind", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_mailbox_id"), ["mailbox_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("obstacles", sa.LargeBinary(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('used', 'partly', 'not_yet', 'right', 'change')", name=op.f("ck_check_in_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "delivery_id"],
            ["delivery.organisation_id", "delivery.id"],
            name=op.f("fk_check_in_organisation_id_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_check_in_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_check_in_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_check_in_delivery_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_check_in_tenant"),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "mailbox_day",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_mailbox_day_delivery_id")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_mailbox_day_mailbox_id")),
        sa.PrimaryKeyConstraint("mailbox_id", "local_date", name=op.f("pk_mailbox_day")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_mailbox_day_delivery_id")),
    )
    op.create_table(
        "mailbox_week",
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("iso_week", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slot BETWEEN 1 AND 3", name=op.f("ck_mailbox_week_slot")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_mailbox_week_delivery_id")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_mailbox_week_mailbox_id")),
        sa.PrimaryKeyConstraint("mailbox_id", "iso_week", "slot", name=op.f("pk_mailbox_week")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_mailbox_week_delivery_id")),
    )


def downgrade() -> None:
    op.drop_table("mailbox_week")
    op.drop_table("mailbox_day")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_enrolment_id"))

    op.drop_table("check_in")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_mailbox_id"))
        batch_op.drop_index("ix_delivery_due")

    op.drop_table("delivery")
