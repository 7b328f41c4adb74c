"""What a training is for as a whole, where its trainer says so: for whom its goal is, and what kind of learning."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

WORDS = {
    "goal_level": "'individual', 'team', 'organisation', 'profession', 'society'",
    "kind": "'knowledge', 'insight', 'skill'",
}


def upgrade() -> None:
    with op.batch_alter_table("track") as table:
        for column, words in WORDS.items():
            table.add_column(sa.Column(column, sa.String(length=30), nullable=True))
            table.create_check_constraint(op.f(f"ck_track_{column}"), f"{column} IN ({words})")


def downgrade() -> None:
    with op.batch_alter_table("track") as table:
        for column in WORDS:
            table.drop_constraint(op.f(f"ck_track_{column}"), type_="check")
            table.drop_column(column)
