"""What a trainer makes of an instrument: questions left out, moved, in other words, or of their own.

The instrument itself never changes; an adaptation says how it is asked in one training.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lti_tool.domain.instruments import Instrument, Item, Part, Step
from lti_tool.domain.own_questions import OwnItem, OwnWords, in_both
from lti_tool.domain.words import Words

T = TypeVar("T")

MOST_ON_A_PAGE = 3
ASKED_BY_LETTER = {"post.experience": "harvest"}
"""A question that stands in the letter of its part, which has nothing to ask without it."""
CONSENT = frozenset({"pre.share_trainer"})
"""With it somebody lets their trainer read what stands before it on its page: its words and place stay."""


@dataclass(frozen=True)
class Wording:
    """Other words for a question, and for the help under it. What is empty keeps the words of the source."""

    ask: Words
    help: Words


@dataclass(frozen=True)
class Adaptation:
    """How an instrument is asked. What it names and the instrument does not have says nothing.

    left_out: ids of items. wordings: by item.
    steps: of a part, by key, the keys of its steps in order; items: of a step, by key, the ids in order.
    own: in the order in which their part asks them.
    """

    left_out: frozenset[str] = frozenset()
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: tuple[OwnItem, ...] = ()


def apply(base: Instrument, adaptation: Adaptation, around: OwnWords) -> Instrument:
    """The instrument as it is asked: a part that asks nothing is not there, but the first always is."""
    if not keeps_first_part(base, adaptation, around):
        first = {item.id for item in base.parts[0].items}
        adaptation = replace(adaptation, left_out=adaptation.left_out - first)
    parts = (_part(part, adaptation, around) for part in base.parts)
    # What is only about mails asks nothing of who gets none, and a part is the same for everybody.
    return replace(base, parts=tuple(part for part in parts if part.asked(has_address=False).steps))


def whole(base: Instrument, adaptation: Adaptation, around: OwnWords) -> Instrument:
    """All that could be asked, in the order and the words of the adaptation: also what is left out."""
    return apply(base, replace(adaptation, left_out=frozenset()), around)


def unasked(base: Instrument, adaptation: Adaptation, around: OwnWords) -> list[str]:
    """The keys of the parts that no letter asks for any more."""
    asked = {part.key for part in apply(base, adaptation, around).parts}
    asked -= {part for item_id, part in ASKED_BY_LETTER.items() if item_id in adaptation.left_out}
    return [part.key for part in base.parts if part.key not in asked]


def keeps_first_part(base: Instrument, adaptation: Adaptation, around: OwnWords) -> bool:
    """Whether the part that the LMS hears of still asks something, also of who gets no mail."""
    return bool(_part(base.parts[0], adaptation, around).asked(has_address=False).steps)


def over(words: Words | None, others: Words) -> Words | None:
    """Other words, in each language that has any."""
    if words is None:
        return in_both(others) if others.nl or others.en else None
    return Words(nl=others.nl or words.nl, en=others.en or words.en)


def _part(part: Part, adaptation: Adaptation, around: OwnWords) -> Part:
    steps = [*(_step(step, adaptation) for step in part.steps), *_own_steps(part, adaptation, around)]
    order = adaptation.steps.get(part.key, ())
    moved = in_order([(step.key, step) for step in steps if step.items], order)
    # How far somebody is, is kept as a number: leaving a step out may not shift what comes behind it.
    return replace(part, steps=tuple(sorted(moved, key=lambda step: step.needs_address)))


def _step(step: Step, adaptation: Adaptation) -> Step:
    order = adaptation.items.get(step.key, ())
    kept = [(item.id, item) for item in step.items if item.id not in adaptation.left_out]
    ordered = sorted(in_order(kept, order), key=lambda item: item.id in CONSENT)
    return replace(step, items=tuple(_reworded(item, adaptation.wordings.get(item.id)) for item in ordered))


def _reworded(item: Item, wording: Wording | None) -> Item:
    if wording is None or item.id in CONSENT:
        return item
    return replace(item, ask=over(item.ask, wording.ask) or item.ask, help=over(item.help, wording.help))


def _own_steps(part: Part, adaptation: Adaptation, around: OwnWords) -> Iterator[Step]:
    """Their own pages, of a few each."""
    asked = [each.asked(around) for each in adaptation.own if each.part == part.key]
    for first in range(0, len(asked), MOST_ON_A_PAGE):
        key = f"own.{part.key}.{first // MOST_ON_A_PAGE + 1}"
        yield Step(key, around.title, around.heading, tuple(asked[first : first + MOST_ON_A_PAGE]))


def in_order(named: Iterable[tuple[str, T]], order: Sequence[str]) -> list[T]:
    """Things by name, in an order; what that does not name comes behind, as it stood."""
    place = {name: number for number, name in enumerate(order)}
    return [each for _, each in sorted(named, key=lambda one: place.get(one[0], len(place)))]
