"""Tasks: a few lines that call a round."""

import logging

from kombu.exceptions import OperationalError

from lti_tool.rounds import comparisons as comparing
from lti_tool.rounds import deliver as delivering
from lti_tool.rounds import figures as counting
from lti_tool.rounds import insights as quarters
from lti_tool.rounds import notices as copies
from lti_tool.rounds import posts as posting
from lti_tool.rounds import retention as terms
from lti_tool.rounds import roster as rosters
from lti_tool.rounds import scores as scoring
from tasks.app import celery, work
from tasks.schedule import MINUTE

log = logging.getLogger("beklijf.deliver")


@celery.task  # type: ignore[untyped-decorator]
def deliver() -> None:
    """Sends the letters that are due; while there are many, with every worker that has nothing to do."""
    delivering.run(work, now=work.now(), call_another=_call_another)


def _call_another() -> None:
    """One round more, which another worker takes now, or this one next."""
    try:
        deliver.apply_async(expires=MINUTE)
    except OperationalError:
        log.warning("deliver.alone")  # without a broker beat does not reach anybody either


@celery.task  # type: ignore[untyped-decorator]
def posts() -> None:
    """Posts the team cards that are due in channels."""
    posting.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def scores() -> None:
    """Reports completed parts to the gradebook."""
    scoring.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def roster() -> None:
    """Reads the rosters that are due."""
    rosters.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def notices() -> None:
    """Asks platforms to tell when a course is copied."""
    copies.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def retention() -> None:
    """Removes what is past its term."""
    terms.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def figures() -> None:
    """Counts the groups whose moment has come."""
    counting.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def insights() -> None:
    """Counts the organisations whose quarter is over."""
    quarters.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def comparisons() -> None:
    """Brings the mails of comparisons in line, and tells what came of those that are over."""
    comparing.run(work, now=work.now())
