"""Counting a group before the first card about it goes out."""

from lti_tool.domain.clock import Now
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import figures
from lti_tool.services.deliveries import Claim


def take(work: Workplace, claim: Claim, now: Now) -> None:
    """Takes the snapshot that a card waits for, if any; what was opened for it lives no longer than this."""
    with work.reading() as session:
        due = figures.due(session, claim.delivery_id)
    if due is None:
        return
    keys = work.keyring.of(due.key_ids)
    with work.sessions.begin() as session:
        figures.take(session, due, keys, work.catalogue, now.calendar)
