"""An organisation reads each quarter what becomes of its trainings, by part where groups have a label."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def _tenant(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("organisation_id", "id", name=f"uq_{table}_tenant"),
    )


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organisation_id_{column}"),
    )


def _say_when(moments: str) -> None:
    with op.batch_alter_table("snapshot") as batch:
        batch.drop_constraint(op.f("ck_snapshot_moment"), type_="check")
        batch.create_check_constraint(op.f("ck_snapshot_moment"), f"moment IN ({moments})")


def upgrade() -> None:
    _say_when("'leader', 'closed', 'harvest', 'meeting', 'quarter'")
    op.create_table(
        "unit",
        *_tenant("unit"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_unit_organisation_id_name")),
    )
    with op.batch_alter_table("cohort") as batch:
        batch.add_column(sa.Column("unit_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_cohort_organisation_id_unit_id"),
            "unit",
            ["organisation_id", "unit_id"],
            ["organisation_id", "id"],
        )
    op.create_table(
        "counted_quarter",
        *_tenant("counted_quarter"),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.UniqueConstraint(
            "organisation_id", "quarter", name=op.f("uq_counted_quarter_organisation_id_quarter")
        ),
        sa.CheckConstraint("quarter LIKE '____-Q_'", name=op.f("ck_counted_quarter_quarter")),
    )
    op.create_table(
        "insight",
        *_tenant("insight"),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("track_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("share", sa.String(length=30), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        _within("insight", "unit_id", "unit"),
        _within("insight", "track_id", "track"),
        sa.UniqueConstraint(
            "organisation_id",
            "quarter",
            "level",
            "unit_id",
            "track_id",
            "question",
            "cell",
            name="uq_insight_cell",
        ),
        sa.CheckConstraint("level IN ('organisation', 'unit', 'training')", name=op.f("ck_insight_level")),
        sa.CheckConstraint("share IN ('most', 'half', 'few')", name=op.f("ck_insight_share")),
        sa.CheckConstraint("quarter LIKE '____-Q_'", name=op.f("ck_insight_quarter")),
        sa.CheckConstraint(
            "(level = 'training') = (track_id IS NOT NULL)", name=op.f("ck_insight_training")
        ),
        sa.CheckConstraint("level <> 'organisation' OR unit_id IS NULL", name=op.f("ck_insight_organisation")),
        sa.CheckConstraint("(count IS NULL) = (people IS NULL)", name=op.f("ck_insight_numbers")),
        sa.CheckConstraint("count >= 5", name=op.f("ck_insight_count")),
        sa.CheckConstraint("question = 'people' OR people - count >= 5", name=op.f("ck_insight_remainder")),
        sa.CheckConstraint("people >= 5", name=op.f("ck_insight_people")),
    )
    op.create_index(op.f("ix_insight_quarter"), "insight", ["quarter"])


def downgrade() -> None:
    op.execute("DELETE FROM snapshot WHERE moment = 'quarter'")
    _say_when("'leader', 'closed', 'harvest', 'meeting'")
    op.drop_table("insight")
    op.drop_table("counted_quarter")
    with op.batch_alter_table("cohort") as batch:
        batch.drop_constraint(op.f("fk_cohort_organisation_id_unit_id"), type_="foreignkey")
        batch.drop_column("unit_id")
    op.drop_table("unit")
