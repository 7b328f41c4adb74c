"""A long list, some of it at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Pages:
    """Which page of a list is shown. number: from 1. last: of the last page, 1 of an empty list."""

    number: int
    last: int

    @classmethod
    def of(cls, items: int, at_once: int, asked: Mapping[str, str], name: str = "page") -> Self:
        """The page that the parameters of an address ask for, or the nearest that there is.

        name: of the parameter, where a page has several lists.
        """
        last = max(1, -(-items // at_once))
        wanted = asked.get(name, "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 1
        return cls(min(max(number, 1), last), last)

    def places(self, at_once: int) -> range:
        """The places in the list of what is shown, from 0; the last page may hold fewer."""
        return range((self.number - 1) * at_once, self.number * at_once)


def in_turn(places: range, first: int) -> tuple[range, range]:
    """Those places where one list follows another: which of the first, and which of the second.

    first: how many there are in the first list.
    """
    second = range(max(places.start - first, 0), max(places.stop - first, 0))
    return range(places.start, min(places.stop, first)), second
