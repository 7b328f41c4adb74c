"""Workers that are killed while they send, at moments that chance chooses."""

import os
import random
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from lti_tool.services import deliveries
from tests.faults.nudging import BEAT, Nudging

SEED = "FAULTS_SEED"


@dataclass(frozen=True)
class Size:
    """How many nudges, how many of them to addresses that are closed, and how many kills."""

    nudges: int
    closed: int
    kills: int


def seed() -> int:
    """The one that is asked for, so that a failure can be repeated; else any."""
    return int(os.environ.get(SEED) or secrets.randbits(32))


def kill_on_the_way(
    scene: Nudging, size: Size, chance: random.Random, upset: Callable[[], object] = lambda: None
) -> None:
    """Two workers send everything; the one that was there longest is killed, and another takes its place.

    Each sends one letter at a time, so that a kill leaves one unknown at most. upset: what else happens.
    """
    letters = size.nudges - size.closed
    moments = sorted(chance.sample(range(5, letters - 10), size.kills))
    processes = deque([scene.start(*BEAT), scene.worker(), scene.worker()])
    beat = processes.popleft()
    try:
        for moment in moments:
            scene.await_letters(moment)
            time.sleep(chance.uniform(0, 2 * scene.sink.seconds))
            processes.popleft().kill()
            if chance.random() < 0.5:
                upset()
            processes.append(scene.worker())
        scene.await_end()
    finally:
        for process in (beat, *processes):
            process.kill()


def tell_and_check(scene: Nudging, size: Size, name: str, used: int, seconds: float) -> None:
    """Says in a line what became of all, and holds it against the promise."""
    found = scene.tally()
    print(f"\n{name}: {size.kills} kills, {found}, {seconds:.0f} s, {SEED}={used}")
    assert found.nudges == size.nudges
    assert (found.twice, found.lost) == (0, 0)
    assert set(found.unknown) <= {deliveries.WORKER_DIED}
    assert found.unknown.total() <= size.kills
    assert found.skipped == {"address_refused": size.closed}


def run(scene: Nudging, size: Size, name: str, upset: Callable[[], object] = lambda: None) -> None:
    """From the first letter to the last, with all kills."""
    used, began = seed(), time.monotonic()
    scene.gather(size.nudges, size.closed)
    kill_on_the_way(scene, size, random.Random(used), upset)  # noqa: S311  nothing secret
    tell_and_check(scene, size, name, used, time.monotonic() - began)
