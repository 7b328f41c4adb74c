"""What a group answered about a training, for its trainer: told once, from five people, mostly in words.
Each counting leaves a row, so that nobody can watch a group by having it counted again.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def _table(name: str, *more: SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"],
            ["cohort.organisation_id", "cohort.id"],
            name=op.f(f"fk_{name}_organisation_id_cohort_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{name}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("organisation_id", "id", name=f"uq_{name}_tenant"),
    )


def upgrade() -> None:
    _table(
        "snapshot",
        sa.Column("moment", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "moment IN ('leader', 'closed', 'harvest', 'meeting')", name=op.f("ck_snapshot_moment")
        ),
        sa.UniqueConstraint(
            "cohort_id", "moment", "number", name=op.f("uq_snapshot_cohort_id_moment_number")
        ),
    )
    _table(
        "told_answer",
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("share", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.CheckConstraint("share IN ('most', 'half', 'few')", name=op.f("ck_told_answer_share")),
        sa.CheckConstraint("(count IS NULL) = (people IS NULL)", name=op.f("ck_told_answer_numbers")),
        sa.CheckConstraint("people >= 20", name=op.f("ck_told_answer_people")),
        sa.CheckConstraint("count >= 5", name=op.f("ck_told_answer_count")),
        sa.CheckConstraint(
            "people - count = 0 OR people - count >= 5", name=op.f("ck_told_answer_remainder")
        ),
        sa.CheckConstraint("meeting = 0 OR count IS NULL", name=op.f("ck_told_answer_meeting")),
        sa.UniqueConstraint(
            "cohort_id", "meeting", "item", "cell", name=op.f("uq_told_answer_cohort_id_meeting_item_cell")
        ),
    )
    _note_those_taken()


def _note_those_taken() -> None:
    """The groups that were counted before: a row each."""
    connection = op.get_bind()
    figure, snapshot = (
        sa.table(
            name,
            *(sa.column(each, sa.Uuid()) for each in ("id", "organisation_id", "cohort_id")),
            sa.column("moment", sa.String()),
            sa.column("number", sa.Integer()),
            sa.column("taken_on", sa.Date()),
        )
        for name in ("figure", "snapshot")
    )
    taken = sa.select(
        figure.c.organisation_id, figure.c.cohort_id, figure.c.moment, sa.func.min(figure.c.taken_on)
    ).group_by(figure.c.organisation_id, figure.c.cohort_id, figure.c.moment)
    for organisation_id, cohort_id, moment, taken_on in connection.execute(taken).all():
        ids = {"id": uuid4(), "organisation_id": organisation_id, "cohort_id": cohort_id}
        connection.execute(
            sa.insert(snapshot).values(**ids, moment=moment, number=0, taken_on=taken_on)
        )


def downgrade() -> None:
    op.drop_table("told_answer")
    op.drop_table("snapshot")
