"""Clocks that jump by hours, forward and back, between rounds. With real workers: long_clocks.py."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.rounds import deliver
from tests import factories
from tests.factories import at
from tests.faults import killing

SUNDAY, WEDNESDAY = date(2026, 12, 6), date(2026, 12, 9)
PEOPLE = 20
ROUNDS = 30


@pytest.fixture
def work(build, sink):
    return build(smtp_url=f"smtp://127.0.0.1:{sink.port}").extensions["beklijf"]


def any_moment(chance):
    """Both clocks, each somewhere in three days."""
    jumps = [timedelta(hours=chance.uniform(0, 60)) for _ in range(2)]
    start = at(SUNDAY, 20)
    return Now(real=start.real + jumps[0], calendar=start.calendar + jumps[1])


@pytest.mark.database
def test_each_letter_goes_once_however_both_clocks_jump(work, session, sink):
    where = factories.place(work, session)
    for number in range(PEOPLE):
        factories.learner(session, where, f"p{number}")
    session.commit()
    seed = killing.seed()
    print(f"{killing.SEED}={seed}")
    chance = random.Random(seed)  # noqa: S311  nothing secret

    for _ in range(ROUNDS):
        sink.says = chance.choice([{}, {"RCPT": "451 not now"}])
        deliver.run(work, now=any_moment(chance))
    sink.says = {}
    for hour in (10, 12):
        deliver.run(work, now=at(WEDNESDAY, hour))

    rows = session.scalars(select(Delivery).where(Delivery.step == "plan")).all()
    assert Counter(row.status for row in rows) == {DeliveryStatus.SENT: PEOPLE}
    assert sorted(sink.identities) == sorted(row.message_id for row in rows)
