"""What is told of a group stands in the words that were answered, also when a trainer changes them later."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

# What was counted before stands in the words in which it was shown until now.
AS_SHOWN = """
    UPDATE told_answer SET adaptation_id = (
        SELECT min(activity.adaptation_id)
        FROM activity
        JOIN cohort ON cohort.track_id = activity.track_id
        JOIN instrument_version ON instrument_version.id = activity.instrument_version_id
        WHERE cohort.id = told_answer.cohort_id
        AND instrument_version.phase = CASE WHEN told_answer.meeting = 0 THEN 'post' ELSE 'mid' END
        AND coalesce(activity.meeting_number, 0) = told_answer.meeting
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("told_answer") as batch:
        batch.add_column(sa.Column("adaptation_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_told_answer_organisation_id_adaptation_id"),
            "adaptation",
            ["organisation_id", "adaptation_id"],
            ["organisation_id", "id"],
        )
    # PostgreSQL has no smallest of identifiers before version 18.
    text = AS_SHOWN if op.get_bind().dialect.name == "sqlite" else AS_SHOWN.replace(
        "min(activity.adaptation_id)", "CAST(min(CAST(activity.adaptation_id AS text)) AS uuid)"
    )
    op.execute(text)


def downgrade() -> None:
    with op.batch_alter_table("told_answer") as batch:
        batch.drop_constraint(op.f("fk_told_answer_organisation_id_adaptation_id"), type_="foreignkey")
        batch.drop_column("adaptation_id")
