"""Which ways of learning and which moments there were in some notes: each once, so nothing is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item
from lti_tool.services.logbook import PART, Chosen, Written


@dataclass(frozen=True)
class Occurred:
    """What was chosen at one question, in the order in which it is asked there."""

    item: Item
    chosen: tuple[Chosen, ...]


def of(notes: Iterable[Written]) -> list[Occurred]:
    """By question, those at which something was chosen; what was written beside an option sets it apart."""
    asked: dict[str, tuple[int, Item]] = {}
    found: dict[str, dict[tuple[int, str], Chosen]] = {}
    for note in notes:
        for number, item in enumerate(note.asked.part(PART).items):
            asked.setdefault(item.id, (number, item))
            found.setdefault(item.id, {}).update(_chosen(item, note.said.get(item.id, Answer())))
    in_order = sorted(asked.values(), key=lambda each: each[0])
    return [Occurred(item, _sorted(found[item.id])) for _, item in in_order if found[item.id]]


def _chosen(item: Item, said: Answer) -> dict[tuple[int, str], Chosen]:
    """By its place among the options, and what was written beside it."""
    words = {option.id: said.words if option.with_line else "" for option in item.options}
    return {
        (place, words[option.id]): Chosen(option.label, words[option.id])
        for place, option in enumerate(item.options)
        if option.id in said.choices
    }


def _sorted(chosen: Mapping[tuple[int, str], Chosen]) -> tuple[Chosen, ...]:
    return tuple(chosen[each] for each in sorted(chosen))
