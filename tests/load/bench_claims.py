"""Whether claiming a batch takes as long with five million planned letters as with ten thousand."""

import os
import time
from statistics import median

import pytest
from sqlalchemy import event

from lti_tool.models.deliveries import Kind
from lti_tool.rounds import deliver
from lti_tool.services import deliveries, freshness
from tests.load import pile
from tests.load.crowd import DUE

FEW = 10_000
MANY = int(os.environ.get("BENCH_LETTERS", "5_000_000"))
RUNS = 50
MOST_BUFFERS, MOST_TIME = 1.2, 1.5
LETTERS = [Kind.NUDGE, Kind.DIGEST]

pytestmark = pytest.mark.database("postgresql")


def claim(session):
    """A batch, claimed as a round does."""
    return deliveries.claim(session, LETTERS, deliver.BATCH, deliver.LEASE, DUE, freshness.goes_first(DUE))


def seconds(session):
    """How long a batch took, which is taken back at once: the next claims the same."""
    began = time.perf_counter()
    found = claim(session)
    took = time.perf_counter() - began
    session.rollback()
    assert len(found) == deliver.BATCH
    return took


def statements_of(session):
    """All that a claim says to the database, with its values."""
    said = []

    def note(connection, cursor, statement, values, context, many):
        said.append((statement, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    claim(session)
    session.rollback()
    event.remove(engine, "before_cursor_execute", note)
    return said


def explained(session):
    """The plans of a claim that took place, each in lines."""
    said = statements_of(session)
    plans = []
    for statement, values in said:
        explain = f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {statement}"
        plans.append([line for (line,) in session.connection().exec_driver_sql(explain, values)])
    session.rollback()
    return plans


def buffers(plan):
    """How many buffers a statement touched, in memory or not: the first such line speaks of all of it."""
    line = next(line for line in plan if "Buffers:" in line)
    shared = line.split("shared", 1)[1].split(", temp")[0].split()
    return sum(int(each.split("=")[1]) for each in shared if each.startswith(("hit", "read")))


def measured(session, letters):
    """Buffers touched by a batch, and the least of 50 times (seconds)."""
    claims = [explained(session) for _ in range(3)]
    found = claims[-1][0]
    print("\n".join(found))
    assert any("Index Scan using ix_delivery_due_nudge_digest" in line for line in found)
    assert not any("Sort" in line for line in found)
    touched = median(sum(buffers(plan) for plan in plans) for plans in claims)
    times = [seconds(session) for _ in range(RUNS)]
    print(
        f"{letters} planned: {touched:.0f} buffers a batch of {deliver.BATCH};"
        f" least {min(times) * 1000:.1f} ms, median {median(times) * 1000:.1f} ms"
    )
    return touched, min(times)


def test_a_batch_of_five_million_letters_is_claimed_like_one_of_ten_thousand(work, session):
    grown = pile.begin(work, session, MANY)
    grown.grow(0, FEW)
    few_buffers, few_seconds = measured(session, FEW)
    grown.grow(FEW, MANY)
    many_buffers, many_seconds = measured(session, MANY)

    print(f"buffers {many_buffers / few_buffers:.2f}, time {many_seconds / few_seconds:.2f}")
    assert many_buffers <= MOST_BUFFERS * few_buffers
    assert many_seconds <= MOST_TIME * few_seconds
