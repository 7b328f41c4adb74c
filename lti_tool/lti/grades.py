"""Scores to the gradebook (LTI Assignment and Grade Services 2.0 section 3.4)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from lti_tool.lti import service_calls, urls
from lti_tool.lti.access_tokens import Service
from lti_tool.lti.launches import SCORE_SCOPE
from lti_tool.lti.outgoing import Answer, NoAnswer, Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.service_calls import TEMPORARY, Failure, failure

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
ONE_SECOND = timedelta(seconds=1)
_UNREADABLE = {Failure.BROKEN, Failure.TOO_LARGE}
CLOCKS_MAY_DIFFER = timedelta(hours=1)
"""A platform whose clock is further off than this is not followed."""


class NotSentReason(StrEnum):
    """Why a score did not arrive, when the service did answer or was never asked."""

    NO_LINE_ITEM = "no_line_item"
    LATER_SCORE_STANDS = "later_score_stands"
    QUIETLY_REFUSED = "quietly_refused"


@dataclass(frozen=True)
class Score:
    """One of one point: somebody did the first part.

    line_item: where, as the signed claims of a launch said.
    after: the timestamp of the last score sent for this person and line item, if any.
    """

    registration: Registration
    deployment_id: str
    line_item: str
    sub: str = field(repr=False)
    after: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """The platform took the score. timestamp: what the next one must be later than."""

    timestamp: datetime


@dataclass(frozen=True)
class NotSent:
    """The platform does not have the score. status: of its answer, None when there was none."""

    reason: NotSentReason | Failure
    status: int | None = None

    @property
    def permanent(self) -> bool:
        """Whether sending the same again is of no use."""
        return self.reason is not NotSentReason.LATER_SCORE_STANDS and self.reason not in TEMPORARY


def send_score(score: Score, store: Store, outgoing: Outgoing, now: datetime) -> Sent | NotSent:
    """Sends a score; harmless to repeat. now: on the real clock."""
    url = scores_url(score.line_item)
    if url is None:
        return NotSent(NotSentReason.NO_LINE_ITEM)
    timestamp = _timestamp(score.after, now)
    answer = _post(score, url, timestamp, store, outgoing, now)
    if isinstance(answer, Answer) and answer.status == 409:
        timestamp = _later(timestamp, answer)
        answer = _post(score, url, timestamp, store, outgoing, now)
    return answer if isinstance(answer, NotSent) else _judge(answer, timestamp)


def scores_url(line_item: str) -> str | None:
    """Where the scores of a line item go: `/scores` belongs before the query, which Moodle's URLs have."""
    if urls.read(line_item) is None:
        return None
    parts = urlsplit(line_item)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/scores", fragment=""))


def body(score: Score, timestamp: datetime) -> bytes:
    """The score on one line: Moodle hides a refusal of JSON on several lines behind a status of 200."""
    written = timestamp.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps(
        {
            "userId": score.sub,
            "scoreGiven": 1,
            "scoreMaximum": 1,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": written,
        }
    ).encode()


def _timestamp(after: datetime | None, now: datetime) -> datetime:
    """Now, or a whole second after the last one: platforms compare whole seconds."""
    return now if after is None else max(now, after + ONE_SECOND)


def _later(refused: datetime, answer: Answer) -> datetime:
    """A second after what was refused; or after the platform's own time, when its clock is ahead."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        theirs = refused
    believable = abs(theirs - refused) < CLOCKS_MAY_DIFFER
    return (max(theirs, refused) if believable else refused) + ONE_SECOND


def _post(
    score: Score, url: str, timestamp: datetime, store: Store, outgoing: Outgoing, now: datetime
) -> Answer | NotSent:
    """Posts. An answer that nobody can read is no proof of anything, so that score is sent again."""
    service = Service(score.registration, score.deployment_id, frozenset({SCORE_SCOPE}))

    def send(token: str) -> Answer | NoAnswer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": SCORE_TYPE}
        return outgoing.post(url, headers, body(score, timestamp))

    answer = service_calls.call(service, send, store, outgoing, now)
    if isinstance(answer, Answer):
        return answer
    return NotSent(Failure.UNREACHABLE if answer in _UNREADABLE else answer)


def _judge(answer: Answer, timestamp: datetime) -> Sent | NotSent:
    if 200 <= answer.status < 300:
        if _is_success(answer.body):
            return Sent(timestamp)
        return NotSent(NotSentReason.QUIETLY_REFUSED, answer.status)
    stands = answer.status == 409
    return NotSent(NotSentReason.LATER_SCORE_STANDS if stands else failure(answer.status), answer.status)


def _is_success(content: bytes) -> bool:
    """Whether a 2xx means it: nothing, or an object (Canvas). Moodle refuses with 200 and `[]`."""
    if not content.strip():
        return True
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False
