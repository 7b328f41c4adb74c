"""An operator appoints who reads the figures of an organisation: only an address is known of them."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adviser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox_id", sa.Uuid(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_adviser_organisation_id")
        ),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_adviser_mailbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adviser")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_adviser_tenant"),
        sa.UniqueConstraint(
            "organisation_id", "mailbox_id", name=op.f("uq_adviser_organisation_id_mailbox_id")
        ),
    )
    op.create_index(op.f("ix_adviser_mailbox_id"), "adviser", ["mailbox_id"])


def downgrade() -> None:
    op.drop_table("adviser")
