"""Buddies: people whom a learner names and lets see what that learner chooses, each thing in a row of its own."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

BEFORE = {
    "kind": "kind IN ('contact', 'leader', 'channel')",
    "cohort": "(kind <> 'leader') = (cohort_id IS NOT NULL)",
    "leader": "(kind = 'leader') = (enrolment_id IS NOT NULL)",
}
AFTER = {
    "kind": "kind IN ('contact', 'leader', 'channel', 'buddy')",
    "cohort": "(kind IN ('contact', 'channel')) = (cohort_id IS NOT NULL)",
    "of_one": "(kind IN ('leader', 'buddy')) = (enrolment_id IS NOT NULL)",
}


def _change(before: dict[str, str], after: dict[str, str]) -> None:
    """Lets a contact be of other kinds, with other rules about whose they are."""
    with op.batch_alter_table("contact") as table:
        for name in before:
            table.drop_constraint(op.f(f"ck_contact_{name}"), type_="check")
        for name, says in after.items():
            table.create_check_constraint(op.f(f"ck_contact_{name}"), says)


def upgrade() -> None:
    _change(BEFORE, AFTER)
    op.create_table(
        "buddy_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("item IN ('goal', 'task', 'plan', 'day')", name=op.f("ck_buddy_release_item")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "contact_id"],
            ["contact.organisation_id", "contact.id"],
            name=op.f("fk_buddy_release_organisation_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_buddy_release_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddy_release")),
        sa.UniqueConstraint("contact_id", "item", name=op.f("uq_buddy_release_contact_id_item")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_buddy_release_tenant"),
    )


def downgrade() -> None:
    op.drop_table("buddy_release")
    buddies = "SELECT id FROM contact WHERE kind = 'buddy'"
    letters = f"SELECT id FROM delivery WHERE contact_id IN ({buddies})"
    for table in ("mailbox_day", "mailbox_week"):
        op.execute(f"DELETE FROM {table} WHERE delivery_id IN ({letters})")
    op.execute(f"DELETE FROM delivery WHERE contact_id IN ({buddies})")
    op.execute("DELETE FROM contact WHERE kind = 'buddy'")
    _change(AFTER, BEFORE)
