"""What platforms answer to a score: each says the same in words and statuses of its own."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from lti_tool.lti.outgoing import Answer

ONE_SECOND = timedelta(seconds=1)
CLOCKS_MAY_DIFFER = timedelta(hours=1)
"""A platform whose clock is further off than this is not followed."""

_NO_LEARNER: Mapping[int, re.Pattern[bytes]] = {
    400: re.compile(rb"user could not be found|^\s*\[\]\s*$"),  # Blackboard; Moodle, where the score is sound
    403: re.compile(rb"not enrolled|\b(learner|student)\b"),  # Brightspace
    404: re.compile(rb"\b(user|learner|student)\b"),  # Brightspace
    422: re.compile(rb"^(?!.*attempts)", re.DOTALL),  # Canvas: nobody of that name, or no student
}
"""By status, what answers say of a person who can have no score, in small letters."""


def is_success(answer: Answer) -> bool:
    """Whether a 2xx means it: nothing, or an object (Canvas). Moodle refuses with 200 and `[]`."""
    if not 200 <= answer.status < 300:
        return False
    return not answer.body.strip() or isinstance(answer.content, dict)


def is_page(answer: Answer) -> bool:
    """Whether a page came instead of an answer of the service, as while a platform is being maintained."""
    return 200 <= answer.status < 300 and answer.body.lstrip()[:1] == b"<"


def is_conflict(answer: Answer) -> bool:
    """Whether a score of the same moment or later stands there: 409, or 400 in Canvas and Open edX."""
    return answer.status == 409 or (answer.status == 400 and b"timestamp" in answer.body.lower())


def is_about_the_learner(answer: Answer) -> bool:
    """Whether the platform has no place for a score of this person: they left, or teach there."""
    known = _NO_LEARNER.get(answer.status)
    is_html = answer.body.lstrip()[:1] == b"<"  # a page about something else, in which any word may stand
    return known is not None and not is_html and known.search(answer.body.lower()) is not None


def later(refused: datetime, answer: Answer) -> datetime:
    """A second after what was refused; or after the platform's own time, when its clock is ahead."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        theirs = refused
    believable = abs(theirs - refused) < CLOCKS_MAY_DIFFER
    return (max(theirs, refused) if believable else refused) + ONE_SECOND
