"""Fields of forms that ask no item: a typed day, and one of a few words."""

from collections.abc import Collection
from datetime import date
from typing import Any

from wtforms import Field

from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span, clean_line, parse_day, write_day


class DayField(Field):  # type: ignore[misc]  # WTForms has no types
    """A day that a trainer types; its data is a date or None, and `typed` what stands in the field."""

    data: date | None

    def __init__(self, span: Span, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.span, self.typed = span, ""

    def process_data(self, value: date | None) -> None:
        """Takes a known day over."""
        self.data, self.typed = value, write_day(value) if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what was typed."""
        self.typed = clean_line(valuelist[0]) if valuelist else ""
        self.data = parse_day(self.typed)
        if problem := self.span.problem_with(self.typed):
            self.process_errors.append(problem)

    @property
    def problem(self) -> Problem | None:
        """The first thing there is to mend."""
        return self.errors[0] if self.errors else None

    @property
    def first_id(self) -> str:
        """The id of its input."""
        return str(self.id)


class WordField(Field):  # type: ignore[misc]  # WTForms has no types
    """One of a few words; its data is one of them, or None."""

    data: str | None

    def __init__(self, words: Collection[str], **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.words = tuple(words)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes a word that is offered; anything else is a problem."""
        self.data = valuelist[0] if valuelist and valuelist[0] in self.words else None
        if self.data is None:
            kind = ProblemKind.NOT_AN_OPTION if valuelist else ProblemKind.NOTHING_CHOSEN
            self.process_errors.append(Problem(kind))

    @property
    def problem(self) -> Problem | None:
        """The first thing there is to mend."""
        return self.errors[0] if self.errors else None

    @property
    def first_id(self) -> str:
        """The id of its first input."""
        return f"{self.id}-{self.words[0]}"


class WordsField(Field):  # type: ignore[misc]  # WTForms has no types
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
    def problem(self) -> Problem | None:
        """The first thing there is to mend."""
        return self.errors[0] if self.errors else None

    @property
    def first_id(self) -> str:
        """The id of its first input."""
        return f"{self.id}-{self.words[0]}"
