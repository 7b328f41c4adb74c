"""The days of a plan as a file for one's own calendar."""

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue
from icalendar import Event

from lti_tool.database import session
from lti_tool.domain.plan_talks import DAY
from lti_tool.rounds import letters
from lti_tool.services import own_dates
from lti_tool.services.learner_facts import Learner
from lti_tool.web import calendar_files, plan_pages
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now

blueprint = Blueprint("plan_calendars", __name__, url_prefix="/v/<visit>")


@blueprint.get("/plan.ics")
@open_to(Access.LEARNER)
def take() -> ResponseReturnValue:
    """The days that a learner chose, as iCalendar; nothing of what they wrote."""
    who = plan_pages.taking_part()
    entries = list(_entries(who)) or abort(404)
    calendar = calendar_files.begin()
    for entry in entries:
        calendar.add_component(entry)
    answer = Response(bytes(calendar.to_ical()), content_type=calendar_files.MIMETYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="plan.ics"'
    return answer


def _entries(who: Learner) -> Iterator[Event]:
    """The same names each time, so that a calendar moves what it took before."""
    url = letters.return_url(session(), who)
    numbers: dict[str, int] = {}
    for item, day in _days(who):
        numbers[item] = numbers.get(item, 0) + 1
        name = f"{who.enrolment.id}-{item}-{numbers[item]}"
        described = _words("to_course", url) if url else ""
        entry = calendar_files.entry(name, _words("day_name", item), url, described)
        entry.add("dtstamp", now().real)
        entry.add("dtstart", day)
        yield entry


def _words(macro: str, about: str) -> str:
    """What the pages call it, in the language of the visit."""
    words = vars(current_app.jinja_env.get_template("macros/plan_days.html").make_module())
    return str(words[macro](about)).strip()


def _days(who: Learner) -> list[tuple[str, date]]:
    """Each with the item that asked for it; the own day of the plan stands for that of its task."""
    own_on = who.facts.own_on
    said = own_dates.of(session(), who.person, plan_pages.key(), [who.enrolment.id])[who.enrolment.id]
    chosen = [(item, day) for item, day in said if not (own_on and item == "pre.task_on")]
    return sorted([*chosen, *([(DAY, own_on)] if own_on else [])], key=lambda each: each[1])
