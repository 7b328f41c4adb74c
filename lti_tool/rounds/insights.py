"""Counting organisations once a quarter, when it is over."""

from lti_tool.domain.clock import Now
from lti_tool.rounds import crashes
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import insights
from lti_tool.services.insights import Waiting

NAME = "insights"


def run(work: Workplace, *, now: Now) -> int:
    """Counts the organisations whose quarter is over; how many. Harmless when run twice at once."""
    with work.reading() as session:
        waiting = insights.due(session, now.calendar)
    return sum(_count(work, each, now) for each in waiting)


def _count(work: Workplace, waiting: Waiting, now: Now) -> bool:
    try:
        with work.reading() as session:
            key_ids = insights.key_ids(session, waiting)
        keys = work.keyring.of(key_ids)
        # Without a lock, since it takes a while and the groups are over.
        with work.reading() as session:
            counted = insights.count(session, waiting, keys, work.catalogue)
        with work.sessions.begin() as session:
            is_told = insights.write(session, waiting, counted, now.calendar.date())
            if not is_told:
                session.rollback()
        return is_told
    except Exception as error:
        crashes.note(NAME, waiting.organisation_id, error)
        return False
