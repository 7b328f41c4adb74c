"""Scores to the gradebook (LTI Assignment and Grade Services 2.0 section 3.4)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from lti_tool.lti import access_tokens, urls
from lti_tool.lti.access_tokens import NoToken, Service
from lti_tool.lti.launches import SCORE_SCOPE
from lti_tool.lti.outgoing import Answer, Fault, NoAnswer, Outgoing
from lti_tool.lti.ports import Registration, Store

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
ONE_SECOND = timedelta(seconds=1)
CLOCKS_MAY_DIFFER = timedelta(hours=1)
"""A platform whose clock is further off than this is not followed."""


class NotSentReason(StrEnum):
    """Why a score did not arrive."""

    NO_LINE_ITEM = "no_line_item"
    FORBIDDEN_ADDRESS = "forbidden_address"
    UNREACHABLE = "unreachable"
    TOKEN_UNAVAILABLE = "token_unavailable"  # noqa: S105 - a word, not a secret
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word, not a secret
    UNAUTHORISED = "unauthorised"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    LATER_SCORE_STANDS = "later_score_stands"
    NOT_ACCEPTED = "not_accepted"
    QUIETLY_REFUSED = "quietly_refused"
    PLATFORM_FAILED = "platform_failed"


_TEMPORARY = {
    NotSentReason.UNREACHABLE,
    NotSentReason.TOKEN_UNAVAILABLE,
    NotSentReason.TOKEN_REFUSED,  # mended by an operator, not by us
    NotSentReason.UNAUTHORISED,
    NotSentReason.LATER_SCORE_STANDS,
    NotSentReason.PLATFORM_FAILED,
}


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

    reason: NotSentReason
    status: int | None = None

    @property
    def permanent(self) -> bool:
        """Whether sending the same again is of no use."""
        return self.reason not in _TEMPORARY


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
    """Posts with the kept token, and once more with a new one when that is taken no more."""
    service = Service(score.registration, score.deployment_id, frozenset({SCORE_SCOPE}))
    for renew in (False, True):
        token = access_tokens.obtain(service, store, outgoing, now, renew=renew)
        if isinstance(token, NoToken):
            refused = token is NoToken.REFUSED
            return NotSent(NotSentReason.TOKEN_REFUSED if refused else NotSentReason.TOKEN_UNAVAILABLE)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": SCORE_TYPE}
        answer = outgoing.post(url, headers, body(score, timestamp))
        if isinstance(answer, NoAnswer):
            forbidden = answer.fault is Fault.FORBIDDEN_ADDRESS
            return NotSent(NotSentReason.FORBIDDEN_ADDRESS if forbidden else NotSentReason.UNREACHABLE)
        if answer.status != 401:
            return answer
    return NotSent(NotSentReason.UNAUTHORISED, 401)


def _judge(answer: Answer, timestamp: datetime) -> Sent | NotSent:
    if 200 <= answer.status < 300:
        if _is_success(answer.body):
            return Sent(timestamp)
        return NotSent(NotSentReason.QUIETLY_REFUSED, answer.status)
    return NotSent(_reason(answer.status), answer.status)


def _is_success(content: bytes) -> bool:
    """Whether a 2xx means it: nothing, or an object (Canvas). Moodle refuses with 200 and `[]`."""
    if not content.strip():
        return True
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


def _reason(status: int) -> NotSentReason:
    known = {
        403: NotSentReason.NOT_ALLOWED,
        404: NotSentReason.NOT_FOUND,
        409: NotSentReason.LATER_SCORE_STANDS,
        408: NotSentReason.PLATFORM_FAILED,
        429: NotSentReason.PLATFORM_FAILED,
    }
    if status in known:
        return known[status]
    return NotSentReason.PLATFORM_FAILED if status >= 500 else NotSentReason.NOT_ACCEPTED
