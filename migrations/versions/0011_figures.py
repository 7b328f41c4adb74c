"""The ledger of figures. The table itself refuses a cell about one to four people.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(length=30), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("moment IN ('leader', 'closed')", name=op.f("ck_figure_moment")),
        sa.CheckConstraint("count = 0 OR count >= 5", name=op.f("ck_figure_count")),
        sa.CheckConstraint("people - count = 0 OR people - count >= 5", name=op.f("ck_figure_remainder")),
        sa.CheckConstraint("people >= 5", name=op.f("ck_figure_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"],
            ["cohort.organisation_id", "cohort.id"],
            name=op.f("fk_figure_organisation_id_cohort_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_figure_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint(
            "cohort_id", "moment", "question", "cell", name=op.f("uq_figure_cohort_id_moment_question_cell")
        ),
        sa.UniqueConstraint("organisation_id", "id", name="uq_figure_tenant"),
    )
    op.create_index(op.f("ix_figure_cohort_id"), "figure", ["cohort_id"])


def downgrade() -> None:
    op.drop_table("figure")
