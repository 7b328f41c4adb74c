"""Contacts of a group and leaders of one person, and letters to them.

A delivery is for one enrolment or one contact; team cards have a slot of their own in the week.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
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
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'contact') = (cohort_id IS NOT NULL)", name=op.f("ck_contact_cohort")),
        sa.CheckConstraint("(kind = 'leader') = (enrolment_id IS NOT NULL)", name=op.f("ck_contact_leader")),
        sa.CheckConstraint("kind IN ('contact', 'leader')", name=op.f("ck_contact_kind")),
        sa.CheckConstraint(
            "status IN ('invited', 'confirmed', 'stopped', 'removed')", name=op.f("ck_contact_status")
        ),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_contact_mailbox_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"],
            ["cohort.organisation_id", "cohort.id"],
            name=op.f("fk_contact_organisation_id_cohort_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "enrolment_id"],
            ["enrolment.organisation_id", "enrolment.id"],
            name=op.f("fk_contact_organisation_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "named_by"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_contact_organisation_id_named_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contact_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("cohort_id", "mailbox_id", name=op.f("uq_contact_cohort_id_mailbox_id")),
        sa.UniqueConstraint("enrolment_id", "mailbox_id", name=op.f("uq_contact_enrolment_id_mailbox_id")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_contact_tenant"),
    )
    for column in ("cohort_id", "enrolment_id", "mailbox_id"):
        op.create_index(op.f(f"ix_contact_{column}"), "contact", [column])
    op.add_column("organisation", sa.Column("mail_domains", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("contact_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("also", sa.Text(), nullable=True))
        table.alter_column("enrolment_id", existing_type=sa.Uuid(), nullable=True)
        table.create_check_constraint(op.f("ck_delivery_addressee"), "(enrolment_id IS NULL) <> (contact_id IS NULL)")
        table.create_unique_constraint(
            op.f("uq_delivery_contact_id_step_occurrence"), ["contact_id", "step", "occurrence"]
        )
        table.create_foreign_key(
            op.f("fk_delivery_organisation_id_contact_id"),
            "contact",
            ["organisation_id", "contact_id"],
            ["organisation_id", "id"],
        )
    _check("mailbox_week", "slot", "slot BETWEEN 1 AND 4")


def downgrade() -> None:
    for table in ("mailbox_day", "mailbox_week"):
        op.execute(
            f"DELETE FROM {table} WHERE delivery_id IN (SELECT id FROM delivery WHERE contact_id IS NOT NULL)"
        )
    op.execute("DELETE FROM delivery WHERE contact_id IS NOT NULL")
    _check("mailbox_week", "slot", "slot BETWEEN 1 AND 3")
    with op.batch_alter_table("delivery") as table:
        table.drop_constraint(op.f("ck_delivery_addressee"), type_="check")
        table.drop_constraint(op.f("fk_delivery_organisation_id_contact_id"), type_="foreignkey")
        table.drop_constraint(op.f("uq_delivery_contact_id_step_occurrence"), type_="unique")
        table.alter_column("enrolment_id", existing_type=sa.Uuid(), nullable=False)
        table.drop_column("also")
        table.drop_column("contact_id")
    op.drop_column("organisation", "mail_domains")
    op.drop_table("contact")
