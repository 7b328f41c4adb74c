"""Instruments with versions and parts, activities, and what people wrote.

An answer keeps the version that it was given to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_version")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_instrument_version_key_version")),
    )
    op.create_table(
        "instrument_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"],
            ["instrument_version.id"],
            name=op.f("fk_instrument_part_instrument_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_part")),
        sa.UniqueConstraint(
            "instrument_version_id", "key", name=op.f("uq_instrument_part_instrument_version_id_key")
        ),
        sa.UniqueConstraint(
            "instrument_version_id",
            "position",
            name=op.f("uq_instrument_part_instrument_version_id_position"),
        ),
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"],
            ["instrument_version.id"],
            name=op.f("fk_activity_instrument_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "link_id"],
            ["resource_link.organisation_id", "resource_link.id"],
            name=op.f("fk_activity_organisation_id_link_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "track_id"],
            ["track.organisation_id", "track.id"],
            name=op.f("fk_activity_organisation_id_track_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_activity_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("link_id", name=op.f("uq_activity_link_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_activity_tenant"),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_track_id"), ["track_id"], unique=False)

    op.create_table(
        "late_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "activity_id"],
            ["activity.organisation_id", "activity.id"],
            name=op.f("fk_late_draft_organisation_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_late_draft_organisation_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_late_draft_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_draft")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_late_draft_tenant"),
        sa.UniqueConstraint(
            "person_id",
            "activity_id",
            "part",
            "step",
            name=op.f("uq_late_draft_person_id_activity_id_part_step"),
        ),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("task", sa.LargeBinary(), nullable=True),
        sa.Column("when_words", sa.LargeBinary(), nullable=True),
        sa.Column("then_words", sa.LargeBinary(), nullable=True),
        sa.Column("cue", sa.LargeBinary(), nullable=True),
        sa.Column("own_on", sa.Date(), nullable=True),
        sa.Column("own_date_number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'prepared') = (made_on IS NULL)", name=op.f("ck_plan_made")),
        sa.CheckConstraint("(status = 'used') = (used_on IS NOT NULL)", name=op.f("ck_plan_used")),
        sa.CheckConstraint("status IN ('prepared', 'made', 'used')", name=op.f("ck_plan_status")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_plan_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_plan_enrolment_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_plan_tenant"),
    )
    op.create_table(
        "reflection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('draft', 'submitted', 'revised')", name=op.f("ck_reflection_status")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "activity_id"],
            ["activity.organisation_id", "activity.id"],
            name=op.f("fk_reflection_organisation_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_reflection_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_reflection_organisation_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["instrument_part.id"], name=op.f("fk_reflection_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
        sa.UniqueConstraint(
            "enrolment_id",
            "activity_id",
            "part_id",
            name=op.f("uq_reflection_enrolment_id_activity_id_part_id"),
        ),
        sa.UniqueConstraint("organisation_id", "id", name="uq_reflection_tenant"),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "reflection_id"],
            ["reflection.organisation_id", "reflection.id"],
            name=op.f("fk_answer_organisation_id_reflection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_answer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_answer_tenant"),
        sa.UniqueConstraint("reflection_id", "item_id", name=op.f("uq_answer_reflection_id_item_id")),
    )


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("reflection")
    op.drop_table("plan")
    op.drop_table("late_draft")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_track_id"))

    op.drop_table("activity")
    op.drop_table("instrument_part")
    op.drop_table("instrument_version")
