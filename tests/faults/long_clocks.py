"""A calendar that jumps by hours, forward and back, while workers send."""

import random
import time
from datetime import date, timedelta

import pytest

from lti_tool.domain.clock import Now
from tests.factories import at
from tests.faults import killing

PEOPLE = 300
JUMPS = 12
SUNDAY_EVENING, WEDNESDAY = at(date(2026, 12, 6), 20), at(date(2026, 12, 9), 10)


@pytest.mark.database
def test_each_nudge_goes_once_however_the_calendar_jumps(scene):
    seed = killing.seed()
    chance = random.Random(seed)  # noqa: S311  nothing secret
    scene.gather(PEOPLE)

    with scene.at_work(workers=2):
        for sent in sorted(chance.sample(range(PEOPLE), JUMPS)):
            until = time.monotonic() + 10
            while not scene.sink.has(sent) and time.monotonic() < until:
                time.sleep(0.02)
            jump = timedelta(hours=chance.uniform(0, 60))
            scene.move_to(Now(SUNDAY_EVENING.real + jump, SUNDAY_EVENING.calendar + jump))
        scene.move_to(WEDNESDAY)
        scene.await_end()

    found = scene.tally()
    print(f"\nthe calendar jumped {JUMPS} times: {found}, {killing.SEED}={seed}")
    assert (found.nudges, found.at_the_sink, found.twice, found.lost) == (PEOPLE, PEOPLE, 0, 0)
