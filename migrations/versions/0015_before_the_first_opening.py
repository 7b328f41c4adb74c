"""Activities before their link was opened, and trainings before their days were given.

A whole training can be chosen in the LMS at once, or come with a copied course. Its links are known only when
somebody opens them, by the id in their custom parameters, which copies keep.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("lms_id", sa.Uuid()))
    op.add_column("track", sa.Column("root_id", sa.Uuid()))
    op.execute("UPDATE activity SET lms_id = id")
    op.execute("UPDATE track SET root_id = id")
    with op.batch_alter_table("activity") as table:
        table.alter_column("lms_id", nullable=False)
        table.alter_column("link_id", nullable=True)
        table.alter_column("instrument_version_id", nullable=True)
        table.create_unique_constraint(op.f("uq_activity_track_id_lms_id"), ["track_id", "lms_id"])
        table.create_index(op.f("ix_activity_lms_id"), ["lms_id"])
    with op.batch_alter_table("track") as table:
        table.alter_column("root_id", nullable=False)
        table.create_unique_constraint(op.f("uq_track_course_id_root_id"), ["course_id", "root_id"])


def downgrade() -> None:
    # What was never opened cannot be told without these columns.
    op.execute("DELETE FROM activity WHERE link_id IS NULL OR instrument_version_id IS NULL")
    with op.batch_alter_table("track") as table:
        table.drop_constraint(op.f("uq_track_course_id_root_id"), type_="unique")
        table.drop_column("root_id")
    with op.batch_alter_table("activity") as table:
        table.drop_index(op.f("ix_activity_lms_id"))
        table.drop_constraint(op.f("uq_activity_track_id_lms_id"), type_="unique")
        table.alter_column("instrument_version_id", nullable=False)
        table.alter_column("link_id", nullable=False)
        table.drop_column("lms_id")
