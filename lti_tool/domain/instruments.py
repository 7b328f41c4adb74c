"""Instruments: versioned, bilingual sets of items, in parts, in steps of one to three items."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from lti_tool.domain.answers import Answer
from lti_tool.domain.item_type import ItemType
from lti_tool.domain.words import Words


class Phase(StrEnum):
    """When in a training an instrument has its place."""

    PRE = "pre"
    MID = "mid"
    POST = "post"
    FOLLOW_UP = "follow_up"
    INFORMAL = "informal"


class Shelf(StrEnum):
    """Whom an instrument is offered to, to use at any time and as often as they like."""

    LEARNER = "learner"
    TRAINER = "trainer"


class Audience(StrEnum):
    """Who reads an answer; each has its line in the pages ("who reads this")."""

    ME = "me"
    TRAINER_IF_SHARED = "trainer_if_shared"  # me, and my trainer if I say so in `share` of the item
    TRAINER = "trainer"
    BUDDY = "buddy"
    TEAM = "team"
    COUNTED = "counted"  # nobody reads it; it counts in a figure from five people
    MAIL = "mail"  # comes back in my own mail
    ME_AND_COUNTED = "me_and_counted"  # I see it; the choice is counted, the words are not


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen.

    with_line: choosing it opens a line of one's own.
    excludes_others: it says that none of the others fits, and gives way to one that is chosen beside it.
    """

    id: str
    label: Words
    group: str | None = None
    help: Words | None = None
    with_line: bool = False
    excludes_others: bool = False
    points_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A heading above some of the options of one item."""

    id: str
    label: Words


@dataclass(frozen=True)
class Excess:
    """A rule of the voice that an item breaks on purpose, and why."""

    rule: str
    reason: str


@dataclass(frozen=True)
class OptionList:
    """Options that several items share. `digest`: the SHA-256 of its file."""

    name: str
    options: tuple[Option, ...]
    groups: tuple[Group, ...]
    excesses: tuple[Excess, ...]
    digest: str


@dataclass(frozen=True)
class Item:
    """One question.

    type: how it is answered.
    options: of `ten` the figures 1 to 10, of which the first and the last have words as help.
    groups: the headings of the options that name a group, in the order to show them.
    default: id of the option that is chosen beforehand.
    shows: ids of earlier items whose answers stand, dated, above this one.
    value_level: 1 to 5 of the guide's value levels, or None.
    source: where the question comes from (guide section, or "own").
    max_length: characters that each field of the answer may have.
    """

    id: str
    type: ItemType
    ask: Words
    audience: Audience
    source: str
    help: Words | None = None
    examples: Words | None = None
    options: tuple[Option, ...] = ()
    shows: tuple[str, ...] = ()
    value_level: int | None = None
    max_length: int = 2000
    groups: tuple[Group, ...] = ()
    default: str | None = None
    excesses: tuple[Excess, ...] = ()

    def option(self, option_id: str) -> Option:
        """The option with that id; raises KeyError."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def days(self, said: Answer) -> tuple[date, ...]:
        """The days that an answer names; none where the item asks for no day."""
        return tuple(map(date.fromisoformat, said.words.split())) if self.type.names_days else ()

    def together(self, chosen: Sequence[str]) -> Sequence[str]:
        """Of the options that were chosen, by id, those that can be meant together."""
        named = [each for each in chosen if not self.option(each).excludes_others]
        return named or chosen[:1]

    @property
    def grouped(self) -> Iterator[tuple[Group | None, tuple[Option, ...]]]:
        """The options by heading; those without one come last, under None."""
        for group in (*self.groups, None):
            group_id = group.id if group else None
            if options := tuple(option for option in self.options if option.group == group_id):
                yield group, options


@dataclass(frozen=True)
class Step:
    """One page of a part: one subject, one to three items.

    needs_address: it is about mails, so it is asked only of who can get them.
    """

    key: str
    title: Words
    heading: Words
    items: tuple[Item, ...]
    lead: Words | None = None
    needs_address: bool = False


@dataclass(frozen=True)
class Part:
    """What is submitted in one go."""

    key: str
    title: Words
    minutes: int
    steps: tuple[Step, ...]

    @property
    def items(self) -> Iterator[Item]:
        """All items, in the order asked."""
        for step in self.steps:
            yield from step.items

    def asked(self, *, has_address: bool) -> "Part":
        """The part as it is asked of one person."""
        return replace(
            self, steps=tuple(step for step in self.steps if has_address or not step.needs_address)
        )


@dataclass(frozen=True)
class Instrument:
    """A published version never changes.

    digest: SHA-256 of its file, together with those of the option lists it uses.
    shelf: of one that is taken up at will; None of one that has its own place in a training.
    about: what it is good for, of one on a shelf.
    spread: its scales may join the picture of a group, by an act of the writer.
    """

    key: str
    version: int
    phase: Phase
    title: Words
    source: str
    parts: tuple[Part, ...]
    digest: str
    shelf: Shelf | None = None
    about: Words | None = None
    spread: bool = False

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All that it asks, by id."""
        return {item.id: item for part in self.parts for item in part.items}

    def part(self, key: str) -> Part:
        """The part with that key; raises KeyError."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)
