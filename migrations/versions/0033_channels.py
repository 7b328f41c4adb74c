"""Team cards may also go to a channel of Teams or Slack: a contact that is no person, and a kind of delivery."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KINDS = {
    "contact": (("contact", "leader"), ("contact", "leader", "channel")),
    "delivery": (("nudge", "digest", "service", "score"), ("nudge", "digest", "post", "service", "score")),
}
COHORT = ("(kind = 'contact') = (cohort_id IS NOT NULL)", "(kind <> 'leader') = (cohort_id IS NOT NULL)")


def upgrade() -> None:
    _change(1)


def downgrade() -> None:
    channels = "SELECT id FROM contact WHERE kind = 'channel'"
    posts = f"SELECT id FROM delivery WHERE contact_id IN ({channels})"
    for taken in ("mailbox_day", "mailbox_week"):
        op.execute(f"DELETE FROM {taken} WHERE delivery_id IN ({posts})")
    op.execute(f"DELETE FROM delivery WHERE contact_id IN ({channels})")
    op.execute("DELETE FROM contact WHERE kind = 'channel'")
    _change(0)


def _change(which: int) -> None:
    for name, kinds in KINDS.items():
        allowed, own = ", ".join(f"'{kind}'" for kind in kinds[which]), op.f(f"ck_{name}_kind")
        with op.batch_alter_table(name) as table:
            table.drop_constraint(own, type_="check")
            table.create_check_constraint(own, f"kind IN ({allowed})")
            if name == "contact":
                cohort = op.f("ck_contact_cohort")
                table.drop_constraint(cohort, type_="check")
                table.create_check_constraint(cohort, COHORT[which])
