"""What a fault needs: a mail server to go wrong, and a crowd whose letters are due."""

from collections.abc import Iterator

import pytest

from tests.faults.nudging import Nudging
from tests.faults.sinks import Sink
from tests.processes import free_port

SECONDS_A_LETTER = 0.03
# One letter in flight in each: as the demo has them where files are the broker, as production with Redis.
SOLO, FORKED = ("--pool=solo",), ("--concurrency=1",)


@pytest.fixture
def sink() -> Iterator[Sink]:
    box = Sink(free_port())
    box.come()
    yield box
    box.leave()


@pytest.fixture
def scene(build, sink, request, tmp_path) -> Iterator[Nudging]:
    """A scene on this test's database, with Redis when it is marked so."""
    with_redis = request.node.get_closest_marker("redis") is not None
    more = {"broker_url": request.getfixturevalue("redis_url")} if with_redis else {}
    work = build(smtp_url=f"smtp://127.0.0.1:{sink.port}", **more).extensions["beklijf"]
    sink.seconds = SECONDS_A_LETTER
    with work.sessions() as session:
        yield Nudging(work, session, sink, tmp_path, FORKED if with_redis else SOLO)
