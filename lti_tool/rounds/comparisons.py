"""Comparisons of two cadences: mails brought in line, and what came of it told when it is over."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import findings
from lti_tool.domain.clock import Now
from lti_tool.domain.comparisons import Arm
from lti_tool.models.comparisons import Comparison
from lti_tool.rounds import crashes
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import comparisons, draws, nudges
from lti_tool.services.draws import CHANCE

NAME = "comparisons"
# So many people to a transaction: whoever answers a mail meanwhile does not wait for all of them.
TOGETHER = 200


def run(work: Workplace, *, now: Now) -> int:
    """Does what is to be done for comparisons; how many were told of. Harmless when run twice at once."""
    _in_portions(work, draws.unplanned, _plan, now)
    with work.reading() as session:
        over = comparisons.due(session, now.calendar.date())
    told = sum(_report(work, comparison_id, now) for comparison_id in over)
    _in_portions(work, draws.left_over, _let_go, now)
    return told


def _let_go(session: Session, work: Workplace, enrolment_ids: list[UUID], now: Now) -> None:
    draws.let_go(session, enrolment_ids, work.catalogue, now.calendar)


def _plan(session: Session, work: Workplace, enrolment_ids: list[UUID], now: Now) -> None:
    nudges.replan(session, enrolment_ids, work.catalogue, now.calendar)
    draws.note_planned(session, enrolment_ids)


def _in_portions(
    work: Workplace,
    find: Callable[[Session, int], list[UUID]],
    do: Callable[[Session, Workplace, list[UUID], Now], None],
    now: Now,
) -> None:
    while True:
        with work.sessions.begin() as session:
            found = find(session, TOGETHER)
            if found:
                do(session, work, found, now)
        if len(found) < TOGETHER:
            break


def _report(work: Workplace, comparison_id: UUID, now: Now) -> bool:
    """Counts one in memory, with noise, and writes down what is told."""
    try:
        with work.reading() as session:
            comparison = session.get_one(Comparison, comparison_id)
            groups, by = draws.count(session, comparison), comparison.drawn_by
        blur = {arm: findings.noise(1 - CHANCE.random(), 1 - CHANCE.random()) for arm in Arm}
        finding = findings.find(groups, by, blur)
        with work.sessions.begin() as session:
            comparison = session.get_one(Comparison, comparison_id)
            return comparisons.report(session, comparison, finding, now.calendar.date())
    except Exception as error:
        crashes.note(NAME, comparison_id, error)
        return False
