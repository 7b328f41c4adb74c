"""The forms of the pages, and what they say when they come in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.form import BaseForm

from lti_tool.domain.actions import Action
from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item, Phase, Step
from lti_tool.services.tracks import Dates
from lti_tool.web.fields import DayField, WordField
from lti_tool.web.item_fields import DayTile, ItemField
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span

Posted = MultiDict[str, str]
Said = Mapping[str, Answer]

# A link of a course holds one of these.
PLACED_PHASES = (Phase.PRE, Phase.POST)
NEW_TRACK = "new"
# Instead of a suggestion: the plan stays as it is.
OWN_PLAN = "own"


class MailChoice(StrEnum):
    """What somebody wants with the letters about one training."""

    GO_ON = "go_on"
    FEW = "few"
    PAUSE = "pause"
    STOP = "stop"
    STOP_ALL = "stop_all"  # only behind a link that was mailed to the address


@dataclass(frozen=True)
class SetUp:
    """What a trainer decided about a link. track_id: the track to join; None for a new one, with `dates`."""

    phase: Phase
    track_id: str | None
    dates: Dates | None


class PageForm(BaseForm):  # type: ignore[misc]  # WTForms has no types
    """A form of a page. Falsehood of `validate` means that `to_mend` holds something."""

    @property
    def to_mend(self) -> list[Field]:
        """The fields that hold a problem, for the summary and the title of the page."""
        return [field for field in self if field.errors]


class DatesForm(PageForm):
    """First and last day of a training."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether both are days, in the right order."""
        fits: bool = super().validate(extra_validators)
        first, last = self["starts_on"], self["ends_on"]
        if fits and last.data < first.data:
            last.errors.append(Problem(ProblemKind.ENDS_TOO_EARLY, first=first.data))
        return not self.to_mend


class SetUpForm(DatesForm):
    """What a link is for, and when; whoever joins a track gives no dates."""

    @property
    def track_id(self) -> str | None:
        """The track to join."""
        chosen = self["track"].data if "track" in self else NEW_TRACK
        return None if chosen in (NEW_TRACK, None) else str(chosen)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all that is needed fits."""
        super().validate(extra_validators)
        if self.track_id is not None:
            self["starts_on"].errors = self["ends_on"].errors = ()
        return not self.to_mend


def step(
    asked: Step,
    locale: str,
    *,
    today: date,
    days: Sequence[DayTile] = (),
    said: Said | None = None,
    sent: Posted | None = None,
) -> PageForm:
    """The form of one step. said: the answers so far, by item. days: those of a window day."""
    return _of_items(asked.items, locale, said, sent, days=days, span=Span.around(today))


def question(item: Item, locale: str, *, chosen: str | None = None, sent: Posted | None = None) -> PageForm:
    """One item that wants an answer. chosen: the option chosen beforehand, from a link in a letter."""
    known = chosen in {option.id for option in item.options}
    said = {item.id: Answer(choices=(chosen,))} if chosen and known else {}
    return _of_items([item], locale, said, sent, is_required=True)


def obstacles(item: Item, locale: str, *, sent: Posted | None = None) -> PageForm:
    """What stood in the way; it may stay open."""
    return _of_items([item], locale, None, sent)


def new_date(item: Item, locale: str, *, days: Sequence[DayTile], sent: Posted | None = None) -> PageForm:
    """Another day; whoever wants none presses the other button, named "skip"."""
    return _of_items([item], locale, None, sent, days=days, can_pass=False, is_required=True)


def suggestions(
    offered: Sequence[Action],
    item: Item,
    locale: str,
    *,
    days: Sequence[DayTile],
    sent: Posted | None = None,
) -> PageForm:
    """Which of some suggestions becomes the plan, and on which day. days: none without a plan."""
    fields: dict[str, Field] = {"action": WordField((*(each.id for each in offered), OWN_PLAN))}
    if any(tile.is_free for tile in days):
        fields[item.id] = ItemField(item, locale, days=days, can_pass=False)
    form = PageForm(fields)
    form.process(sent, data={"action": OWN_PLAN})
    return form


def read_suggestion(form: PageForm, offered: Sequence[Action], locale: str) -> tuple[str, date | None]:
    """The second half of the plan that was chosen, or nothing for one's own; and the day."""
    then = next((each.then for each in offered if each.id == form["action"].data), None)
    words = [field.data.words for field in form if field.name != "action"]
    return then[locale] if then else "", date.fromisoformat(words[0]) if words and words[0] else None


def change(
    items: Iterable[Item], locale: str, *, days: Sequence[DayTile], sent: Posted | None = None
) -> PageForm:
    """The sentence and the day of a plan, empty: what stays empty stays as it was."""
    return _of_items(items, locale, None, sent, days=days, can_pass=False)


def read(form: PageForm) -> dict[str, Answer]:
    """The answers by item, open ones too, so that an answer can be taken back.

    What does not fit is left out, but a text that is too long is there in full: it is kept.
    """
    return {str(field.name): field.data for field in form if field.can_be_kept}


def read_step(asked: Step, sent: Posted, *, days: Sequence[DayTile]) -> dict[str, Answer]:
    """The answers of a step when nobody can be asked to mend them. days: those of a window day."""
    return read(_of_items(asked.items, "nl", None, sent, days=days))


def mail_preferences(*, chosen: str | None = None, sent: Posted | None = None) -> PageForm:
    """Go on, pause or stop. chosen: what a link in a letter proposed, or what holds now."""
    form = PageForm({"choose": WordField(tuple(MailChoice))})
    form.process(sent, data={"choose": chosen if chosen in set(MailChoice) else MailChoice.GO_ON})
    return form


def dates(*, today: date, known: Dates | None = None, sent: Posted | None = None) -> DatesForm:
    """First and last day of a training."""
    form = DatesForm(_day_fields(today))
    form.process(sent, data=_days_of(known))
    return form


def read_dates(form: DatesForm) -> Dates:
    """The dates of a form that holds."""
    return Dates(form["starts_on"].data, form["ends_on"].data)


def set_up(
    *,
    today: date,
    tracks: Sequence[str] = (),
    phase: str = Phase.PRE,
    known: Dates | None = None,
    sent: Posted | None = None,
) -> SetUpForm:
    """What a link is for. tracks: ids of the tracks it may join, the likeliest first."""
    fields = {"phase": WordField(PLACED_PHASES)}
    if tracks:
        fields["track"] = WordField((*tracks, NEW_TRACK))
    form = SetUpForm({**fields, **_day_fields(today)})
    form.process(sent, data={"phase": phase, "track": tracks[0] if tracks else NEW_TRACK, **_days_of(known)})
    return form


def read_set_up(form: SetUpForm) -> SetUp:
    """What a form that holds decides."""
    track_id = form.track_id
    return SetUp(Phase(form["phase"].data), track_id, None if track_id else read_dates(form))


def _of_items(
    items: Iterable[Item], locale: str, said: Said | None, sent: Posted | None, **asked: Any
) -> PageForm:
    form = PageForm({item.id: ItemField(item, locale, **asked) for item in items})
    form.process(sent, data=said or {})
    return form


def _day_fields(today: date) -> dict[str, Field]:
    span = Span.around(today)
    return {"starts_on": DayField(span), "ends_on": DayField(span)}


def _days_of(known: Dates | None) -> dict[str, date]:
    return {"starts_on": known.starts_on, "ends_on": known.ends_on} if known else {}
