"""Workers that are killed while they send: each letter goes out once, or is known to be unknown.

The full form, on both databases with both brokers, is in long_kills.py (`make faults`).
"""

import pytest

from tests.faults import killing
from tests.faults.killing import Size

SMALL = Size(nudges=300, closed=6, kills=5)


def test_on_sqlite_each_letter_goes_out_once_however_often_a_worker_is_killed(scene):
    killing.run(scene, SMALL, "SQLite, files")


@pytest.mark.redis
@pytest.mark.database("postgresql")
def test_on_postgresql_neither_killed_workers_nor_an_emptied_redis_lose_or_double_a_letter(
    scene, redis_server
):
    killing.run(scene, SMALL, "PostgreSQL, Redis", redis_server.empty)
