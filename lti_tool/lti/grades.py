"""Scores to the gradebook (LTI Assignment and Grade Services 2.0 section 3.4)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from lti_tool.lti import score_answers, service_calls, urls
from lti_tool.lti.access_tokens import Service
from lti_tool.lti.launches import SCORE_SCOPE
from lti_tool.lti.outgoing import Answer, NoAnswer, Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.product_families import CANVAS
from lti_tool.lti.service_calls import TEMPORARY, Failure, failure

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
SUBMISSION = "https://canvas.instructure.com/lti/submission"
"""Extension of Canvas, which takes every score for something new that was handed in."""

ONE_SECOND = timedelta(seconds=1)
_UNREADABLE = {Failure.BROKEN, Failure.TOO_LARGE}


class NotSentReason(StrEnum):
    """Why a score did not arrive, when the service did answer or was never asked."""

    NO_LINE_ITEM = "no_line_item"
    LATER_SCORE_STANDS = "later_score_stands"
    QUIETLY_REFUSED = "quietly_refused"
    BEING_SOUGHT = "being_sought"  # another round looks for the line item just now
    NOT_A_LEARNER = "not_a_learner"  # for the platform: whoever left the course, or teaches it


PASSING = frozenset({NotSentReason.LATER_SCORE_STANDS, NotSentReason.BEING_SOUGHT})
"""Of the reasons, those that may be gone next time."""


@dataclass(frozen=True)
class Score:
    """One of one point: somebody did the first part.

    line_item: where, as the signed claims of a launch said.
    after: the timestamp of the last score that may have arrived for this person and line item, if any.
    is_own_column: whether the tool found or made it by itself, so that no work is handed in there.
    product_family: the kind of platform, as its launches say.
    """

    registration: Registration
    deployment_id: str
    line_item: str
    sub: str = field(repr=False)
    after: datetime | None = None
    is_own_column: bool = False
    product_family: str | None = None


@dataclass(frozen=True)
class Sent:
    """The platform took the score. timestamp: what the next one must be later than."""

    timestamp: datetime


@dataclass(frozen=True)
class NotSent:
    """The platform does not have the score.

    status: of its answer, None when there was none. wait: how long it wants to be left alone, if it said so.
    """

    reason: NotSentReason | Failure
    status: int | None = None
    wait: timedelta | None = None

    @property
    def permanent(self) -> bool:
        """Whether sending the same again is of no use."""
        return self.reason not in PASSING and self.reason not in TEMPORARY


def send_score(score: Score, store: Store, outgoing: Outgoing, now: datetime) -> Sent | NotSent:
    """Sends a score; harmless to repeat. now: on the real clock."""
    url = scores_url(score.line_item)
    if url is None:
        return NotSent(NotSentReason.NO_LINE_ITEM)
    timestamp = next_timestamp(score.after, now)
    answer = _post(score, url, timestamp, store, outgoing, now)
    if isinstance(answer, Answer) and score_answers.is_conflict(answer):
        timestamp = score_answers.later(timestamp, answer)
        answer = _post(score, url, timestamp, store, outgoing, now)
    return answer if isinstance(answer, NotSent) else _judge(answer, timestamp)


def scores_url(line_item: str) -> str | None:
    """Where the scores of a line item go: `/scores` belongs before the query, which Moodle's URLs have."""
    if urls.read(line_item) is None:
        return None
    parts = urlsplit(line_item)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/scores", fragment=""))


def next_timestamp(after: datetime | None, now: datetime) -> datetime:
    """Now, or a whole second after the last one: platforms compare whole seconds (section 3.4.9)."""
    return now if after is None else max(now, after + ONE_SECOND)


def body(score: Score, timestamp: datetime) -> bytes:
    """The score on one line: Moodle hides a refusal of JSON on several lines behind a status of 200.

    Always a final one: anything else takes a grade that stands away, in Moodle and in Canvas.
    """
    written = timestamp.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    content: dict[str, object] = {
        "userId": score.sub,
        "scoreGiven": 1,
        "scoreMaximum": 1,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": written,
    }
    if score.product_family == CANVAS and (score.is_own_column or score.after is not None):
        content[SUBMISSION] = {"new_submission": False}
    return json.dumps(content).encode()


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
    if score_answers.is_success(answer):
        return Sent(timestamp)
    return NotSent(_reason(answer), answer.status, service_calls.wait_asked(answer))


def _reason(answer: Answer) -> NotSentReason | Failure:
    if score_answers.is_page(answer):
        return Failure.PLATFORM_FAILED
    if 200 <= answer.status < 300:
        return NotSentReason.QUIETLY_REFUSED
    if score_answers.is_conflict(answer):
        return NotSentReason.LATER_SCORE_STANDS
    return NotSentReason.NOT_A_LEARNER if score_answers.is_about_the_learner(answer) else failure(answer)
