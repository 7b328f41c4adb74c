"""Who opened what people let others read, so that those people see it: a row a thing and a reader, however often."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OWNERS = (("enrolment_id", "enrolment"), ("reader_id", "person"), ("contact_id", "contact"))


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["organisation_id", column],
                [f"{table}.organisation_id", f"{table}.id"],
                name=op.f(f"fk_reading_organisation_id_{column}"),
            )
            for column, table in OWNERS
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_reading_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_reading_tenant"),
        *(
            sa.UniqueConstraint(
                "enrolment_id", "what", "kind", reader, name=op.f(f"uq_reading_enrolment_id_what_kind_{reader}")
            )
            for reader in ("reader_id", "contact_id")
        ),
        sa.CheckConstraint("kind IN ('trainer', 'buddy', 'team')", name=op.f("ck_reading_kind")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_reading_days")),
        sa.CheckConstraint("reader_id IS NULL OR contact_id IS NULL", name=op.f("ck_reading_one_reader")),
    )
    op.create_index(op.f("ix_reading_last_on"), "reading", ["last_on"])
    for reader in ("reader_id", "contact_id"):
        there = sa.text(f"{reader} IS NOT NULL")
        op.create_index(
            f"ix_reading_{reader}", "reading", [reader], sqlite_where=there, postgresql_where=there
        )


def downgrade() -> None:
    op.drop_table("reading")
