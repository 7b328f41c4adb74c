"""A database that goes away between a letter and its record. With real workers: long_databases.py."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.rounds import deliver
from tests import factories
from tests.factories import at
from tests.faults import postgresql
from tests.processes import await_that

MONDAY = date(2026, 12, 7)


@pytest.fixture
def work(build, sink):
    return build(smtp_url=f"smtp://127.0.0.1:{sink.port}").extensions["beklijf"]


@pytest.mark.database("postgresql")
def test_what_went_while_postgresql_was_away_counts_as_sent_and_what_did_not_goes_later(
    work, session, sink, postgresql_server
):
    postgresql.make_durable(work)
    where = factories.place(work, session)
    for name in ("first", "second"):
        factories.learner(session, where, name)
    session.commit()
    sink.seconds = 1.0

    with ThreadPoolExecutor(1) as other:
        round_of_ours = other.submit(deliver.run, work, now=at(MONDAY))
        await_that(lambda: sink.has(1), 20, "the letter")
        postgresql.restart(postgresql_server)
        assert isinstance(round_of_ours.exception(), OperationalError)
    meanwhile = list(sink.taken)
    deliver.run(work, now=at(MONDAY, 9, 40))

    rows = session.scalars(select(Delivery).where(Delivery.step == "plan")).all()
    assert len(meanwhile) == 1
    assert [row.status for row in rows] == [DeliveryStatus.SENT] * 2
    assert sorted(sink.identities) == sorted(row.message_id for row in rows)
