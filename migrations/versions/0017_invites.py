"""Platforms that register themselves: by an invite, and pending until an operator approves.

A registration may also let in who has no `sub`, which an operator switches on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _allow(words: str) -> None:
    named = op.f("ck_platform_status")
    with op.batch_alter_table("platform") as table:
        table.drop_constraint(named, type_="check")
        table.create_check_constraint(named, f"status IN ({words})")


def upgrade() -> None:
    _allow("'pending', 'active', 'removed'")
    with op.batch_alter_table("platform") as table:
        table.add_column(
            sa.Column("allow_anonymous", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("platform") as table:
        table.alter_column("allow_anonymous", server_default=None)
    op.create_table(
        "invite",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("is_trusted", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("platform_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'claimed', 'used')", name=op.f("ck_invite_status")),
        sa.CheckConstraint("organisation_id IS NOT NULL OR NOT is_trusted", name=op.f("ck_invite_trust")),
        sa.CheckConstraint("(status = 'used') = (platform_id IS NOT NULL)", name=op.f("ck_invite_use")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invite_organisation_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_invite_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invite_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("invite")
    with op.batch_alter_table("platform") as table:
        table.drop_column("allow_anonymous")
    # Nobody approved these.
    op.execute("UPDATE platform SET status = 'removed' WHERE status = 'pending'")
    _allow("'active', 'removed'")
