"""What people try in their work from one day on, without a training: nobody is trained, so no letter may say that."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

NAME = "ck_track_pace"


def _allow(words: str) -> None:
    with op.batch_alter_table("track") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), f"pace IN ({words})")


def upgrade() -> None:
    _allow("'together', 'own', 'at_work'")


def downgrade() -> None:
    op.execute("UPDATE track SET pace = 'together' WHERE pace = 'at_work'")
    _allow("'together', 'own'")
