"""A trainer has an example of a letter sent to themselves: a delivery may be for a person who takes part in nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OF_TWO = "(enrolment_id IS NULL) <> (contact_id IS NULL)"
OF_THREE = " + ".join(
    f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in ("enrolment_id", "contact_id", "person_id")
)


def upgrade() -> None:
    addressee = op.f("ck_delivery_addressee")
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        table.drop_constraint(addressee, type_="check")
        table.create_check_constraint(addressee, f"{OF_THREE} = 1")
        table.create_unique_constraint(
            op.f("uq_delivery_person_id_step_occurrence"), ["person_id", "step", "occurrence"]
        )
        table.create_foreign_key(
            op.f("fk_delivery_organisation_id_person_id"),
            "person",
            ["organisation_id", "person_id"],
            ["organisation_id", "id"],
        )


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE person_id IS NOT NULL")
    addressee = op.f("ck_delivery_addressee")
    with op.batch_alter_table("delivery") as table:
        table.drop_constraint(op.f("fk_delivery_organisation_id_person_id"), type_="foreignkey")
        table.drop_constraint(op.f("uq_delivery_person_id_step_occurrence"), type_="unique")
        table.drop_constraint(addressee, type_="check")
        table.create_check_constraint(addressee, OF_TWO)
        table.drop_column("person_id")
