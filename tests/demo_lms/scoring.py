"""Scores as a tool posts them, and what became of them."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from demo_lms.platform import Platform

Post = Callable[..., httpx.Response]
Bearer = Callable[..., dict[str, str]]


def score(**changes: Any) -> str:
    """One line of JSON with a score that holds, but for the changes; None leaves a member out."""
    right = {
        "userId": "1041",
        "timestamp": "2026-11-23T09:30:00.250+00:00",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": 1,
        "scoreMaximum": 1,
    } | changes
    return json.dumps({name: value for name, value in right.items() if value is not None})


def points(platform: Platform, learner: str = "1041") -> float | None:
    item = platform.gradebook.column_of(platform.link("3111"))
    assert item is not None
    grade = platform.gradebook.grade(item, learner)
    return grade.points if grade is not None else None
