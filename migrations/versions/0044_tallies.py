"""Choices that people add to the picture of their group, without their name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from lti_tool.models.base import SealedBytes

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def _table(name: str, owner: str, *more: SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(f"{owner}_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["organisation_id", f"{owner}_id"],
            [f"{owner}.organisation_id", f"{owner}.id"],
            name=op.f(f"fk_{name}_organisation_id_{owner}_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{name}_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"],
            ["instrument_version.id"],
            name=op.f(f"fk_{name}_instrument_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("organisation_id", "id", name=f"uq_{name}_tenant"),
    )


def upgrade() -> None:
    _table("ballot", "cohort", sa.Column("choices", SealedBytes(), nullable=False))
    op.create_index(op.f("ix_ballot_cohort_id"), "ballot", ["cohort_id"])
    _table(
        "counted",
        "enrolment",
        sa.UniqueConstraint(
            "enrolment_id", "instrument_version_id", name=op.f("uq_counted_enrolment_id_instrument_version_id")
        ),
    )
    _table(
        "tally",
        "cohort",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.UniqueConstraint(
            "cohort_id",
            "instrument_version_id",
            "item",
            "cell",
            name=op.f("uq_tally_cohort_id_instrument_version_id_item_cell"),
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_tally_count")),
    )
    _table(
        "spread_figure",
        "cohort",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.UniqueConstraint(
            "cohort_id", "instrument_version_id", "item", "cell", "snapshot", name="uq_spread_figure_cell"
        ),
        sa.CheckConstraint("people >= 5", name=op.f("ck_spread_figure_people")),
        sa.CheckConstraint("count >= 5", name=op.f("ck_spread_figure_count")),
        sa.CheckConstraint(
            "people - count = 0 OR people - count >= 5", name=op.f("ck_spread_figure_remainder")
        ),
    )


def downgrade() -> None:
    for name in ("spread_figure", "tally", "counted", "ballot"):
        op.drop_table(name)
