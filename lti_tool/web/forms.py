"""The forms of the pages, and what they say when they come in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.form import BaseForm

from lti_tool.domain.actions import Action
from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item, Step
from lti_tool.web import speaking
from lti_tool.web.fields import WordField
from lti_tool.web.item_fields import DayTile, ItemField
from lti_tool.web.typed import Span

Posted = MultiDict[str, str]
Said = Mapping[str, Answer]

# Instead of a suggestion: the plan stays as it is.
OWN_PLAN = "own"


class MailChoice(StrEnum):
    """What somebody wants with the letters about one training."""

    GO_ON = "go_on"
    FEW = "few"
    PAUSE = "pause"
    STOP = "stop"
    TRY_AGAIN = "try_again"  # an address that refused a letter
    STOP_ALL = "stop_all"  # only behind a link that was mailed to the address
    STAY_OUT = "stay_out"  # of a comparison of two cadences


class PageForm(BaseForm):  # type: ignore[misc]  # WTForms has no types
    """A form of a page."""

    is_only_shown = False
    """Whether it came to be shown in another language, as it is."""

    def process(self, formdata: Posted | None = None, *stored: Any, **more: Any) -> None:
        """Reads what is stored, then what was sent."""
        self.is_only_shown = formdata is not None and speaking.BUTTON in formdata
        super().process(formdata, *stored, **more)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it fits. If not, `to_mend` holds something, unless it is only shown."""
        if self.is_only_shown:
            return False
        super().validate(extra_validators)
        self.look_further()
        return not self.to_mend

    def look_further(self) -> None:
        """Adds the problems that no field sees by itself."""

    @property
    def to_mend(self) -> list[Field]:
        """The fields that hold a problem, for the summary and the title of the page."""
        return [field for field in self if field.errors]


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


def look_back(asked: Step, locale: str, *, chosen: str | None, sent: Posted | None = None) -> PageForm:
    """A scale that wants an answer, and a text that may stay open. chosen: as of `question`."""
    scale, *texts = asked.items
    known = chosen in {option.id for option in scale.options}
    fields = {scale.id: ItemField(scale, locale, is_required=True)}
    fields |= {text.id: ItemField(text, locale, can_pass=False) for text in texts}
    form = PageForm(fields)
    form.process(sent, data={scale.id: Answer(choices=(chosen,))} if chosen and known else {})
    return form


def obstacles(item: Item, locale: str, *, sent: Posted | None = None) -> PageForm:
    """What stood in the way; it may stay open."""
    return _of_items([item], locale, None, sent)


def new_date(item: Item, locale: str, *, days: Sequence[DayTile], sent: Posted | None = None) -> PageForm:
    """Another day; whoever wants none presses the other button, named "skip"."""
    return _of_items([item], locale, None, sent, days=days, can_pass=False, is_required=True)


def suggestions(
    offered: Sequence[Action],
    who: Item,
    new_date: Item,
    locale: str,
    *,
    days: Sequence[DayTile],
    sent: Posted | None = None,
) -> PageForm:
    """Which of some suggestions becomes the plan, who could help, and the day. days: none without a plan."""
    fields: dict[str, Field] = {"action": WordField((*(each.id for each in offered), OWN_PLAN))}
    fields[who.id] = ItemField(who, locale)
    if any(tile.is_free for tile in days):
        fields[new_date.id] = ItemField(new_date, locale, days=days, can_pass=False)
    form = PageForm(fields)
    form.process(sent, data={"action": OWN_PLAN})
    return form


def read_suggestion(
    form: PageForm, offered: Sequence[Action], new_date: Item, locale: str
) -> tuple[str, date | None]:
    """The second half of the plan that was chosen, or nothing for one's own; and the day."""
    then = next((each.then for each in offered if each.id == form["action"].data), None)
    day = form[new_date.id].data.words if new_date.id in form else ""
    return then[locale] if then else "", date.fromisoformat(day) if day else None


def change(
    items: Iterable[Item], locale: str, *, days: Sequence[DayTile], sent: Posted | None = None
) -> PageForm:
    """The sentence and the day of a plan, empty: what stays empty stays as it was."""
    return _of_items(items, locale, None, sent, days=days, can_pass=False)


def note(
    items: Iterable[Item], locale: str, *, said: Said | None = None, sent: Posted | None = None
) -> PageForm:
    """A note in the logbook: nothing of it has to be answered with "I do not know"."""
    return _of_items(items, locale, said, sent, can_pass=False)


def page_of(sent: str | None) -> UUID:
    """The page that a note came from; one that says nothing of it is a page of its own."""
    try:
        return UUID(sent or "")
    except ValueError:
        return uuid4()


def read(form: PageForm) -> dict[str, Answer]:
    """The answers by item, open ones too, so that an answer can be taken back.

    What does not fit is left out, but a text that is too long is there in full: it is kept.
    """
    return {str(field.name): field.data for field in form if field.can_be_kept}


def sent_step(asked: Step, sent: Posted, *, days: Sequence[DayTile]) -> PageForm:
    """What was sent of a step when nobody can be asked to mend it. days: those of a window day."""
    return _of_items(asked.items, "nl", None, sent, days=days)


def mail_preferences(*, chosen: str | None, sent: Posted | None = None) -> PageForm:
    """Go on, pause or stop. chosen: what a link in a letter proposes, or what holds now."""
    form = PageForm({"choose": WordField(tuple(MailChoice))})
    form.process(sent, data={"choose": chosen if chosen in set(MailChoice) else MailChoice.GO_ON})
    return form


def _of_items(
    items: Iterable[Item], locale: str, said: Said | None, sent: Posted | None, **asked: Any
) -> PageForm:
    form = PageForm({item.id: ItemField(item, locale, **asked) for item in items})
    form.process(sent, data=said or {})
    return form
