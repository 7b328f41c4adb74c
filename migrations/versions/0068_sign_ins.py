"""Advisers sign in by a link in a mail: a delivery may be for an adviser, and its link becomes a pass."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

OF_THREE = ("enrolment_id", "contact_id", "person_id")
OF_FOUR = (*OF_THREE, "adviser_id")
ADDRESSEE = "ck_delivery_addressee"


def _one_of(columns: tuple[str, ...]) -> str:
    return " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns) + " = 1"


def upgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("adviser_id", sa.Uuid(), nullable=True))
        table.drop_constraint(op.f(ADDRESSEE), type_="check")
        table.create_check_constraint(op.f(ADDRESSEE), _one_of(OF_FOUR))
        table.create_unique_constraint(
            op.f("uq_delivery_adviser_id_step_occurrence"), ["adviser_id", "step", "occurrence"]
        )
        table.create_foreign_key(
            op.f("fk_delivery_organisation_id_adviser_id"),
            "adviser",
            ["organisation_id", "adviser_id"],
            ["organisation_id", "id"],
        )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sign_in_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "adviser_id"],
            ["adviser.organisation_id", "adviser.id"],
            name=op.f("fk_sign_in_organisation_id_adviser_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "delivery_id"],
            ["delivery.organisation_id", "delivery.id"],
            name=op.f("fk_sign_in_organisation_id_delivery_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_sign_in_tenant"),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_sign_in_delivery_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
        sa.CheckConstraint("status IN ('asked', 'open', 'used')", name=op.f("ck_sign_in_status")),
        sa.CheckConstraint("(status = 'asked') = (token_hash IS NULL)", name=op.f("ck_sign_in_token")),
        sa.CheckConstraint("(token_hash IS NULL) = (expires_at IS NULL)", name=op.f("ck_sign_in_term")),
    )
    op.create_index(op.f("ix_sign_in_adviser_id"), "sign_in", ["adviser_id"])


def downgrade() -> None:
    op.drop_table("sign_in")
    op.execute("DELETE FROM delivery WHERE adviser_id IS NOT NULL")
    with op.batch_alter_table("delivery") as table:
        table.drop_constraint(op.f("fk_delivery_organisation_id_adviser_id"), type_="foreignkey")
        table.drop_constraint(op.f("uq_delivery_adviser_id_step_occurrence"), type_="unique")
        table.drop_constraint(op.f(ADDRESSEE), type_="check")
        table.create_check_constraint(op.f(ADDRESSEE), _one_of(OF_THREE))
        table.drop_column("adviser_id")
