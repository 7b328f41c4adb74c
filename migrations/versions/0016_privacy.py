"""Looking at one person's work from the gradebook, and at what is kept of somebody.

A visit from the gradebook says whose work it is about. A data privacy launch has no course, so its pass is a
row of its own. Whoever was erased leaves a tombstone, so that no roster brings them back, and the contacts
whom they named stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _in_tenant(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organisation_id_{column}"),
    )


def upgrade() -> None:
    with op.batch_alter_table("visit") as table:
        table.add_column(sa.Column("about_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_visit_organisation_id_about_id"),
            "person",
            ["organisation_id", "about_id"],
            ["organisation_id", "id"],
        )
        table.create_index(op.f("ix_visit_about_id"), ["about_id"])
    with op.batch_alter_table("contact") as table:
        table.alter_column("named_by", existing_type=sa.Uuid(), nullable=True)
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_tombstone_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint(
            "organisation_id", "fingerprint", name=op.f("uq_tombstone_organisation_id_fingerprint")
        ),
        sa.UniqueConstraint("organisation_id", "id", name="uq_tombstone_tenant"),
    )
    op.create_table(
        "privacy_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("whose", sa.String(length=30), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("return_url", sa.Text(), nullable=True),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("whose IN ('own', 'anothers', 'nobodys')", name=op.f("ck_privacy_visit_whose")),
        _in_tenant("privacy_visit", "deployment_id", "deployment"),
        _in_tenant("privacy_visit", "about_id", "person"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_privacy_visit_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_visit")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_privacy_visit_token_hash")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_privacy_visit_tenant"),
    )
    op.create_index(op.f("ix_privacy_visit_about_id"), "privacy_visit", ["about_id"])


def downgrade() -> None:
    op.drop_table("privacy_visit")
    op.drop_table("tombstone")
    op.execute(
        "DELETE FROM mailbox_day WHERE delivery_id IN (SELECT delivery.id FROM delivery "
        "JOIN contact ON contact.id = delivery.contact_id WHERE contact.named_by IS NULL)"
    )
    op.execute(
        "DELETE FROM mailbox_week WHERE delivery_id IN (SELECT delivery.id FROM delivery "
        "JOIN contact ON contact.id = delivery.contact_id WHERE contact.named_by IS NULL)"
    )
    op.execute(
        "DELETE FROM delivery WHERE contact_id IN (SELECT id FROM contact WHERE contact.named_by IS NULL)"
    )
    op.execute("DELETE FROM contact WHERE named_by IS NULL")
    with op.batch_alter_table("contact") as table:
        table.alter_column("named_by", existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table("visit") as table:
        table.drop_index(op.f("ix_visit_about_id"))
        table.drop_constraint(op.f("fk_visit_organisation_id_about_id"), type_="foreignkey")
        table.drop_column("about_id")
