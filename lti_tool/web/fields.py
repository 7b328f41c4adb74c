"""Fields of forms that ask no item: typed days, a line, and one of a few words."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from wtforms import Field

from lti_tool.domain.cadences import Cadence, StepId
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span, clean_line, clean_text, parse_day, write_day


class AskedField(Field):  # type: ignore[misc]  # WTForms has no types
    """What the pages ask of every field."""

    @property
    def problem(self) -> Problem | None:
        """The first thing there is to mend."""
        return self.errors[0] if self.errors else None

    @property
    def first_id(self) -> str:
        """The id of its first input."""
        return str(self.id)


class DayField(AskedField):
    """A day that a trainer types; its data is a date or None, and `typed` what stands in the field.

    may_stay_open: nothing typed is fine too.
    """

    data: date | None

    def __init__(self, span: Span, *, may_stay_open: bool = False, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.span, self.typed, self.may_stay_open = span, "", may_stay_open

    def process_data(self, value: date | None) -> None:
        """Takes a known day over."""
        self.data, self.typed = value, write_day(value) if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what was typed."""
        self.typed = clean_line(valuelist[0]) if valuelist else ""
        self.data = parse_day(self.typed)
        if self.may_stay_open and not self.typed:
            return
        if problem := self.span.problem_with(self.typed):
            self.process_errors.append(problem)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What the field sends, for a page that carries it along."""
        return [(str(self.name), self.typed)]


class DaysField(AskedField):
    """Days that a trainer types, each on a line of its own; `typed` is what stands in the field."""

    data: tuple[date, ...]

    def __init__(self, span: Span, at_most: int, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.span, self.at_most, self.typed = span, at_most, ""

    def process_data(self, value: Collection[date] | None) -> None:
        """Takes known days over."""
        self.data = tuple(sorted(value or ()))
        self.typed = "\n".join(write_day(day) for day in self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what was typed; commas part days too."""
        self.typed = clean_text(valuelist[0]) if valuelist else ""
        lines = [line.strip() for line in re.split("[\n,;]", self.typed) if line.strip()]
        days = [parse_day(line) for line in lines]
        self.data = tuple(sorted(day for day in days if day is not None))
        self.process_errors.extend(self._problems(days))

    def _problems(self, days: list[date | None]) -> Iterator[Problem]:
        for line, day in enumerate(days, start=1):
            if day is None:
                yield Problem(ProblemKind.NO_DATE_IN_LINE, line=line, example=self.span.example)
        if twice := [day for day, times in Counter(self.data).items() if times > 1]:
            yield Problem(ProblemKind.SAME_DAY_TWICE, day=twice[0])
        if len(days) > self.at_most:
            yield Problem(ProblemKind.TOO_MANY_DAYS, limit=self.at_most)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What the field sends, for a page that carries it along."""
        return [(str(self.name), self.typed)]


class LineField(AskedField):
    """A line that has to be filled in; kept on the page whatever it holds."""

    data: str

    def __init__(self, limit: int, missing: ProblemKind, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.limit, self.missing = limit, missing

    def process_data(self, value: str | None) -> None:
        """Takes a known line over."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what was typed."""
        self.data = clean_line(valuelist[0]) if valuelist else ""
        if not self.data:
            self.process_errors.append(Problem(self.missing))
        elif (over := len(self.data) - self.limit) > 0:
            self.process_errors.append(Problem(ProblemKind.TOO_LONG, over, self.limit))


class TextField(AskedField):
    """A text that may stay open; kept on the page whatever it holds. is_line: it has no line ends."""

    data: str

    def __init__(self, limit: int, *, is_line: bool = False, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.limit, self.is_line = limit, is_line

    def process_data(self, value: str | None) -> None:
        """Takes a known text over."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what was typed."""
        typed = valuelist[0] if valuelist else ""
        self.data = clean_line(typed) if self.is_line else clean_text(typed)
        if (over := len(self.data) - self.limit) > 0:
            self.process_errors.append(Problem(ProblemKind.TEXT_TOO_LONG, over, self.limit))


class StepsField(AskedField):
    """Which steps of a cadence go out: a box each. Its data are the steps that are left out.

    A box without a tick sends nothing, so every step that was shown is sent along beside it.
    """

    data: frozenset[str]
    SHOWN = "shown"

    def process(self, formdata: Any, data: Any = frozenset(), extra_filters: Any = None) -> None:
        """Takes what is known over; a step that was shown is in or out by its box."""
        self.process_errors: list[Problem] = []
        self.data = frozenset(data or ())
        if formdata:
            known = {str(step) for step in StepId}
            shown = known & set(formdata.getlist(self.SHOWN))
            self.data = frozenset((self.data - shown) | (shown - set(formdata.getlist(self.name))))

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What the field sends, for a page that carries it along."""
        return [(self.SHOWN, step) for step in sorted(self.data)]


class WordField(AskedField):
    """One of a few words; its data is one of them, or None. otherwise: what holds when none was sent."""

    data: str | None

    def __init__(self, words: Collection[str], *, otherwise: str | None = None, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.words, self.otherwise = tuple(words), otherwise

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes a word that is offered; anything else is a problem."""
        valuelist = valuelist or ([] if self.otherwise is None else [self.otherwise])
        self.data = valuelist[0] if valuelist and valuelist[0] in self.words else None
        if self.data is None:
            kind = ProblemKind.NOT_AN_OPTION if valuelist else ProblemKind.NOTHING_CHOSEN
            self.process_errors.append(Problem(kind))

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What the field sends, for a page that carries it along."""
        return [(str(self.name), self.data)] if self.data is not None else []

    @property
    def first_id(self) -> str:
        """The id of its first input."""
        return f"{self.id}-{self.words[0]}"


class WordsField(AskedField):
    """Any of a few words, or none; its data is those of them that were chosen."""

    data: tuple[str, ...]

    def __init__(self, words: Collection[str], **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.words = tuple(words)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes the words that are offered; any other is a problem."""
        self.data = tuple(word for word in self.words if word in valuelist)
        if set(valuelist) - set(self.words):
            self.process_errors.append(Problem(ProblemKind.NOT_AN_OPTION))

    @property
    def first_id(self) -> str:
        """The id of its first input."""
        return f"{self.id}-{self.words[0]}"


class ListField(WordField):
    """One of a few words, from a list that opens."""

    @property
    def first_id(self) -> str:
        """The id of its list."""
        return str(self.id)


class EarlierField(ListField):
    """An earlier training; one that is not offered any more is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes what is offered."""
        self.data = valuelist[0] if valuelist and valuelist[0] in self.words else ""


class CadenceField(WordField):
    """The key of a cadence, one of those that are offered. more: words that mean one of them."""

    def __init__(self, offered: Sequence[Cadence], more: Sequence[str] = (), **wtforms: Any) -> None:
        super().__init__([*more, *(cadence.key for cadence in offered)], **wtforms)
        self.offered = offered
