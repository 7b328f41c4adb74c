"""Addresses that nobody needs any more go; a fingerprint stays, so that nobody is asked twice or gets mail again."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# Of who was taken back, never answered, or was erased, the address was kept until now.
FORGET = """
    UPDATE mailbox SET address = NULL
    WHERE NOT EXISTS (SELECT 1 FROM person WHERE mailbox.id IN (person.mailbox_id, person.lms_mailbox_id))
    AND NOT EXISTS (SELECT 1 FROM own_address WHERE own_address.mailbox_id = mailbox.id)
    AND NOT EXISTS (
        SELECT 1 FROM contact
        WHERE contact.mailbox_id = mailbox.id AND contact.status NOT IN ('removed', 'lapsed')
    )
"""
# Of the right length, and opened by no key.
NO_ADDRESS = bytes(44)


def upgrade() -> None:
    with op.batch_alter_table("mailbox") as table:
        table.alter_column("address", existing_type=sa.LargeBinary(), nullable=True)
    op.execute(FORGET)


def downgrade() -> None:
    # What is not known any more cannot come back; no letter goes there.
    op.get_bind().execute(
        sa.text("UPDATE mailbox SET address = :none WHERE address IS NULL"), {"none": NO_ADDRESS}
    )
    with op.batch_alter_table("mailbox") as table:
        table.alter_column("address", existing_type=sa.LargeBinary(), nullable=False)
