"""Counting groups: before the first card about one goes out, and at fixed moments where none does."""

from lti_tool.domain.clock import Now
from lti_tool.domain.snapshots import Moment
from lti_tool.models.figures import Moment as Counted
from lti_tool.models.tracks import Cohort
from lti_tool.rounds import crashes
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import figures, harvests, one_card, snapshots
from lti_tool.services.deliveries import Claim
from lti_tool.services.figures import Due
from lti_tool.services.snapshots import Waiting

NAME = "figures"


def run(work: Workplace, *, now: Now) -> int:
    """Counts the groups whose moment has come; how many. Harmless when run twice at once."""
    with work.reading() as session:
        waiting = snapshots.due(session, now.calendar)
    return sum(_count(work, group, now) for group in waiting)


def take(work: Workplace, claim: Claim, now: Now) -> None:
    """Takes the snapshots that a card waits for, also for what goes with it, if any.

    What was opened for one lives no longer than this.
    """
    with work.reading() as session:
        ids = [claim.delivery_id, *one_card.waiting_ids(session, claim.delivery_id, now)]
        waiting = figures.due(session, ids)
    for due in waiting:
        _take(work, due, now)


def _count(work: Workplace, group: Waiting, now: Now) -> bool:
    try:
        if group.moment in {Moment.LEADER, Moment.CLOSED}:
            return _count_plans(work, group, now)
        _count_answers(work, group, now)
    except Exception as error:
        crashes.note(NAME, group.cohort_id, error)
        return False
    return True


def _count_plans(work: Workplace, group: Waiting, now: Now) -> bool:
    with work.reading() as session:
        due = figures.due_of(session, group.cohort_id, Counted(group.moment.value))
    if due is None:
        return False
    _take(work, due, now)
    return True


def _count_answers(work: Workplace, group: Waiting, now: Now) -> None:
    with work.reading() as session:
        ids = figures.key_ids(session, group.cohort_id)
    keys = work.keyring.of(ids)
    with work.sessions.begin() as session:
        cohort = session.get_one(Cohort, group.cohort_id)
        harvests.take(session, cohort, group.number, keys, work.catalogue, now.calendar)


def _take(work: Workplace, due: Due, now: Now) -> None:
    keys = work.keyring.of(due.key_ids)
    with work.sessions.begin() as session:
        figures.take(session, due, keys, work.catalogue, now.calendar)
