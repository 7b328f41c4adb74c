"""A trainer goes through a training as a learner would: the visit of that test person leads back to theirs.

Test people are few, and found without a look at everybody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_visit_back_id", "visit", "back_id", "back_id IS NOT NULL"),
    ("ix_person_is_test", "person", "created_at", "is_test"),
)


def upgrade() -> None:
    with op.batch_alter_table("visit") as table:
        table.add_column(sa.Column("back_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_visit_organisation_id_back_id"),
            "visit",
            ["organisation_id", "back_id"],
            ["organisation_id", "id"],
        )
    for name, table_name, column, rows in INDEXES:
        op.create_index(
            name, table_name, [column], postgresql_where=sa.text(rows), sqlite_where=sa.text(rows)
        )


def downgrade() -> None:
    for name, table_name, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name)
    with op.batch_alter_table("visit") as table:
        table.drop_constraint(op.f("fk_visit_organisation_id_back_id"), type_="foreignkey")
        table.drop_column("back_id")
