"""Links by which notes come into a logbook: only the hash of each. A note says how it came in, so that its
writer sees when somebody else has the link."""

import sqlalchemy as sa
from alembic import op

from lti_tool.models.base import UTCDateTime

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_note_link_organisation_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_note_link_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_link")),
        sa.UniqueConstraint(
            "organisation_id", "person_id", name=op.f("uq_note_link_organisation_id_person_id")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_note_link_token_hash")),
        sa.UniqueConstraint("organisation_id", "id", name="uq_note_link_tenant"),
    )
    with op.batch_alter_table("note") as table:
        table.add_column(sa.Column("way", sa.String(length=30), nullable=False, server_default="tool"))
        table.create_check_constraint(op.f("ck_note_way"), "way IN ('tool', 'link')")


def downgrade() -> None:
    op.drop_table("note_link")
    with op.batch_alter_table("note") as table:
        table.drop_constraint(op.f("ck_note_way"), type_="check")
        table.drop_column("way")
