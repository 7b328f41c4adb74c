"""The form of whoever chooses what Beklijf adds to a course: one short page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from wtforms import Field

from lti_tool.domain.cadences import Cadence
from lti_tool.domain.presets import Preset, likely
from lti_tool.models.tracks import Track
from lti_tool.services.track_copies import Earlier
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.services.whole_tracks import (
    Chosen,
    NewTraining,
    OpenTraining,
    Purpose,
    of_purposes,
)
from lti_tool.web.day_forms import (
    DAYS,
    DAYS_BETWEEN,
    FITTING,
    cadence_field,
    day_fields,
    days_of,
    no_next_session,
    number_of_meetings,
    preset_field,
    preset_of,
    read_cadence,
)
from lti_tool.web.fields import LineField, ListField, StepsField, WordField, WordsField
from lti_tool.web.forms import Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.track_forms import NEW_TRACK, BeginningForm, earlier_fields, taken_over
from lti_tool.web.typed import parse_day

LONGEST_NAME = 120
USUAL_SESSIONS = "2"
LONGEST_TRAINING = timedelta(days=120)
"""A course that lasts longer is a room for many trainings."""


class When(StrEnum):
    """Whether the days are known yet."""

    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Choices:
    """What may be chosen. several: whether the course takes a whole training, or one item.

    has_course: whether there is a course for a training to be in.

    purposes: what an item may be for. open_trainings: those that one item may belong to.
    earlier: trainings that a new one may begin from.
    """

    today: date
    cadences: Sequence[Cadence]
    purposes: Sequence[Purpose]
    open_trainings: Sequence[OpenTraining]
    several: bool
    has_course: bool = True
    earlier: Sequence[Earlier] = ()


@dataclass(frozen=True)
class Taken:
    """What an earlier training brings. dates: of the new one, where its first day is known."""

    earlier: Earlier
    dates: Dates | None
    purposes: Collection[Purpose]


class ChoiceForm(BeginningForm):
    """A training to begin or to add to, and what to add. Whoever adds to one gives no days."""

    choices: Choices

    @property
    def joined(self) -> OpenTraining | None:
        """The training to add to."""
        chosen = self["track"].data if "track" in self else None
        return next((each for each in self.choices.open_trainings if str(each.track.id) == chosen), None)

    @property
    def is_dated(self) -> bool:
        """Whether the days of a new training are given now."""
        return bool(self["when"].data == When.NOW)

    @property
    def meetings(self) -> int:
        """How many meetings a new training has, as far as the form tells."""
        if self.is_dated or self.preset is not Preset.SEVERAL:
            return number_of_meetings(self)
        return int(self["sessions"].data or 1)

    def look_further(self) -> None:
        """Whether all that is needed fits."""
        super().look_further()
        for name in self._unasked():
            self[name].errors = ()
        if self.choices.several and not self["purposes"].data:
            self["purposes"].errors = [Problem(ProblemKind.NO_ITEM)]
        elif not self.to_mend and not self.chosen:
            pace = self.joined.track.pace if self.joined else self.preset.pace
            self["purposes"].errors = [no_next_session(pace)]

    def _unasked(self) -> tuple[str, ...]:
        if self.joined is not None or not self.choices.has_course:
            return ("name", "preset", "when", "sessions", "cadence", *DAYS)
        return ("sessions",) if self.is_dated else DAYS

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """What is added."""
        if self.choices.several:
            return of_purposes(self["purposes"].data or (), range(1, self.meetings))
        return of_purposes([self["purposes"].data], self._open_meetings()[:1])

    def _open_meetings(self) -> Sequence[int]:
        """The meetings that one item could look back on."""
        if not self.choices.has_course:
            return (1,)
        return self.joined.not_looked_back if self.joined else range(1, self.meetings)


def choice(
    choices: Choices,
    *,
    title: str = "",
    known: Dates | None = None,
    taken: Taken | None = None,
    sent: Posted | None = None,
) -> ChoiceForm:
    """The form. title: of the course, which a new training is named after. taken: what comes along."""
    tracks = [str(each.track.id) for each in choices.open_trainings]
    fields: dict[str, Field] = {} if not tracks else {"track": WordField((*tracks, NEW_TRACK))}
    asked = WordsField if choices.several else WordField
    numbers = [str(number) for number in range(1, DAYS_BETWEEN + 3)]
    form = ChoiceForm(
        {
            **fields,
            "name": LineField(LONGEST_NAME, ProblemKind.NO_TRAINING_NAME),
            "preset": preset_field(),
            "when": WordField(tuple(When), otherwise=When.NOW),
            **day_fields(choices.today),
            "sessions": ListField(numbers, otherwise=USUAL_SESSIONS),
            "cadence": cadence_field(choices.cadences, may_fit=True),
            "send": StepsField(),
            "purposes": asked(choices.purposes),
            **earlier_fields(choices.earlier),
        }
    )
    form.choices, form.earlier_ones = choices, choices.earlier
    length = (known.ends_on - known.starts_on).days + 1 if known else None
    preset = likely(title, length, Preset.SEVERAL)
    kind = {"name": title[:LONGEST_NAME], "preset": preset, **days_of(known, preset)}
    taken_along = _taken(choices, taken) if taken else taken_over(None)
    form.process(sent, data={**_usual(choices, preset), **kind, **taken_along})
    return form


def _taken(choices: Choices, taken: Taken) -> dict[str, Any]:
    """What an earlier training fills in."""
    earlier, known = taken.earlier, taken.dates
    lasted = min(len(earlier.dates.meetings), DAYS_BETWEEN + 2)
    purposes = tuple(each for each in choices.purposes if each in taken.purposes)
    return {
        **taken_over(earlier),
        "track": NEW_TRACK,
        "when": When.NOW if known else When.LATER,
        "sessions": str(lasted),
        **days_of(known, preset_of(earlier.dates)),
        **({"name": earlier.own_title[:LONGEST_NAME]} if earlier.own_title else {}),
        **({"purposes": purposes} if choices.several else {}),
    }


def days_of_course(first: str, last: str, today: date) -> Dates | None:
    """The days that a form starts from, where those of the course are those of a training that is to come.

    Without any, they stay open: nobody looks at days that were made up before people get mail.
    """
    begins_on, ends_on = parse_day(first), parse_day(last)
    if begins_on is None or ends_on is None or not begins_on <= ends_on >= today:
        return None
    return Dates(begins_on, ends_on) if ends_on - begins_on <= LONGEST_TRAINING else None


def _usual(choices: Choices, preset: Preset) -> dict[str, Any]:
    """What is chosen beforehand: all that a new training has; of one that is there, what it lacks.

    Only several sessions have one to look back on before the next.
    """
    joined = choices.open_trainings[0] if choices.open_trainings else None
    one = joined.next_purpose if joined else choices.purposes[0]
    has_sessions = preset is Preset.SEVERAL
    fitting = tuple(each for each in choices.purposes if has_sessions or each is not Purpose.MID)
    return {
        "track": str(joined.track.id) if joined else NEW_TRACK,
        "when": When.NOW,
        "sessions": USUAL_SESSIONS,
        "cadence": FITTING,
        "purposes": fitting if choices.several else one,
    }


def read(form: ChoiceForm) -> tuple[Track | NewTraining, tuple[Chosen, ...]]:
    """What a form that holds decides."""
    if form.joined is not None:
        return form.joined.track, form.chosen
    dates, follow_up = form.dates if form.is_dated else None, FollowUp(read_cadence(form), form["send"].data)
    new = NewTraining(form["name"].data, dates, follow_up, form.earlier_track, form.preset.pace)
    return new, form.chosen
