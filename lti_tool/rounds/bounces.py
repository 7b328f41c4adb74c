"""Reports on letters that came back: each one transaction, and one line in the log."""

import logging

from lti_tool.domain.bounces import Report
from lti_tool.domain.clock import Now
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import bounces
from lti_tool.services.bounces import Outcome

log = logging.getLogger("beklijf.bounces")


def record(work: Workplace, report: Report, *, now: Now) -> Outcome:
    """Records one report. The log tells what it did, never about which letter or address."""
    with work.sessions.begin() as session:
        outcome = bounces.record(session, report, work.keyring.named, now)
    log.info("bounce outcome=%s", outcome)
    return outcome
