"""Questions about the content of a training: what its trainer asks, and which of them a letter brought to whom."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import SealedBytes, UTCDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recall_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", SealedBytes(), nullable=False),
        sa.Column("answer", SealedBytes(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_recall_question_number")),
        _within("recall_question", "track_id", "track"),
        _of_organisation("recall_question"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_question")),
        sa.UniqueConstraint("track_id", "number", name=op.f("uq_recall_question_track_id_number")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_recall_question_tenant"),
    )
    op.create_table(
        "recall",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.String(length=30), nullable=True),
        sa.Column("said_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("said IN ('knew', 'almost', 'forgot')", name=op.f("ck_recall_said")),
        sa.CheckConstraint("(said IS NULL) = (said_at IS NULL)", name=op.f("ck_recall_answered")),
        _within("recall", "enrolment_id", "enrolment"),
        _within("recall", "delivery_id", "delivery"),
        _within("recall", "question_id", "recall_question"),
        _of_organisation("recall"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
        sa.UniqueConstraint("enrolment_id", "question_id", name=op.f("uq_recall_enrolment_id_question_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_recall_tenant"),
    )
    for column in ("delivery_id", "question_id"):
        op.create_index(op.f(f"ix_recall_{column}"), "recall", [column])


def downgrade() -> None:
    op.drop_table("recall")
    op.drop_table("recall_question")
    # Who chose these mails gets those of the profile that they add to.
    op.execute("UPDATE track SET cadence = 'standard' WHERE cadence = 'intensive'")


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organisation_id_{column}"),
    )


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id")
    )
