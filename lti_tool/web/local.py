"""The calendar of local mode: forward to the next due moment, or the next working day."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from lti_tool.domain import moments
from lti_tool.domain.workdays import DAY, WorkCalendar
from lti_tool.rounds import deliver
from lti_tool.services import deliveries, freshness, holidays, rounds
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("local", __name__, url_prefix="/local")

ROUND_SECONDS = 30
LOOK_EVERY_SECONDS = 0.1


@blueprint.get("/clock")
@open_to(Access.LOCAL)
def read_clock() -> ResponseReturnValue:
    """What the calendar says."""
    return jsonify(calendar=now().calendar.isoformat())


@blueprint.post("/clock")
@open_to(Access.LOCAL)
def move_clock() -> ResponseReturnValue:
    """Moves the calendar and waits for a delivery round that began afterwards, rosters included."""
    wanted = (request.get_json(silent=True) or {}).get("to")
    targets = {"next_due": _next_due, "next_working_day": _next_working_day}
    if wanted not in targets:
        return jsonify(error="to: next_due or next_working_day"), 400
    target = targets[wanted]()
    if target is None:
        return jsonify(error="nothing is planned"), 409
    offset = max(now().calendar, target) - now().real
    with workplace().sessions.begin() as session:
        rounds.move_calendar(session, offset + timedelta(seconds=1))
    moved_at = workplace().now().real
    sent = _await_round(moved_at)
    if sent is None:
        return jsonify(error="no delivery round ended in time; does the worker run?"), 503
    return jsonify(calendar=workplace().now().calendar.isoformat(), sent=sent)


def _next_due() -> datetime | None:
    with workplace().reading() as session:
        return deliveries.next_due(session)


def _next_working_day() -> datetime | None:
    zone = workplace().settings.timezone
    today = now().calendar.astimezone(ZoneInfo(zone)).date()
    off = holidays.dutch(today.year, "") | holidays.dutch(today.year + 1, "")
    day = WorkCalendar(holidays=off).on_or_after(today + DAY)
    return moments.due_at(day, None, zone) if day else None


def _await_round(moved_at: datetime) -> int | None:
    """How many letters went out, once a round has seen every letter that is due.

    Some wait for the roster of their course, so a round counts only if it began when none did any more.
    """
    until, began_after = time.monotonic() + ROUND_SECONDS, moved_at
    while time.monotonic() < until:
        moment = workplace().now()
        with workplace().reading() as session:
            if freshness.anything_waits(session, moment):
                began_after = moment.real
            elif rounds.ended_since(session, deliver.NAME, began_after) is not None:
                return rounds.finished_since(session, deliver.NAME, moved_at)
        time.sleep(LOOK_EVERY_SECONDS)
    return None
