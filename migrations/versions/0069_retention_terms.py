"""An organisation chooses how long it keeps each kind of data."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

BOUNDS = {
    "training": (200, 3650),
    "logbook": (90, 3650),
    "entries": (90, 3650),
    "drafts": (7, 365),
    "away": (200, 3650),
    "readings": (30, 3650),
    "people": (90, 3650),
}


def upgrade() -> None:
    words = ", ".join(f"'{matter}'" for matter in BOUNDS)
    each = " ".join(
        f"WHEN '{matter}' THEN days BETWEEN {least} AND {most}" for matter, (least, most) in BOUNDS.items()
    )
    op.create_table(
        "retention_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.String(length=30), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_retention_term_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_term")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_retention_term_tenant"),
        sa.UniqueConstraint(
            "organisation_id", "matter", name=op.f("uq_retention_term_organisation_id_matter")
        ),
        sa.CheckConstraint(f"matter IN ({words})", name=op.f("ck_retention_term_matter")),
        sa.CheckConstraint(f"CASE matter {each} END", name=op.f("ck_retention_term_days")),
    )


def downgrade() -> None:
    op.drop_table("retention_term")
