"""A mail server that goes wrong in the midst of real workers' rounds, and comes to itself again."""

import socket
import time

import pytest

PEOPLE = 60
WORKERS = 2
FIRST = 10
# A worker waits 10 s for a greeting, and 30 s for the word on a whole letter.
NO_GREETING, NO_ANSWER, LATE_ANSWER = 15, 33, 50


def falls_silent_before_its_greeting(sink):
    """It is replaced by something that takes connections and says nothing."""
    sink.leave()
    with socket.create_server(("127.0.0.1", sink.port)):
        time.sleep(NO_GREETING)
    sink.come()


def hangs_after_a_letter(sink):
    """It has the letter, and says so when nobody listens any more."""
    before, sink.seconds = sink.seconds, LATE_ANSWER
    time.sleep(NO_ANSWER)
    sink.seconds = before


def drops_the_line_after_a_letter(sink):
    sink.silent = True
    time.sleep(5)
    sink.silent = False


def refuses_for_now(sink):
    sink.says = {"MAIL": "421 too busy, goodbye"}
    time.sleep(3)
    sink.says = {"RCPT": "451 not now"}
    time.sleep(3)
    sink.says = {}


def answers_slowly(sink):
    """Slower than a lease lasts where workers are killed on purpose."""
    before, sink.seconds = sink.seconds, 6.0
    time.sleep(20)
    sink.seconds = before


@pytest.mark.parametrize(
    ("goes_wrong", "unknown"),
    [
        (falls_silent_before_its_greeting, WORKERS),
        (hangs_after_a_letter, WORKERS),
        (drops_the_line_after_a_letter, WORKERS),
        (refuses_for_now, 0),
        (answers_slowly, 0),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_nudge_goes_once_or_is_known_to_be_unknown(scene, goes_wrong, unknown):
    scene.gather(PEOPLE)

    with scene.at_work(WORKERS):
        scene.await_letters(FIRST)
        goes_wrong(scene.sink)
        scene.await_end()

    found = scene.tally()
    print(f"\na mail server that {goes_wrong.__name__.replace('_', ' ')}: {found}")
    assert (found.nudges, found.twice, found.lost) == (PEOPLE, 0, 0)
    assert found.unknown.total() <= unknown
    assert found.at_the_sink + found.unknown.total() >= PEOPLE
