"""The forms of a trainer: what a link is for, the days of a training, its follow-up, its groups."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import Field

from lti_tool.domain.cadences import Cadence
from lti_tool.domain.instruments import Phase
from lti_tool.models.tracks import Track
from lti_tool.services.settings_up import Joinable, LinkPurpose, NewTrack, next_meeting
from lti_tool.services.track_copies import Earlier
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web.fields import (
    CadenceField,
    DayField,
    DaysField,
    EarlierField,
    LineField,
    ListField,
    StepsField,
    WordField,
)
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span

NEW_TRACK = "new"
USUAL_CADENCE = "standard"
DAYS_BETWEEN = 8
LONGEST_NAME = 60
# The days of a training, and with them all that belongs to a new one only.
DAYS = ("starts_on", "between", "ends_on")


class DatesForm(PageForm):
    """The days of a training, and on most pages how it is followed up.

    last_elsewhere: the last day of the other groups, after which the training may close.
    ends_by: the closing day that a group to add keeps to.
    """

    last_elsewhere: date | None = None
    ends_by: date | None = None

    def look_further(self) -> None:
        """The days are in the right order."""
        if not any(self[name].errors for name in DAYS):
            for name, problem in self._disorder():
                self[name].errors.append(problem)

    def _disorder(self) -> Iterator[tuple[str, Problem]]:
        first, between, last = (self[name].data for name in DAYS)
        if last < first:
            yield "ends_on", Problem(ProblemKind.ENDS_TOO_EARLY, first=first)
            return
        if any(day in (first, last) for day in between):
            twice = next(day for day in between if day in (first, last))
            yield "between", Problem(ProblemKind.SAME_DAY_TWICE, day=twice)
        elif any(not first < day < last for day in between):
            yield "between", Problem(ProblemKind.NOT_IN_BETWEEN, first=first, last=last)
        end = max(last, self.last_elsewhere or last)
        closes_on = self["closes_on"].data if "closes_on" in self else None
        if closes_on is not None and closes_on < end:
            yield "closes_on", Problem(ProblemKind.CLOSES_TOO_EARLY, first=end)
        if self.ends_by is not None and last > self.ends_by:
            yield "ends_on", Problem(ProblemKind.ENDS_AFTER_CLOSING, last=self.ends_by)


class BeginningForm(DatesForm):
    """A training that may begin from an earlier one. earlier_ones: those to choose from."""

    earlier_ones: Sequence[Earlier] = ()

    @property
    def begun_from(self) -> Earlier | None:
        """The one that was chosen."""
        chosen = self["earlier"].data if "earlier" in self else None
        return next((each for each in self.earlier_ones if str(each.track.id) == chosen), None)

    @property
    def earlier_track(self) -> Track | None:
        """Its track."""
        return self.begun_from.track if self.begun_from else None

    @property
    def is_to_take(self) -> bool:
        """Whether another was chosen than the one whose set-up stands in the form already."""
        return self.begun_from is not None and self["earlier"].data != self["taken"].data


class SetUpForm(BeginningForm):
    """What a link is for, and in which training; whoever joins one gives no dates."""

    joinable: Sequence[Joinable] = ()

    @property
    def joined(self) -> Joinable | None:
        """The track to join."""
        chosen = self["track"].data if "track" in self else None
        return next((each for each in self.joinable if str(each.track.id) == chosen), None)

    @property
    def meetings(self) -> int:
        """How many meetings the training has, as far as the form tells."""
        if self.joined is not None:
            return self.joined.meetings
        ends = [self[name].data for name in ("starts_on", "ends_on")]
        return len({*self["between"].data, *(day for day in ends if day is not None)})

    @property
    def number(self) -> int:
        """The meeting to look back on: what was chosen, else the first that has no link yet."""
        chosen = int(self["meeting"].data or 0)
        if 1 <= chosen < self.meetings:
            return chosen
        return next_meeting(self.meetings, self.joined.looked_back if self.joined else frozenset())

    def look_further(self) -> None:
        """Whether all that is needed fits."""
        super().look_further()
        if self.joined is not None:
            for name in (*DAYS, "closes_on", "cadence"):
                self[name].errors = ()
        phase = self["phase"]
        if phase.data == Phase.MID and not any(self[name].errors for name in DAYS) and self.meetings < 2:
            phase.errors = [Problem(ProblemKind.ONE_DAY_ONLY)]


@dataclass(frozen=True)
class Offer:
    """What a form of a trainer may choose from. today: where the trainer is. earlier: to begin from."""

    today: date
    cadences: Sequence[Cadence]
    phases: Sequence[Phase] = (Phase.PRE, Phase.POST)
    joinable: Sequence[Joinable] = ()
    earlier: Sequence[Earlier] = ()


def set_up(
    offer: Offer,
    *,
    phase: str = Phase.PRE,
    known: Dates | None = None,
    taken: Earlier | None = None,
    sent: Posted | None = None,
) -> SetUpForm:
    """What a link is for. The likeliest track to join is the first of those that are offered.

    taken: the training whose set-up stands in the form.
    """
    tracks = [str(each.track.id) for each in offer.joinable]
    fields: dict[str, Field] = {"phase": WordField(offer.phases)}
    if tracks:
        fields["track"] = WordField((*tracks, NEW_TRACK))
    numbers = tuple(str(number) for number in range(1, DAYS_BETWEEN + 2))
    form = SetUpForm(
        {
            **fields,
            **day_fields(offer.today),
            **_follow_up_fields(offer),
            "meeting": ListField(("", *numbers), otherwise=""),
            **earlier_fields(offer.earlier),
        }
    )
    form.joinable, form.earlier_ones = offer.joinable, offer.earlier
    track = (*tracks, NEW_TRACK)[-1 if taken else 0]
    chosen = {"phase": phase, "track": track, "cadence": USUAL_CADENCE, "meeting": ""}
    form.process(sent, data={**chosen, **_days_of(known), **taken_over(taken)})
    return form


def read_set_up(form: SetUpForm) -> tuple[LinkPurpose, Joinable | NewTrack]:
    """What a form that holds decides."""
    phase = Phase(form["phase"].data)
    purpose = LinkPurpose(phase, form.number if phase is Phase.MID else None)
    new = NewTrack(read_dates(form), read_follow_up(form), form.earlier_track)
    return purpose, form.joined or new


def dates(
    offer: Offer,
    *,
    known: Dates | None = None,
    follow_up: FollowUp | None = None,
    name: str | None = None,
    last_elsewhere: date | None = None,
    sent: Posted | None = None,
) -> DatesForm:
    """The days of a training, and how it is followed up. name: of the group, where there are several."""
    named: dict[str, Field] = (
        {} if name is None else {"name": LineField(LONGEST_NAME, ProblemKind.NO_GROUP_NAME)}
    )
    form = DatesForm({**named, **day_fields(offer.today), **_follow_up_fields(offer)})
    form.last_elsewhere = last_elsewhere
    form.process(sent, data={"name": name, **_days_of(known), **_follow_up_of(follow_up or FollowUp())})
    return form


def group(
    today: date, *, known: Dates | None = None, ends_by: date | None = None, sent: Posted | None = None
) -> DatesForm:
    """A group to add: its name and its days. ends_by: a closing day that its trainer chose."""
    form = DatesForm({"name": LineField(LONGEST_NAME, ProblemKind.NO_GROUP_NAME), **day_fields(today)})
    form.ends_by = ends_by
    form.process(sent, data=_days_of(known))
    return form


def groups(people: Mapping[UUID, int], numbers: Sequence[int], sent: Posted | None = None) -> PageForm:
    """In which group people are. people: the number of the group now, by enrolment."""
    words = tuple(str(number) for number in numbers)
    form = PageForm({str(who): ListField(words, otherwise=str(number)) for who, number in people.items()})
    form.process(sent, data={str(who): str(number) for who, number in people.items()})
    return form


def read_groups(form: PageForm, people: Mapping[UUID, int]) -> dict[UUID, int]:
    """The groups of those for whom another was chosen."""
    chosen = {who: int(form[str(who)].data) for who in people}
    return {who: number for who, number in chosen.items() if number != people[who]}


def read_dates(form: DatesForm) -> Dates:
    """The days of a form that holds."""
    return Dates(form["starts_on"].data, form["ends_on"].data, form["between"].data)


def read_follow_up(form: DatesForm) -> FollowUp:
    """How a form that holds follows a training up."""
    return FollowUp(form["cadence"].data, form["send"].data, form["closes_on"].data)


def day_fields(today: date) -> dict[str, Field]:
    """The fields for the days of a training."""
    span = Span.around(today)
    return {
        "starts_on": DayField(span),
        "between": DaysField(span, DAYS_BETWEEN),
        "ends_on": DayField(span),
    }


def earlier_fields(earlier: Sequence[Earlier]) -> dict[str, Field]:
    """The earlier trainings to begin from, and the one whose set-up stands in the form; none without any."""
    ids = ("", *(str(each.track.id) for each in earlier))
    names = ("earlier", "taken") if earlier else ()
    return {name: EarlierField(ids, otherwise="") for name in names}


def taken_over(taken: Earlier | None) -> dict[str, Any]:
    """What a form holds of an earlier training, but its days."""
    if taken is None:
        return {"earlier": "", "taken": ""}
    chosen = str(taken.track.id)
    return {"earlier": chosen, "taken": chosen, "pace": taken.dates.pace, **_follow_up_of(taken.follow_up)}


def _follow_up_fields(offer: Offer) -> dict[str, Field]:
    return {
        "cadence": CadenceField(offer.cadences, otherwise=USUAL_CADENCE),
        "closes_on": DayField(Span.around(offer.today), may_stay_open=True),
        "send": StepsField(),
    }


def _days_of(known: Dates | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {"starts_on": known.starts_on, "between": known.between, "ends_on": known.ends_on}


def _follow_up_of(known: FollowUp) -> dict[str, Any]:
    return {"cadence": known.cadence, "closes_on": known.closes_on, "send": known.left_out}
