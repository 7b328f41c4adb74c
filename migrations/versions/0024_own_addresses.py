"""Where a person's mails go, beside what the LMS says: an address of their own is never overwritten, and can be taken back."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ADDRESSES = ("lms_mailbox_id", "own_mailbox_id")


def _in_tenant(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.id"],
        name=op.f(f"fk_own_address_organisation_id_{column}"),
    )


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        for column in ADDRESSES:
            table.add_column(sa.Column(column, sa.Uuid()))
            table.create_foreign_key(op.f(f"fk_person_{column}"), "mailbox", [column], ["id"])
            table.create_index(op.f(f"ix_person_{column}"), [column])
        table.create_check_constraint(
            op.f("ck_person_own_mailbox"), "own_mailbox_id IS NULL OR mailbox_id = own_mailbox_id"
        )
    op.execute("UPDATE person SET lms_mailbox_id = mailbox_id")
    op.create_table(
        "own_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime()),
        sa.CheckConstraint(
            "status <> 'confirmed' OR confirmed_at IS NOT NULL",
            name=op.f("ck_own_address_confirmed"),
        ),
        sa.CheckConstraint(
            "status IN ('asked', 'confirmed', 'denied', 'ended')", name=op.f("ck_own_address_status")
        ),
        _in_tenant("person_id", "person"),
        _in_tenant("delivery_id", "delivery"),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_own_address_mailbox_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_own_address_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_address")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_own_address_delivery_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_own_address_tenant"),
    )
    for column in ("person_id", "mailbox_id"):
        op.create_index(op.f(f"ix_own_address_{column}"), "own_address", [column])


def downgrade() -> None:
    op.drop_table("own_address")
    # The round that sends letters would not know whose invitation these are.
    op.execute("DELETE FROM delivery WHERE kind = 'service' AND step = 'own_address'")
    op.execute("UPDATE person SET mailbox_id = lms_mailbox_id WHERE own_mailbox_id IS NOT NULL")
    with op.batch_alter_table("person") as table:
        table.drop_constraint(op.f("ck_person_own_mailbox"), type_="check")
        for column in ADDRESSES:
            table.drop_index(op.f(f"ix_person_{column}"))
            table.drop_constraint(op.f(f"fk_person_{column}"), type_="foreignkey")
            table.drop_column(column)
