"""Who runs the platform and has no part in a course sees whether its training works: a role of its own."""

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

NAME = "ck_membership_role"


def _let(*words: str) -> None:
    quoted = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("membership") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), f"role IN ({quoted})")


def upgrade() -> None:
    _let("trainer", "looker", "learner", "administrator", "none")


def downgrade() -> None:
    op.execute("UPDATE membership SET role = 'none' WHERE role = 'administrator'")
    _let("trainer", "looker", "learner", "none")
