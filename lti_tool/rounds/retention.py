"""What is kept no longer than it is needed for."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from lti_tool.domain.clock import Now
from lti_tool.rounds import erasing, transactions, trials
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import archive_links, contact_expiry, invites, readings, rounds, sign_ins, tallies

log = logging.getLogger("beklijf.retention")


@dataclass(frozen=True)
class Removed:
    """How many were removed.

    contacts: people and channels that followed a training. ballots: choices never counted. readings: who
    read what. archives: links to somebody's words that open nothing any more. trials: people as whom a
    trainer looked.
    """

    contacts: int
    invites: int
    ballots: int
    readings: int
    archives: int
    trials: int


def run(work: Workplace, *, now: Now) -> Removed:
    """Removes what is past its term, and whom a restore brought back. Harmless when run twice at once."""
    erasing.replay(work, now=now)
    with work.sessions.begin() as session:
        swept = invites.sweep(session, now.real)
        rounds.sweep(session, now.real)
        sign_ins.sweep(session, now.real)
        ballots = tallies.destroy_left(session, now.calendar.date())
        read = readings.sweep(session, now.calendar.date())
        archives = archive_links.sweep(session, now.real)
        bind = session.get_bind()
    removed = Removed(sum(_expire(work, now)), swept, ballots, read, archives, trials.sweep(work, now=now))
    transactions.forget_log(bind)
    log.info(
        "retention.removed contacts=%d invites=%d ballots=%d readings=%d archives=%d trials=%d",
        removed.contacts,
        swept,
        ballots,
        read,
        archives,
        removed.trials,
    )
    return removed


def _expire(work: Workplace, now: Now) -> Iterator[int]:
    """How many people and channels went in each transaction, until there are none."""
    some = 1
    while some:
        with work.sessions.begin() as session:
            some = contact_expiry.expire(session, now.calendar)
        yield some
