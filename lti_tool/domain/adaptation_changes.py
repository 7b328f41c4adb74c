"""One change of an adaptation at a time: each gives a new one, and what does not fit changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lti_tool.domain import adaptations, own_questions
from lti_tool.domain.adaptations import Adaptation, Wording
from lti_tool.domain.instruments import Instrument, Part, Step
from lti_tool.domain.own_questions import OwnItem, OwnWords


def leave_out(base: Instrument, adaptation: Adaptation, item_id: str, around: OwnWords) -> Adaptation | None:
    """Without a question; None when nothing would be left of the part that the LMS hears of."""
    if item_id not in base.items:
        return adaptation
    changed = replace(adaptation, left_out=adaptation.left_out | {item_id})
    return changed if adaptations.keeps_first_part(base, changed, around) else None


def put_back(adaptation: Adaptation, item_id: str) -> Adaptation:
    """With a question that was left out."""
    return replace(adaptation, left_out=adaptation.left_out - {item_id})


def move_item(
    base: Instrument, adaptation: Adaptation, item_id: str, by: int, around: OwnWords
) -> Adaptation | None:
    """A question up (-1) or down (1) among those of its page; one of a trainer's own among all of those.

    None when it would change the place of one that asks for consent.
    """
    if own_questions.is_own(item_id):
        return replace(adaptation, own=tuple(_own_moved(adaptation.own, item_id, by)))
    step = _step_of(base, adaptation, item_id, around)
    if step is None:
        return adaptation
    known = [item.id for item in step.items]
    order = _moved(known, item_id, by)
    if any(old != new and old in adaptations.CONSENT for old, new in zip(known, order, strict=True)):
        return None
    return replace(adaptation, items={**adaptation.items, step.key: tuple(order)})


def move_step(
    base: Instrument, adaptation: Adaptation, step_key: str, by: int, around: OwnWords
) -> Adaptation:
    """A page up (-1) or down (1) among those of its part."""
    part = _part_of(base, adaptation, step_key, around)
    if part is None:
        return adaptation
    order = _moved([step.key for step in part.steps], step_key, by)
    return replace(adaptation, steps={**adaptation.steps, part.key: tuple(order)})


def reword(base: Instrument, adaptation: Adaptation, item_id: str, wording: Wording | None) -> Adaptation:
    """A question in other words; None: in those of the source again. One for consent keeps its own."""
    others = {name: one for name, one in adaptation.wordings.items() if name != item_id}
    if item_id not in base.items or item_id in adaptations.CONSENT:
        return adaptation
    if wording is None or not _says_anything(wording):
        return replace(adaptation, wordings=others)
    return replace(adaptation, wordings={**others, item_id: wording})


def write_own(
    base: Instrument, adaptation: Adaptation, own: OwnItem, instead_of: str | None = None
) -> Adaptation:
    """With a question of the trainer's own, new or in the place of another; sent twice it is there once."""
    known = [each.id for each in adaptation.own]
    place = next((each for each in (instead_of, own.id) if each in known), None)
    if own.part not in {part.key for part in base.parts}:
        return adaptation
    if place is not None:
        return replace(adaptation, own=tuple(own if each.id == place else each for each in adaptation.own))
    if len(known) >= own_questions.MOST:
        return adaptation
    return replace(adaptation, own=(*adaptation.own, own))


def remove_own(adaptation: Adaptation, item_id: str) -> Adaptation:
    """Without a question of the trainer's own."""
    return replace(adaptation, own=tuple(each for each in adaptation.own if each.id != item_id))


def _says_anything(wording: Wording) -> bool:
    return any((wording.ask.nl, wording.ask.en, wording.help.nl, wording.help.en))


def _moved(names: Sequence[str], name: str, by: int) -> list[str]:
    """The names with one of them a place further; where there is none, as they were."""
    order = list(names)
    place = order.index(name)
    if 0 <= place + by < len(order):
        order.insert(place + by, order.pop(place))
    return order


def _own_moved(own: Iterable[OwnItem], item_id: str, by: int) -> list[OwnItem]:
    """Only among those of the same part: the others stand where they stood."""
    everything = list(own)
    part = next((each.part for each in everything if each.id == item_id), None)
    mine = [each for each in everything if each.part == part]
    if part is None:
        return everything
    by_id = {each.id: each for each in mine}
    order = iter(by_id[name] for name in _moved([each.id for each in mine], item_id, by))
    return [next(order) if each.part == part else each for each in everything]


def _step_of(base: Instrument, adaptation: Adaptation, item_id: str, around: OwnWords) -> Step | None:
    steps = (step for part in adaptations.whole(base, adaptation, around).parts for step in part.steps)
    return next((step for step in steps if item_id in {item.id for item in step.items}), None)


def _part_of(base: Instrument, adaptation: Adaptation, step_key: str, around: OwnWords) -> Part | None:
    parts = adaptations.whole(base, adaptation, around).parts
    return next((part for part in parts if step_key in {step.key for step in part.steps}), None)
