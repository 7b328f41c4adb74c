"""The clock of the demo: what time it is in the tool, and buttons that put it forward."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import clock
from demo_lms.claims import TIME_ZONE
from demo_lms.clock import Move, Nothing, Reading
from demo_lms.web import here

clock_pages = Blueprint("clock", __name__, url_prefix="/clock")


@clock_pages.get("")
def show() -> ResponseReturnValue:
    """The tool's time; after a move also the mails that came since (`?after=` the last one before)."""
    reading = clock.read(here.platform().registration)
    _follow(reading)
    after = request.args.get("after", type=int)
    arrived = here.platform().mailbox.after(after) if after is not None else None
    is_idle = "idle" in request.args
    return render_template("clock.html", reading=_local(reading), arrived=arrived, is_idle=is_idle)


@clock_pages.post("")
def move() -> ResponseReturnValue:
    asked = request.form.get("to", "")
    if asked not in list(Move):
        abort(400)
    before = len(here.platform().mailbox)
    reading = clock.move(here.platform().registration, Move(asked))
    if isinstance(reading, Nothing):
        return redirect("/clock?idle=1", 303)
    if isinstance(reading, Reading):
        return redirect(f"/clock?after={before}", 303)
    return render_template("clock.html", reading=reading, arrived=None), 502


def _follow(reading: Reading | clock.Unreadable) -> None:
    """The LMS reckons its days ("yesterday") from the tool's calendar."""
    if isinstance(reading, Reading):
        here.platform().today = reading.calendar.astimezone(TIME_ZONE).date()


def _local(reading: Reading | clock.Unreadable) -> Reading | clock.Unreadable:
    if isinstance(reading, Reading):
        return Reading(reading.calendar.astimezone(TIME_ZONE), reading.sent)
    return reading
