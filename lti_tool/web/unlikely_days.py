"""Days of a new training that may be meant, and may be a slip of the finger: told before it begins."""

from dataclasses import dataclass
from datetime import date

from lti_tool.database import session
from lti_tool.models.courses import Course
from lti_tool.services import previews, whole_tracks
from lti_tool.services.previews import Calendar
from lti_tool.services.whole_tracks import NewTraining
from lti_tool.web.visiting import now, today, workplace


@dataclass(frozen=True)
class Unlikely:
    """What there is to tell. past: the calendar, where part of it is past. far: a day more than a year ahead.

    mark: of the days that it is about; who sends it back has read it.
    """

    past: Calendar | None
    far: date | None
    mark: str


def of(course: Course, new: NewTraining) -> Unlikely | None:
    """What a trainer should know of the days of a training; None where nothing is odd."""
    if new.dates is None:
        return None
    training = whole_tracks.training(session(), course, new, new.dates, today())
    calendar = previews.calendar(training, workplace().catalogue, now().calendar)
    if not calendar.passed and calendar.far is None:
        return None
    mark = ".".join(str(day) for day in (*new.dates.ends, new.pace))
    return Unlikely(calendar if calendar.passed else None, calendar.far, mark)
