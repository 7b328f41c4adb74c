"""The learner's own when-then sentence, quoted unchanged; the words around it are ours."""

import re
from dataclasses import dataclass

ENDS = ".,;:!?…"


@dataclass(frozen=True, repr=False)
class Line:
    """One half of the sentence. label and mark are ours, and empty where the person wrote them."""

    label: str
    words: str
    mark: str

    def __str__(self) -> str:
        return f"{self.label} {self.words}{self.mark}".lstrip()


@dataclass(frozen=True, repr=False)
class Quote:
    """The sentence in its two halves, when and then."""

    lines: tuple[Line, Line]

    def __str__(self) -> str:
        return " ".join(str(line) for line in self.lines)


def quote(when_words: str, then_words: str, *, when: str, then: str) -> Quote:
    """The person's words after the labels `when` and `then`, which are in the letter's language."""
    return Quote((_line(when, when_words, ","), _line(then, then_words, ".")))


def _line(label: str, words: str, mark: str) -> Line:
    begins_with_it = _first_word(words) == _first_word(label)
    return Line("" if begins_with_it else label, words, "" if words.endswith(tuple(ENDS)) else mark)


def _first_word(text: str) -> str:
    found = re.match(r"\w+", text)
    return found.group().casefold() if found else ""
