"""A Redis that forgets everything, or goes away for a while, under workers and a beat that stay."""

from datetime import date

import pytest
from sqlalchemy import func, select

from lti_tool.models.rounds import RoundRun
from tests.factories import at
from tests.faults.nudging import PATIENCE_SECONDS
from tests.load import crowd
from tests.processes import await_that

PEOPLE = 20
BEFORE = at(date(2026, 12, 7), 8)
pytestmark = pytest.mark.redis


@pytest.fixture
def waiting(scene):
    """Nudges that are due in an hour and a half."""
    scene.gather(PEOPLE)
    scene.move_to(BEFORE)
    return scene


def rounds_ended(scene):
    with scene.work.reading() as session:
        ended = RoundRun.name == "deliver", RoundRun.ended_at.is_not(None)
        return session.scalar(select(func.count()).select_from(RoundRun).where(*ended))


def await_rounds(scene, number):
    await_that(lambda: rounds_ended(scene) >= number, PATIENCE_SECONDS, "rounds of delivery")


def check_each_went_once(scene):
    found = scene.tally()
    assert (found.at_the_sink, found.unknown.total(), found.twice, found.lost) == (PEOPLE, 0, 0, 0)


def test_a_redis_that_was_emptied_is_used_again_as_it_is(waiting, redis_server):
    with waiting.at_work():
        await_rounds(waiting, 2)
        redis_server.empty()
        waiting.move_to(crowd.DUE)
        waiting.await_end()

    check_each_went_once(waiting)


def test_a_redis_that_was_away_is_used_again_when_it_is_back(waiting, redis_server):
    with waiting.at_work():
        await_rounds(waiting, 2)
        redis_server.kill()
        waiting.move_to(crowd.DUE)
        redis_server.start()
        waiting.await_end()

    check_each_went_once(waiting)
