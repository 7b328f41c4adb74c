"""An organisation may compare two cadences: what was declared and told, and who counts along meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

TOLD = ("usual_people", "other_people", "usual_share", "other_share", "low", "high")


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


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_comparison_{name}"))


def upgrade() -> None:
    op.create_table(
        "comparison",
        *_tenant("comparison"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("drawn_by", sa.String(length=30), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in TOLD),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_comparison_organisation_id_number")),
        _check("measure", "measure IN ('first_use', 'answered')"),
        _check("drawn_by", "drawn_by IN ('person', 'group')"),
        _check("status", "status IN ('declared', 'running', 'reported', 'stopped')"),
        _check("cadences", "usual <> other"),
        _check("difference", "difference BETWEEN 5 AND 20"),
        _check("started", "(status = 'declared') = (started_on IS NULL)"),
        _check("ended", "(status IN ('reported', 'stopped')) = (ended_on IS NOT NULL)"),
        _check("people", "(usual_people IS NULL) = (other_people IS NULL)"),
        *(_check(name, f"(usual_people IS NULL) = ({name} IS NULL)") for name in TOLD[2:]),
        _check("told", "usual_people IS NULL OR status = 'reported'"),
    )
    running = sa.text("status = 'running'")
    op.create_index(
        "ix_comparison_status", "comparison", ["status"], postgresql_where=running, sqlite_where=running
    )
    op.create_table(
        "drawn",
        *_tenant("drawn"),
        sa.Column("comparison_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("arm", sa.String(length=30), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        _within("drawn", "comparison_id", "comparison"),
        _within("drawn", "enrolment_id", "enrolment"),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_drawn_enrolment_id")),
        sa.CheckConstraint("arm IN ('usual', 'other')", name=op.f("ck_drawn_arm")),
    )
    op.create_index(op.f("ix_drawn_comparison_id"), "drawn", ["comparison_id"])


def downgrade() -> None:
    op.drop_table("drawn")
    op.drop_table("comparison")
