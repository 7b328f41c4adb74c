"""The forms of a trainer: what a link is for, the days of a training, its follow-up, its groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import Field

from lti_tool.domain.cadences import Cadence
from lti_tool.domain.instruments import Phase
from lti_tool.domain.presets import Preset
from lti_tool.models.tracks import Track
from lti_tool.services.settings_up import Joinable, LinkPurpose, NewTrack, next_meeting
from lti_tool.services.track_copies import Earlier
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web.day_forms import (
    DAYS,
    DAYS_BETWEEN,
    FITTING,
    DatesForm,
    cadence_field,
    day_fields,
    days_of,
    no_next_session,
    number_of_meetings,
    preset_field,
    preset_of,
    read_dates,
    read_follow_up,
)
from lti_tool.web.fields import DayField, EarlierField, LineField, ListField, StepsField, WordField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import ProblemKind
from lti_tool.web.typed import Span

NEW_TRACK = "new"
LONGEST_NAME = 60


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
        return self.joined.meetings if self.joined is not None else number_of_meetings(self)

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
            phase.errors = [no_next_session(self.joined.track.pace if self.joined else self.preset.pace)]


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
    preset: Preset = Preset.ONE_DAY,
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
            "preset": preset_field(),
            **day_fields(offer.today),
            **_follow_up_fields(offer, may_fit=True),
            "meeting": ListField(("", *numbers), otherwise=""),
            **earlier_fields(offer.earlier),
        }
    )
    form.joinable, form.earlier_ones = offer.joinable, offer.earlier
    track = (*tracks, NEW_TRACK)[-1 if taken else 0]
    chosen = {"phase": phase, "track": track, "cadence": FITTING, "meeting": "", "preset": preset}
    form.process(sent, data={**chosen, **days_of(known, preset), **taken_over(taken)})
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
    preset: Preset = Preset.SEVERAL,
    is_asked: bool = False,
    sent: Posted | None = None,
) -> DatesForm:
    """The days of a training, and how it is followed up. name: of the group, where there are several.

    preset: what kind of training it is. is_asked: whether the page asks that.
    """
    kind: dict[str, Field] = {"preset": preset_field()} if is_asked else {}
    named: dict[str, Field] = (
        {} if name is None else {"name": LineField(LONGEST_NAME, ProblemKind.NO_GROUP_NAME)}
    )
    form = DatesForm({**named, **kind, **day_fields(offer.today), **_follow_up_fields(offer)})
    form.last_elsewhere, form.fixed = last_elsewhere, preset
    chosen = {"name": name, "preset": preset}
    form.process(sent, data={**chosen, **days_of(known, preset), **_follow_up_of(follow_up or FollowUp())})
    return form


def group(
    today: date,
    *,
    known: Dates | None = None,
    ends_by: date | None = None,
    preset: Preset = Preset.SEVERAL,
    sent: Posted | None = None,
) -> DatesForm:
    """A group to add: its name and its days. ends_by: a closing day that its trainer chose."""
    form = DatesForm({"name": LineField(LONGEST_NAME, ProblemKind.NO_GROUP_NAME), **day_fields(today)})
    form.ends_by, form.fixed = ends_by, preset
    form.process(sent, data=days_of(known, preset))
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
    return {
        "earlier": chosen,
        "taken": chosen,
        "preset": preset_of(taken.dates),
        **_follow_up_of(taken.follow_up),
    }


def _follow_up_fields(offer: Offer, *, may_fit: bool = False) -> dict[str, Field]:
    return {
        "cadence": cadence_field(offer.cadences, may_fit=may_fit),
        "closes_on": DayField(Span.around(offer.today), may_stay_open=True),
        "send": StepsField(),
    }


def _follow_up_of(known: FollowUp) -> dict[str, Any]:
    return {"cadence": known.cadence, "closes_on": known.closes_on, "send": known.left_out}
