"""The full form of test_kills.py: 20 kills over 2 000 nudges, on both databases with both brokers."""

import pytest

from tests.faults import killing
from tests.faults.killing import Size

FULL = Size(nudges=2000, closed=40, kills=20)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@pytest.fixture
def name(scene):
    return NAMES[scene.session.get_bind().dialect.name]


@pytest.mark.database
def test_killed_workers_with_files_for_a_broker(scene, name):
    killing.run(scene, FULL, f"{name}, files")


@pytest.mark.redis
@pytest.mark.database
def test_killed_workers_and_an_emptied_redis(scene, name, redis_server):
    killing.run(scene, FULL, f"{name}, Redis", redis_server.empty)
