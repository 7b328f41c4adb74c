"""What people show others: a trainer and a team beside a buddy, of more things than before, and stories."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from lti_tool.models.base import UTCDateTime

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

THINGS = (
    "goal", "reason", "use", "plan", "task", "day", "signs", "obstacles", "colleagues", "leader", "story",
    "applied", "results",
)  # fmt: skip
TO_MANY = sa.text("contact_id IS NULL")
TO_BUDDIES = """
    INSERT INTO release (id, organisation_id, enrolment_id, reader, contact_id, item, released_at)
    SELECT shown.id, shown.organisation_id, contact.enrolment_id, 'buddy', contact.id, shown.item, released_at
    FROM buddy_release AS shown JOIN contact ON contact.id = shown.contact_id
"""
BACK = """
    INSERT INTO buddy_release (id, organisation_id, contact_id, item, released_at)
    SELECT id, organisation_id, contact_id, item, released_at FROM release
    WHERE contact_id IS NOT NULL AND item IN ('goal', 'task', 'plan', 'day')
"""


def _table(name: str, *more: SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{name}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("organisation_id", "id", name=f"uq_{name}_tenant"),
    )


def _of(table: str, column: str, *, nullable: bool = False) -> tuple[SchemaItem, SchemaItem]:
    """A column that refers to another row of the same organisation."""
    target = column.removesuffix("_id")
    return sa.Column(column, sa.Uuid(), nullable=nullable), sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organisation_id_{column}"),
    )


def upgrade() -> None:
    words = ", ".join(f"'{thing}'" for thing in THINGS)
    _table(
        "release",
        *_of("release", "enrolment_id"),
        sa.Column("reader", sa.String(length=30), nullable=False),
        *_of("release", "contact_id", nullable=True),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("reader IN ('trainer', 'team', 'buddy')", name=op.f("ck_release_reader")),
        sa.CheckConstraint(f"item IN ({words})", name=op.f("ck_release_item")),
        sa.CheckConstraint(
            "(reader = 'buddy') = (contact_id IS NOT NULL)", name=op.f("ck_release_buddy")
        ),
        sa.UniqueConstraint("contact_id", "item", name=op.f("uq_release_contact_id_item")),
    )
    op.create_index(op.f("ix_release_enrolment_id"), "release", ["enrolment_id"])
    op.create_index(
        "uq_release_to_many",
        "release",
        ["enrolment_id", "reader", "item"],
        unique=True,
        postgresql_where=TO_MANY,
        sqlite_where=TO_MANY,
    )
    op.execute(TO_BUDDIES)
    op.drop_table("buddy_release")
    _table(
        "story",
        *_of("story", "entry_id"),
        *_of("story", "enrolment_id"),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("entry_id", "enrolment_id", name=op.f("uq_story_entry_id_enrolment_id")),
    )
    op.create_index(op.f("ix_story_enrolment_id"), "story", ["enrolment_id"])


def downgrade() -> None:
    op.drop_table("story")
    _table(
        "buddy_release",
        *_of("buddy_release", "contact_id"),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("item IN ('goal', 'task', 'plan', 'day')", name=op.f("ck_buddy_release_item")),
        sa.UniqueConstraint("contact_id", "item", name=op.f("uq_buddy_release_contact_id_item")),
    )
    op.execute(BACK)
    op.drop_table("release")
