"""Scores: what a tool says about one learner's work (AGS 2.0 section 3.4)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn

from demo_lms import timestamps
from demo_lms.line_items import is_number
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import CANVAS_SUBMISSION, ActivityProgress, GradingProgress

UNSAID = "1970-01-01T00:00:00Z"
"""Stands for a moment that the tool left out."""


@dataclass(frozen=True)
class Score:
    """A score that follows the rules.

    share: what was scored as a part of the maximum; may be above 1. None when there is no score.
    comment: plain text; empty clears an earlier one (section 3.4.11).
    is_new_submission: false when the tool says that nothing new was handed in, which Canvas listens to.
    """

    user_id: str
    timestamp: datetime
    activity_progress: ActivityProgress
    grading_progress: GradingProgress
    share: float | None
    comment: str = ""
    is_new_submission: bool = True


def is_one_line(body: bytes) -> bool:
    """Whether Moodle takes this body.

    Moodle copies a refused body into its status line. A line break in it makes that fail, and the refusal
    then looks like a success: status 200, with "[]" for a body. The demo does so for every such body.
    """
    stripped = body.rstrip()
    return b"\n" not in stripped and b"\r" not in stripped


def parse(body: bytes) -> Score | Refusal:
    """The score in a POST, or the first rule that it breaks."""
    try:
        score = json.loads(body, parse_constant=_no_number)
    except ValueError:
        return Refusal(400, "a score is JSON")
    if not isinstance(score, dict):
        return Refusal(400, "a score is a JSON object")
    broken = next(_broken_rules(score), None)
    if broken is not None:
        return Refusal(400, f"incorrect score received: {broken}")
    given, maximum = score.get("scoreGiven"), score.get("scoreMaximum")
    return Score(
        user_id=score["userId"],
        timestamp=datetime.fromisoformat(score["timestamp"]),
        activity_progress=ActivityProgress(score["activityProgress"]),
        grading_progress=GradingProgress(score["gradingProgress"]),
        share=given / maximum if given is not None else None,
        comment=score.get("comment") or "",
        is_new_submission=score.get(CANVAS_SUBMISSION, {}).get("new_submission", True),
    )


def oddities(body: bytes, score: Score, now: datetime) -> Iterator[str]:
    """What no LMS refuses and is wrong nevertheless."""
    if not timestamps.has_fraction(json.loads(body)["timestamp"]):
        yield "timestamp has no parts of a second (AGS 2.0 section 3.4.9)"
    if score.timestamp > now + timedelta(minutes=1):
        yield "timestamp lies in the future: is it the time of a clock that was moved?"


def _broken_rules(score: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(score.get("userId"), str) or not score["userId"]:
        yield "userId is missing or no text (3.4.5)"
    if timestamps.parse(score.get("timestamp")) is None:
        yield "timestamp is missing, or no ISO 8601 date and time with a zone (3.4.9)"
    if score.get("activityProgress") not in list(ActivityProgress):
        yield "activityProgress is missing or unknown (3.4.7)"
    if score.get("gradingProgress") not in list(GradingProgress):
        yield "gradingProgress is missing or unknown (3.4.8)"
    if not isinstance(score.get("comment", ""), str | None):
        yield "comment is no text (3.4.11)"
    if not isinstance(score.get(CANVAS_SUBMISSION, {}), dict):
        yield "the extension of Canvas is no object"
    yield from _broken_number_rules(score)
    yield from _broken_submission_rules(score)


def _broken_number_rules(score: Mapping[str, Any]) -> Iterator[str]:
    given, maximum = score.get("scoreGiven"), score.get("scoreMaximum")
    if given is not None and (not is_number(given) or given < 0):
        yield "scoreGiven must be a number, 0 or more (3.4.4)"
    if given is not None and maximum is None:
        yield "scoreMaximum is missing beside scoreGiven (3.4.4)"
    if maximum is not None and (not is_number(maximum) or maximum <= 0):
        yield "scoreMaximum must be a number above 0 (3.4.4)"


def _broken_submission_rules(score: Mapping[str, Any]) -> Iterator[str]:
    submission = score.get("submission", {})
    if not isinstance(submission, dict):
        yield "submission is no object (3.4.10)"
        return
    started, submitted = (
        timestamps.parse(submission.get(name, UNSAID)) for name in ("startedAt", "submittedAt")
    )
    if started is None or submitted is None:
        yield "startedAt and submittedAt must be ISO 8601 dates and times with a zone (3.4.10)"
    elif {"startedAt", "submittedAt"} <= submission.keys() and submitted < started:
        yield "submittedAt lies before startedAt (3.4.10.2)"


def _no_number(constant: str) -> NoReturn:
    """JSON knows no NaN and no Infinity (RFC 8259 section 6), although Python reads them."""
    raise ValueError(constant)
