"""What is due is found in the order in which it goes, without looking at anything else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, select, text

from lti_tool.models.contacts import Contact
from lti_tool.models.deliveries import CLAIMED_TOGETHER, Delivery, Kind
from lti_tool.rounds import deliver
from lti_tool.services import contacts, deliveries, freshness, own_addresses, silences
from tests import factories
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON)
LATER = at(ENDED_ON + timedelta(days=3))


def plan_of(session, ask, table="delivery"):
    """How the database finds the rows that are asked for, in one text."""
    said = []

    def note(connection, cursor, statement, values, context, many):
        said.append((statement, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    statement, values = next(each for each in said if table in each[0])
    explain = "EXPLAIN QUERY PLAN"
    if engine.dialect.name == "postgresql":
        # A few rows are read all together, whatever indexes there are.
        for way in ("seqscan", "bitmapscan"):
            session.execute(text(f"SET LOCAL enable_{way} = off"))
        explain = "EXPLAIN"
    answer = session.connection().exec_driver_sql(f"{explain} {statement}", values)
    return "\n".join(map(str, answer))


@pytest.mark.database
@pytest.mark.parametrize("kinds", CLAIMED_TOGETHER)
def test_what_is_claimed_together_stands_in_order_in_an_index_of_its_own(work, session, kinds):
    factories.learner(session, factories.place(work, session))
    unless = freshness.goes_first(NOW) if Kind.NUDGE in kinds else None

    found = plan_of(
        session, lambda: deliveries.claim(session, kinds, deliver.BATCH, deliver.LEASE, NOW, unless)
    )

    assert f"ix_delivery_due_{'_'.join(kinds)}" in found
    assert "Sort" not in found
    assert "TEMP B-TREE" not in found


@pytest.mark.database("postgresql")
def test_a_claim_enters_its_rows_in_no_index_anew(work, session):
    factories.learner(session, factories.place(work, session))
    session.commit()

    claims = deliveries.claim(session, [Kind.NUDGE], deliver.BATCH, deliver.LEASE, LATER)

    counted = text("SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'delivery'")
    assert tuple(session.execute(counted).one()) == (len(claims), len(claims))
    assert claims


@pytest.mark.database
def test_whether_the_mail_server_is_silent_is_known_without_a_look_at_all_letters(work, session):
    factories.learner(session, factories.place(work, session))

    found = plan_of(session, lambda: silences.holds(session, deliver.NAME, NOW.real))

    assert "ix_delivery_no_answer" in found


@pytest.mark.database
def test_what_nobody_answered_in_time_is_found_without_a_look_at_the_rest(work, session):
    named = work.keyring.named

    invitations = plan_of(session, lambda: contacts.lapse(session, named, NOW.calendar), "contact")
    addresses = plan_of(session, lambda: own_addresses.lapse(session, NOW.real), "own_address")

    assert "ix_contact_invited" in invitations
    assert "ix_own_address_not_confirmed" in addresses


@pytest.mark.database
@pytest.mark.parametrize(
    ("column", "index"),
    [
        (Delivery.activity_id, "ix_delivery_activity_id"),
        (Contact.named_by, "ix_contact_named_by"),
    ],
)
def test_what_hangs_from_something_that_is_removed_is_found_by_an_index(work, session, column, index):
    rows = select(column).where(column == uuid4())

    assert index in plan_of(session, lambda: session.scalars(rows).all(), column.class_.__tablename__)
