"""What is kept no longer than it is needed for."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lti_tool.domain.clock import Now
from lti_tool.domain.terms import Matter
from lti_tool.rounds import erasing, terms, transactions, trials
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import (
    archive_links,
    contact_expiry,
    deep_links,
    invites,
    logins,
    privacy,
    rounds,
    sign_ins,
    tallies,
)

log = logging.getLogger("beklijf.retention")


@dataclass(frozen=True)
class Removed:
    """How many were removed.

    contacts: people and channels that followed a training. ballots: choices never counted. archives: links
    to somebody's words that open nothing any more. trials: people as whom a trainer looked. past: what an
    organisation keeps no longer, by kind.
    """

    contacts: int
    invites: int
    ballots: int
    archives: int
    trials: int
    past: Mapping[Matter, int]


def run(work: Workplace, *, now: Now) -> Removed:
    """Removes what is past its term, and whom a restore brought back. Harmless when run twice at once."""
    erasing.replay(work, now=now)
    with work.sessions.begin() as session:
        swept = invites.sweep(session, now.real)
        rounds.sweep(session, now.real)
        for short_lived in (deep_links, logins, privacy, sign_ins):
            short_lived.sweep(session, now.real)
        ballots = tallies.destroy_left(session, now.calendar.date())
        archives = archive_links.sweep(session, now.real)
        bind = session.get_bind()
    contacts, tried = sum(_expire(work, now)), trials.sweep(work, now=now)
    removed = Removed(contacts, swept, ballots, archives, tried, terms.run(work, now=now))
    transactions.forget_log(bind)
    _tell(removed)
    return removed


def _tell(removed: Removed) -> None:
    log.info(
        "retention.removed contacts=%d invites=%d ballots=%d archives=%d trials=%d %s",
        removed.contacts,
        removed.invites,
        removed.ballots,
        removed.archives,
        removed.trials,
        " ".join(f"{matter}={number}" for matter, number in removed.past.items()),
    )


def _expire(work: Workplace, now: Now) -> Iterator[int]:
    """How many people and channels went in each transaction, until there are none."""
    some = 1
    while some:
        with work.sessions.begin() as session:
            gone = contact_expiry.expire(session, now.calendar)
        work.keyring.forget(*gone.key_ids)
        some = gone.number
        yield some
