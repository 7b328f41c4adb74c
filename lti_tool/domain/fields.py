"""One table of a content file, read field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from lti_tool.domain.words import LOCALES, Words

E = TypeVar("E", bound=StrEnum)


class ContentError(ValueError):
    """A content file says something that does not fit; the message says where, and what would fit."""


@dataclass(frozen=True)
class Fields:
    """The fields of one table. Everything that does not fit raises ContentError, naming `place`."""

    place: str
    raw: Mapping[str, object]

    @classmethod
    def of(cls, place: str, raw: object, known: str) -> "Fields":
        """The fields of `raw`; `known`: the names it may hold, with spaces between."""
        if not isinstance(raw, Mapping):
            raise ContentError(f"{place}: needs a table")
        if strangers := sorted(set(raw) - set(known.split())):
            raise ContentError(f"{place}: unknown field {', '.join(strangers)}")
        return cls(place, raw)

    def refuse(self, reason: str) -> ContentError:
        """The error to raise, with the place in it."""
        return ContentError(f"{self.place}: {reason}")

    def text(self, name: str) -> str:
        """A text that says something."""
        value = self.raw.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(f"{name} needs a text")
        if value != value.strip():
            raise self.refuse(f"{name} begins or ends with a space")
        return value

    def text_or_none(self, name: str) -> str | None:
        """A text that may be left out."""
        return self.text(name) if name in self.raw else None

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number of at least 1; `default` when it is left out."""
        value = self.raw.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.refuse(f"{name} needs a whole number of 1 or more")
        return value

    def truth(self, name: str) -> bool:
        """True or false; false when it is left out."""
        value = self.raw.get(name, False)
        if not isinstance(value, bool):
            raise self.refuse(f"{name} needs true or false")
        return value

    def word(self, name: str, words: type[E]) -> E:
        """One of the words of an enumeration."""
        value = self.text(name)
        if value not in list(words):
            raise self.refuse(f"{name} {value!r} is not one of: {', '.join(words)}")
        return words(value)

    def words_of(self, name: str, words: type[E]) -> tuple[E, ...]:
        """A list of words of an enumeration; empty when it is left out."""
        found = self.texts(name)
        if strangers := [value for value in found if value not in list(words)]:
            raise self.refuse(f"{name} {', '.join(strangers)} is not one of: {', '.join(words)}")
        return tuple(words(value) for value in found)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when it is left out."""
        value = self.raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.refuse(f"{name} needs a list of texts")
        return tuple(value)

    def words(self, name: str) -> Words:
        """A text in both languages."""
        both = Fields.of(f"{self.place}, {name}", self.raw.get(name), " ".join(LOCALES))
        return Words(nl=both.text("nl"), en=both.text("en"))

    def words_or_none(self, name: str) -> Words | None:
        """A text in both languages that may be left out."""
        return self.words(name) if name in self.raw else None

    def tables(self, name: str) -> list[Mapping[str, object]]:
        """A list of tables; empty when it is left out."""
        value = self.raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            raise self.refuse(f"{name} needs [[{name}]] before each")
        return value
