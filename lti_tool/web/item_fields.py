"""The field of one item of an instrument, whatever its type: inputs in, an Answer out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from wtforms import Field, ValidationError

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Group, Item, Option
from lti_tool.domain.item_type import Choices, Control
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span, clean_line, clean_text, parse_day, write_day

ONE_DAY = frozenset({Control.DATE, Control.TILES})
MOST_DAYS = 3


@dataclass(frozen=True)
class DayTile:
    """A day that is shown to choose from.

    is_free: it can be chosen. why: why not, as a word that the pages know (past, today, holiday,
    free_day, leave, weekend); empty for a day that can. is_late: it leaves little of the two weeks.
    """

    on: date
    is_free: bool = True
    why: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class DayInput:
    """One of the inputs of an item that takes more than one day. number: from 1."""

    number: int
    id: str
    name: str
    typed: str
    problem: Problem | None


@dataclass(frozen=True)
class Sent:
    """What came in for one item. more: days 2 and 3; line: beside an option; then: of an if-then sentence."""

    values: tuple[str, ...]
    more: tuple[str, ...] = ()
    then: str = ""
    line: str = ""
    unknown: bool = False

    @property
    def first(self) -> str:
        """The first value, or nothing."""
        return self.values[0] if self.values else ""


class ItemField(Field):  # type: ignore[misc]  # WTForms has no types
    """An item of an instrument, asked in one language; its data is an Answer.

    Its inputs are named after the item: "post.if_then", "post.if_then:then", "post.obstacles:line",
    "pre.review_moments:2" and "pre.goal:unknown". All of it may stay open, unless `is_required`.

    days: of a window day, the days to show; None when any day fits. span: of a typed date, the days
    that fit. can_pass: offers "I do not know yet" where the type allows it.
    """

    data: Answer

    def __init__(
        self,
        item: Item,
        locale: str,
        *,
        days: Sequence[DayTile] | None = None,
        span: Span | None = None,
        can_pass: bool = True,
        is_required: bool = False,
        **wtforms: Any,
    ) -> None:
        super().__init__(label=item.ask[locale], id=item.id.replace(".", "-"), **wtforms)
        self.item, self.locale = item, locale
        self.days, self.span = days, span
        self.offers_unknown = can_pass and item.type.can_be_unknown
        self.is_required = is_required
        self.typed = ""
        self.typed_days: tuple[str, ...] = ()
        self.day_problems: dict[int, Problem] = {}

    def process(self, formdata: Any, *stored: Any, **more: Any) -> None:
        """Reads the stored answer, then the inputs that came in: more than one belongs to an item."""
        self._formdata = formdata
        super().process(formdata, *stored, **more)

    def process_data(self, value: Answer | None) -> None:
        """Takes a stored answer over; without one, the item's default."""
        first_choice = (self.item.default,) if self.item.default else ()
        self.data = value if value is not None else Answer(choices=first_choice)
        self.kept_day = parse_day(self.data.words) if self.item.type.control in ONE_DAY else None
        self.typed = write_day(self.kept_day) if self.kept_day else ""
        if self.item.type.control is Control.DATES:
            self.typed_days = tuple(write_day(date.fromisoformat(day)) for day in self.data.words.split())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Makes an answer of the inputs; what does not fit becomes a problem, never an exception."""
        sent = Sent(
            tuple(valuelist),
            tuple(self._formdata.get(f"{self.name}:{number}", "") for number in range(2, MOST_DAYS + 1)),
            clean_line(self._formdata.get(f"{self.name}:then", "")),
            clean_line(self._formdata.get(f"{self.name}:line", "")),
            self.offers_unknown and f"{self.name}:unknown" in self._formdata,
        )
        self.data, problems = READERS[self.item.type.control](self, sent)
        for text in (self.data.words, self.data.then):
            if (over := len(text) - self.item.max_length) > 0:
                problems.append(Problem(ProblemKind.TOO_LONG, over, self.item.max_length))
        self.process_errors.extend(problems)

    def pre_validate(self, form: object) -> None:
        """Raises ValidationError, with a Problem, when a required answer is open."""
        if self.is_required and self.data.is_open and not self.process_errors:
            raise ValidationError(Problem(ProblemKind.NOTHING_CHOSEN))

    @property
    def problem(self) -> Problem | None:
        """The first thing there is to mend."""
        return self.errors[0] if self.errors else None

    @property
    def can_be_kept(self) -> bool:
        """Whether the answer may be stored: text that is too long is kept until it is made shorter."""
        return all(problem.kind is ProblemKind.TOO_LONG for problem in self.process_errors)

    @property
    def ask(self) -> str:
        """The question."""
        return self.item.ask[self.locale]

    @property
    def help(self) -> str | None:
        """What stands under the question."""
        return self.item.help[self.locale] if self.item.help else None

    @property
    def examples(self) -> str | None:
        """What folds open under the question."""
        return self.item.examples[self.locale] if self.item.examples else None

    @property
    def grouped(self) -> list[tuple[Group | None, tuple[Option, ...]]]:
        """The options by heading."""
        return list(self.item.grouped)

    @property
    def tiles(self) -> list[DayTile]:
        """The days to show; a day that was chosen before stays possible, also when it has passed."""
        by_day = {tile.on: tile for tile in self.days or ()}
        if self.kept_day:
            by_day[self.kept_day] = DayTile(self.kept_day)
        return [by_day[day] for day in sorted(by_day)]

    @property
    def months(self) -> Iterator[list[DayTile]]:
        """The tiles, month by month."""
        for _month, tiles in groupby(self.tiles, key=lambda tile: (tile.on.year, tile.on.month)):
            yield list(tiles)

    def day_of(self, said: Answer) -> date | None:
        """The day that an answer to this item names; None where the item asks for no day."""
        return parse_day(said.words) if self.item.type.control in ONE_DAY else None

    @property
    def day_inputs(self) -> list[DayInput]:
        """The inputs of an item that takes more than one day, each with what stands in it."""
        typed = dict(enumerate(self.typed_days, start=1))
        ends = {number: "" if number == 1 else number for number in range(1, MOST_DAYS + 1)}
        return [
            DayInput(
                number,
                f"{self.id}-{end}" if end else str(self.id),
                f"{self.name}:{end}" if end else str(self.name),
                typed.get(number, ""),
                self.day_problems.get(number),
            )
            for number, end in ends.items()
        ]

    @property
    def first_id(self) -> str:
        """The id of the first input, or of the first day to mend, for a link from the summary of problems."""
        if self.item.type.control is Control.DATES:
            return next((one.id for one in self.day_inputs if one.problem), str(self.id))
        if self.item.type.control is Control.TILES:
            first = next((tile.on.isoformat() for tile in self.tiles if tile.is_free), None)
        else:
            first = next((option.id for _group, options in self.grouped for option in options), None)
        return f"{self.id}-{first}" if first else str(self.id)


Read = tuple[Answer, list[Problem]]


def _text(_field: ItemField, sent: Sent) -> Read:
    words = clean_text(sent.first)
    return Answer(words=words, unknown=sent.unknown and not words), []


def _line(_field: ItemField, sent: Sent) -> Read:
    words = clean_line(sent.first)
    return Answer(words=words, unknown=sent.unknown and not words), []


def _if_then(_field: ItemField, sent: Sent) -> Read:
    words = clean_line(sent.first)
    return Answer(words=words, then=sent.then, unknown=sent.unknown and not (words or sent.then)), []


def _date(field: ItemField, sent: Sent) -> Read:
    field.typed = clean_line(sent.first)
    if not field.typed:
        return Answer(unknown=sent.unknown), []
    day = _day(field, field.typed)
    return (Answer(), [day]) if isinstance(day, Problem) else (Answer(words=day.isoformat()), [])


def _dates(field: ItemField, sent: Sent) -> Read:
    field.typed_days = tuple(clean_line(typed) for typed in (sent.first, *sent.more))
    read = {number: _day(field, typed) for number, typed in enumerate(field.typed_days, start=1) if typed}
    field.day_problems = {number: day for number, day in read.items() if isinstance(day, Problem)}
    if field.day_problems:
        return Answer(), list(field.day_problems.values())
    days = sorted({day.isoformat() for day in read.values() if isinstance(day, date)})
    return Answer(words=" ".join(days), unknown=sent.unknown and not days), []


def _day(field: ItemField, typed: str) -> date | Problem:
    """The day that was typed, or why it is none that fits."""
    problem = field.span.problem_with(typed) if field.span else None
    return problem or parse_day(typed) or Problem(ProblemKind.NO_DATE)


def _window_day(field: ItemField, sent: Sent) -> Read:
    # A day cannot be unchosen without a script, so "I do not know yet" wins here.
    if sent.unknown or not sent.first:
        return Answer(unknown=sent.unknown), []
    day = parse_day(sent.first)
    offered = [tile.on for tile in field.tiles if tile.is_free]
    if day is None or (field.days is not None and day not in offered):
        first, last = (offered[0], offered[-1]) if offered else (None, None)
        return Answer(), [Problem(ProblemKind.DAY_NOT_OFFERED, first=first, last=last)]
    return Answer(words=day.isoformat()), []


def _options(field: ItemField, sent: Sent) -> Read:
    if sent.unknown:
        return Answer(unknown=True), []
    known = [option.id for option in field.item.options if option.id in sent.values]
    is_single = field.item.type.choices is Choices.ONE
    fits = set(sent.values) <= set(known) and not (is_single and len(known) > 1)
    beside = next((option.id for option in field.item.options if option.with_line), None)
    # Whoever writes on the line beside "something else" has chosen it.
    if sent.line and beside and beside not in known and not (is_single and known):
        known.append(beside)
    # "Nothing" is ticked in passing; whoever names something beside it means that.
    chosen = tuple(known[:1] if is_single else field.item.together(known))
    line = sent.line if beside else ""
    return Answer(choices=chosen, words=line), [] if fits else [Problem(ProblemKind.NOT_AN_OPTION)]


READERS: dict[Control, Callable[[ItemField, Sent], Read]] = {
    Control.TEXT: _text,
    Control.LINE: _line,
    Control.IF_THEN: _if_then,
    Control.DATE: _date,
    Control.DATES: _dates,
    Control.TILES: _window_day,
    Control.ROWS: _options,
    Control.FIGURES: _options,
}
