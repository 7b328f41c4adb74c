"""What of a group's answers to choices may be told, so that nobody can be recognised in it (privacy 4).

The rules, and why from all of it together nobody works out one to four people:

- A question is told of once in the life of a group, so no later answer can be seen coming in.
- Everybody in the group is counted, also who left the question open. Of a question with one answer the
  answers that are told hold 5 people or more, and so many remain or none. "Does not apply", "I do not know
  yet" and an open question are never told of by themselves: all that is not told may be just these, so no
  answer that is missing is known to be of one to four people. Of a question with several answers each is a
  question of its own: chosen, or not.
- No question follows from another: what is said to one leaves open what is said to the next. So any part
  of the group that is made up of answers to several questions may be empty, or as large as the smallest of
  the answers in it, which is none or 5 and more. A part that follows from another is not counted here: what
  the plan asks (who answered it has a plan, and plans are counted already).
- Below 20 people only a word is kept, never a number. Nor are numbers kept of a group that has grown or
  shrunk by one to four people since a figure was published of it.
- Of questions that a trainer made up, or put in other words, only words are kept: whoever writes the
  questions could make two that differ by one person, and numbers would tell. So it is of those that not
  everybody was asked alike, since a trainer changed them while people answered.
- Of each part a group is told of one way in which it was asked, that of most people (`services/answered.py`):
  who was asked otherwise counts as one who left it open. Of two ways each person had one, and together they
  would tell of who is in neither.
- After a meeting only words are kept, however large the group: groups change while a training goes on. What
  stands in the way then is no part of what stood in the way of it all (`figures`), nor the other way round:
  of two numbers, one of which is a part of the other, those between them would be known.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lti_tool.domain.figures import FEWEST, IN_DIGITS_FROM, Share, share_of
from lti_tool.domain.instruments import Audience, Item
from lti_tool.domain.item_type import Choices
from lti_tool.domain.item_types import scale, ten, yes_no

COUNTED = frozenset({Audience.COUNTED, Audience.ME_AND_COUNTED})
LOW, MIDDLE, HIGH = "low", "middle", "high"
_SCALE = (LOW, LOW, MIDDLE, HIGH, HIGH)
_TEN = (LOW,) * 4 + (MIDDLE,) * 3 + (HIGH,) * 3
Chosen = Mapping[str, Collection[str]]
"""What one person chose, by question."""


@dataclass(frozen=True)
class Asked:
    """A question that is counted.

    cells: by option what it counts as; an option that is not there says nothing.
    most_first: nothing is told of it but what was named most, and what comes next, up to the first that may
        not be told.
    is_made_up: by a trainer, or put in other words.
    """

    item: str
    cells: Mapping[str, str]
    is_multi: bool
    most_first: bool = False
    is_made_up: bool = False

    @property
    def all_cells(self) -> tuple[str, ...]:
        """What is told of it, in the order asked."""
        return tuple(dict.fromkeys(self.cells.values()))


@dataclass(frozen=True)
class Told:
    """What is told of one answer to a question.

    place: from 1, as it is ordered. share: how many, in words.
    count, people: how many of how many; None where there are words only.
    """

    item: str
    cell: str
    place: int
    share: Share
    count: int | None = None
    people: int | None = None


def asked(item: Item, *, most_first: bool = False, is_made_up: bool = False) -> Asked | None:
    """How a question is counted; None for one that is not. The rest: as in `Asked`."""
    if item.audience not in COUNTED or item.type.choices is Choices.NONE:
        return None
    return Asked(item.id, dict(_cells(item)), item.type.choices is Choices.MANY, most_first, is_made_up)


def tell(
    questions: Iterable[Asked], people: Sequence[Chosen], published: Collection[int] = ()
) -> tuple[Told, ...]:
    """What may be told of a group. people: all of them, also who chose nothing.

    published: how many people the figures were about that this group has already.
    """
    number = len(people)
    in_digits = number >= IN_DIGITS_FROM and all(_is_nobody_or_many(abs(number - n)) for n in published)
    return tuple(
        Told(
            one.item,
            cell,
            place,
            share_of(count, number),
            *((count, number) if in_digits and not one.is_made_up else ()),
        )
        for one in questions
        for place, (cell, count) in enumerate(_shown(one, _count(one, people), number), start=1)
    )


def tell_in_words(questions: Iterable[Asked], people: Sequence[Chosen]) -> tuple[Told, ...]:
    """The same without a number of anybody, whatever the size of the group."""
    return tuple(replace(told, count=None, people=None) for told in tell(questions, people))


def _cells(item: Item) -> Iterator[tuple[str, str]]:
    ids = [option.id for option in item.options]
    if item.type is scale.TYPE:
        yield from zip(ids, _SCALE, strict=False)
    elif item.type is ten.TYPE:
        yield from zip(ids, _TEN, strict=True)
    elif item.type is yes_no.TYPE:
        yield from ((each, each) for each in ids if each != "unsure")
    else:
        yield from ((option.id, option.id) for option in item.options if not option.excludes_others)


def _count(question: Asked, people: Iterable[Chosen]) -> Mapping[str, int]:
    """How many gave each answer; each person counts once in each."""
    return Counter(
        cell
        for chosen in people
        for cell in {question.cells.get(option) for option in chosen.get(question.item, ())}
        if cell is not None
    )


def _shown(question: Asked, counts: Mapping[str, int], people: int) -> Iterator[tuple[str, int]]:
    rest = people
    for cell, count in _most_first(question, counts):
        if _is_told(count, people if question.is_multi else rest):
            yield cell, count
            rest -= count
        elif question.most_first:
            return


def _most_first(question: Asked, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Equal ones in the order asked, which says nothing about them."""
    return sorted(((cell, counts.get(cell, 0)) for cell in question.all_cells), key=lambda each: -each[1])


def _is_told(count: int, rest: int) -> bool:
    return count >= FEWEST and _is_nobody_or_many(rest - count)


def _is_nobody_or_many(people: int) -> bool:
    return people == 0 or people >= FEWEST
