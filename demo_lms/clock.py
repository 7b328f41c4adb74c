"""The tool's calendar clock: read it and move it, from server to server."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import httpx

from demo_lms.registration import Registration

PATIENCE = 60.0
"""Seconds to wait: the tool answers when the delivery round after the move has ended."""


class Move(StrEnum):
    """How far the clock goes."""

    NEXT_DUE = "next_due"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True)
class Reading:
    """What the tool's clock says.

    calendar: the tool's calendar time.
    sent: the number of mails that the round after a move sent; 0 when the clock was only read.
    """

    calendar: datetime
    sent: int = 0


@dataclass(frozen=True)
class Unreadable:
    """The tool did not tell the time; `reason` is its own text or what went wrong on the way."""

    reason: str


@dataclass(frozen=True)
class Nothing:
    """Nothing is planned: there is no moment to put the clock forward to."""


def read(registration: Registration) -> Reading | Unreadable:
    """What the clock says now."""
    answer = _ask("GET", registration)
    return answer if isinstance(answer, Unreadable) else _said(answer)


def move(registration: Registration, to: Move) -> Reading | Nothing | Unreadable:
    """Put the clock forward and wait for the mails of that moment."""
    answer = _ask("POST", registration, {"to": str(to)})
    if isinstance(answer, Unreadable):
        return answer
    return Nothing() if answer.status_code == httpx.codes.CONFLICT else _said(answer)


def _ask(
    method: str, registration: Registration, body: dict[str, str] | None = None
) -> httpx.Response | Unreadable:
    try:
        return httpx.request(method, registration.clock_url, json=body, timeout=PATIENCE, trust_env=False)
    except httpx.HTTPError as problem:
        return Unreadable(repr(problem))


def _said(answer: httpx.Response) -> Reading | Unreadable:
    try:
        said = answer.json()
        if answer.status_code != httpx.codes.OK:
            return Unreadable(str(said["error"]))
        return Reading(datetime.fromisoformat(said["calendar"]), int(said.get("sent", 0)))
    except (ValueError, KeyError, TypeError) as problem:
        return Unreadable(repr(problem))
