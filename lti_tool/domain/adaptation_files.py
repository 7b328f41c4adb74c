"""Adaptations as they are stored: JSON, and back."""

import json
from collections.abc import Mapping
from typing import Any

from lti_tool.domain.adaptations import Adaptation, Wording
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import Words


def to_json(adaptation: Adaptation) -> str:
    """One line, the same for the same adaptation."""
    stored = {
        "left_out": sorted(adaptation.left_out),
        "wordings": {
            item: {"ask": _pair(each.ask), "help": _pair(each.help)}
            for item, each in adaptation.wordings.items()
        },
        "steps": {part: list(order) for part, order in adaptation.steps.items()},
        "items": {step: list(order) for step, order in adaptation.items.items()},
        "own": [_own(each) for each in adaptation.own],
    }
    return json.dumps({name: one for name, one in stored.items() if one}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Adaptation:
    """Inverse of `to_json`."""
    stored = json.loads(text)
    return Adaptation(
        left_out=frozenset(stored.get("left_out", ())),
        wordings={
            item: Wording(_words(each["ask"]), _words(each["help"]))
            for item, each in stored.get("wordings", {}).items()
        },
        steps=_orders(stored.get("steps", {})),
        items=_orders(stored.get("items", {})),
        own=tuple(_own_item(each) for each in stored.get("own", ())),
    )


def _pair(words: Words) -> list[str]:
    return [words.nl, words.en]


def _words(pair: list[str]) -> Words:
    return Words(*pair)


def _orders(stored: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(order) for key, order in stored.items()}


def _own(own: OwnItem) -> Mapping[str, object]:
    return {
        "id": own.id,
        "part": own.part,
        "type": own.type,
        "ask": _pair(own.ask),
        "help": _pair(own.help) if own.help else None,
        "options": [_pair(each) for each in own.options],
    }


def _own_item(stored: Mapping[str, Any]) -> OwnItem:
    return OwnItem(
        id=stored["id"],
        part=stored["part"],
        type=stored["type"],
        ask=_words(stored["ask"]),
        help=_words(stored["help"]) if stored["help"] else None,
        options=tuple(_words(each) for each in stored["options"]),
    )
