"""What people want of their mails: days off, leave, few of them, none of their own words, or none at all.

Planning reads these without anybody's key, so they stand in the clear and hold no words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _check(table: str, name: str, says: str) -> None:
    """Lets a check of a table say something else."""
    named = op.f(f"ck_{table}_{name}")
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(named, type_="check")
        changed.create_check_constraint(named, says)


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_leave_days")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_leave_organisation_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_leave_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_leave_tenant"),
        sa.UniqueConstraint(
            "person_id", "first_on", "last_on", name=op.f("uq_leave_person_id_first_on_last_on")
        ),
    )
    op.create_index(op.f("ix_leave_person_id"), "leave", ["person_id"])
    op.add_column("person", sa.Column("free_weekdays", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "person", sa.Column("without_words", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _check("enrolment", "mail_status", "mail_status IN ('on', 'few', 'paused', 'stopped')")
    _check("mailbox", "status", "status IN ('open', 'refused', 'stopped')")


def downgrade() -> None:
    op.execute("UPDATE enrolment SET mail_status = 'on' WHERE mail_status = 'few'")
    op.execute("UPDATE mailbox SET status = 'refused' WHERE status = 'stopped'")
    _check("mailbox", "status", "status IN ('open', 'refused')")
    _check("enrolment", "mail_status", "mail_status IN ('on', 'paused', 'stopped')")
    op.drop_column("person", "without_words")
    op.drop_column("person", "free_weekdays")
    op.drop_table("leave")
