"""The days of a training on a form, as far as its kind asks them, and how many letters fit."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wtforms import Field

from lti_tool.domain import presets
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.paces import Pace
from lti_tool.domain.presets import Preset
from lti_tool.services.previews import LAST_SESSION
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web.fields import CadenceField, DayField, DaysField, WordField
from lti_tool.web.forms import PageForm
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span

USUAL_CADENCE = "standard"
# The cadence that fits the kind of training, whichever that is.
FITTING = "fitting"
# Beside the first and the last.
DAYS_BETWEEN = LAST_SESSION - 2
# The days of a training, and with them all that belongs to a new one only.
DAYS = ("starts_on", "between", "ends_on")


class DatesForm(PageForm):
    """The days of a training, and on most pages how it is followed up.

    last_elsewhere: the last day of the other groups, after which the training may close.
    ends_by: the closing day that a group to add keeps to.
    fixed: what kind of training it is, where that is not asked.
    """

    last_elsewhere: date | None = None
    ends_by: date | None = None
    fixed: Preset = Preset.SEVERAL

    @property
    def preset(self) -> Preset:
        """What kind of training it is: as chosen; by its days where it is not asked."""
        chosen = self["preset"].data if "preset" in self else None
        if chosen:
            return Preset(chosen)
        return Preset.SEVERAL if self.fixed is Preset.ONE_DAY and self._names_more_days else self.fixed

    @property
    def _names_more_days(self) -> bool:
        last = self["ends_on"]
        is_other = last.typed and (last.data is None or last.data != self["starts_on"].data)
        return bool(self["between"].typed or is_other)

    @property
    def dates(self) -> Dates:
        """The days that the kind of training asks; those it does not ask are left alone."""
        first, between, last = (self[name].data for name in DAYS)
        if self.preset is Preset.SEVERAL:
            return Dates(first, last, between)
        return Dates(first, last if self.preset is Preset.E_LEARNING else first, pace=self.preset.pace)

    @property
    def asked_days(self) -> tuple[str, ...]:
        """The names of the days that the kind of training asks."""
        usual = {Preset.SEVERAL: DAYS, Preset.E_LEARNING: ("starts_on", "ends_on")}
        return usual.get(self.preset, ("starts_on",))

    def look_further(self) -> None:
        """The days are in the right order, as far as they can be read."""
        for name in set(DAYS) - set(self.asked_days):
            self[name].errors = ()
        for name, problem in list(self._disorder()):
            self[name].errors.append(problem)

    def _readable(self, name: str) -> date | None:
        """A day without anything to mend."""
        day: date | None = self[name].data if name in self and not self[name].errors else None
        return day

    def _disorder(self) -> Iterator[tuple[str, Problem]]:
        first = self._readable("starts_on")
        last = self._readable("ends_on") if "ends_on" in self.asked_days else first
        if first and last and last < first:
            yield "ends_on", Problem(ProblemKind.ENDS_TOO_EARLY, first=first)
            return
        if "between" in self.asked_days:
            yield from self._outside(first, last)
        end = max((day for day in (last, self.last_elsewhere) if day), default=None)
        closes_on = self._readable("closes_on")
        if closes_on and end and closes_on < end:
            yield "closes_on", Problem(ProblemKind.CLOSES_TOO_EARLY, first=end)
        if self.ends_by and last and last > self.ends_by:
            name = "ends_on" if "ends_on" in self.asked_days else "starts_on"
            yield name, Problem(ProblemKind.ENDS_AFTER_CLOSING, last=self.ends_by)

    def _outside(self, first: date | None, last: date | None) -> Iterator[tuple[str, Problem]]:
        """What there is to mend about days in between that can be read."""
        between = self["between"].data
        if twice := [day for day in between if day in (first, last)]:
            yield "between", Problem(ProblemKind.SAME_DAY_TWICE, day=twice[0])
        elif first and last and not all(first < day < last for day in between):
            yield "between", Problem(ProblemKind.NOT_IN_BETWEEN, first=first, last=last)


def number_of_meetings(form: DatesForm) -> int:
    """How many a new training has, as far as its form tells."""
    if form.preset is not Preset.SEVERAL:
        return 1
    ends = [form[name].data for name in ("starts_on", "ends_on")]
    return len({*form["between"].data, *(day for day in ends if day is not None)})


def no_next_session(pace: Pace) -> Problem:
    """Why no item can look back on a session before the next one."""
    has_none = pace in (Pace.OWN, Pace.AT_WORK)
    return Problem(ProblemKind.NO_SESSIONS if has_none else ProblemKind.ONE_DAY_ONLY)


def read_dates(form: DatesForm) -> Dates:
    """The days of a form that holds."""
    return form.dates


def read_cadence(form: DatesForm) -> str:
    """The key of the cadence that was chosen, or that fits the kind of training."""
    chosen = str(form["cadence"].data)
    return form.preset.cadence if chosen == FITTING else chosen


def preset_of(known: Dates) -> Preset:
    """What kind of training these days are of."""
    return presets.of_pace(known.pace, len(known.meetings))


def preset_field() -> Field:
    """What kind of training it is; by its days where a form does not say."""
    return WordField(tuple(Preset), otherwise=Preset.SEVERAL)


def day_fields(today: date) -> dict[str, Field]:
    """The fields for the days of a training."""
    span = Span.around(today)
    return {
        "starts_on": DayField(span),
        "between": DaysField(span, DAYS_BETWEEN),
        "ends_on": DayField(span),
    }


def cadence_field(cadences: Sequence[Cadence], *, may_fit: bool) -> CadenceField:
    """How many letters. may_fit: what fits the kind of training can be chosen too."""
    more = (FITTING,) if may_fit else ()
    return CadenceField(cadences, more, otherwise=FITTING if may_fit else USUAL_CADENCE)


def days_of(known: Dates | None, preset: Preset = Preset.SEVERAL) -> dict[str, Any]:
    """What the fields of the days start from; the last one stays open where it is the first one too."""
    if known is None:
        return {}
    if preset in presets.ONE_DAY:
        return {"starts_on": known.starts_on}
    return {"starts_on": known.starts_on, "between": known.between, "ends_on": known.ends_on}


def read_follow_up(form: DatesForm) -> FollowUp:
    """How a form that holds follows a training up."""
    return FollowUp(read_cadence(form), form["send"].data, form["closes_on"].data)
