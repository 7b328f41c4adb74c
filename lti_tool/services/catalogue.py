"""The catalogue: what the content files say, read once per process."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from config import content
from lti_tool.domain import actions, cadences, guides, instrument_files, own_questions
from lti_tool.domain.actions import Factor, Menu
from lti_tool.domain.cadences import LEADS_TO, Cadence, StepId
from lti_tool.domain.fields import ContentError
from lti_tool.domain.guides import Guide
from lti_tool.domain.instruments import Instrument, Item, OptionList
from lti_tool.domain.own_questions import OwnWords

K = TypeVar("K", Cadence, Factor, Guide)
OBSTACLES = "obstacles.toml"
SCALE, YES_NO = "scale.toml", "yes_no.toml"


@dataclass(frozen=True)
class Catalogue:
    """All content that the product asks and sends. own_words: around the questions that a trainer adds."""

    instruments: tuple[Instrument, ...]
    cadences: tuple[Cadence, ...]
    actions: Menu
    guides: tuple[Guide, ...]
    own_words: OwnWords

    def get(self, key: str, version: int) -> Instrument:
        """That version of an instrument; raises KeyError."""
        for instrument in self.instruments:
            if (instrument.key, instrument.version) == (key, version):
                return instrument
        raise KeyError((key, version))

    def latest(self, key: str) -> Instrument:
        """The newest version of an instrument; raises KeyError."""
        versions = [instrument for instrument in self.instruments if instrument.key == key]
        if not versions:
            raise KeyError(key)
        return max(versions, key=lambda instrument: instrument.version)

    def has(self, key: str) -> bool:
        """Whether there is such an instrument."""
        return any(instrument.key == key for instrument in self.instruments)

    def question(self, item_id: str) -> Item | None:
        """What an item asks, in the newest version of an instrument that has it."""
        newest_first = sorted(self.instruments, key=lambda one: -one.version)
        items = (item for one in newest_first for item in one.items.values())
        return next((item for item in items if item.id == item_id), None)

    def minutes(self, step: StepId) -> int | None:
        """How long that takes which a step leads to; None for a step that asks in its own letter."""
        if step not in LEADS_TO:
            return None
        key, part = LEADS_TO[step]
        return self.latest(key).part(part).minutes

    def cadence(self, key: str) -> Cadence:
        """The cadence of that key; raises KeyError."""
        for cadence in self.cadences:
            if cadence.key == key:
                return cadence
        raise KeyError(key)

    def guide(self, key: str) -> Guide:
        """The guide of that key; raises KeyError."""
        for guide in self.guides:
            if guide.key == key:
                return guide
        raise KeyError(key)


@cache
def load() -> Catalogue:
    """The catalogue of this process; raises ContentError."""
    return read(content.CATALOGUE)


def read(folder: Path) -> Catalogue:
    """The catalogue in a folder; raises ContentError, naming the file."""
    lists = {path.name: option_list(path) for path in content.option_lists(folder)}
    factors = [factor(path) for path in content.actions(folder)]
    return Catalogue(
        instruments=tuple(instrument(path, lists.values()) for path in content.instruments(folder)),
        cadences=tuple(cadence(path) for path in content.cadences(folder)),
        actions=menu(factors, lists[OBSTACLES]),
        guides=tuple(guide(path) for path in content.guides(folder)),
        own_words=own_words(content.own_questions(folder), lists[SCALE], lists[YES_NO]),
    )


def cadence(path: Path) -> Cadence:
    """The cadence in a file, which bears its key as name; raises ContentError."""
    return _by_key(path, cadences.parse)


def factor(path: Path) -> Factor:
    """The factor in a file, which bears its key as name; raises ContentError."""
    return _by_key(path, actions.parse)


def guide(path: Path) -> Guide:
    """The guide in a file, which bears its key as name; raises ContentError."""
    return _by_key(path, guides.parse)


def menu(factors: Iterable[Factor], obstacles: OptionList) -> Menu:
    """The action menu for the obstacles; raises ContentError."""
    try:
        return actions.menu(factors, obstacles)
    except ContentError as wrong:
        raise ContentError(f"{OBSTACLES}: {wrong}") from wrong


def own_words(path: Path, scale: OptionList, yes_no: OptionList) -> OwnWords:
    """What stands around the questions that a trainer adds; raises ContentError."""
    try:
        return own_questions.parse(content.read(path).raw, scale, yes_no)
    except ValueError as wrong:
        raise ContentError(f"{path.name}: {wrong}") from wrong


def option_list(path: Path) -> OptionList:
    """The list of options in a file; raises ContentError."""
    try:
        source = content.read(path)
        return instrument_files.parse_options(path.stem, source.raw, source.digest)
    except ValueError as wrong:
        raise ContentError(f"{path.name}: {wrong}") from wrong


def instrument(path: Path, lists: Iterable[OptionList]) -> Instrument:
    """The instrument in a file, which bears its key and version as name; raises ContentError."""
    try:
        source = content.read(path)
        parsed = instrument_files.parse(source.raw, source.digest, lists)
    except ValueError as wrong:
        raise ContentError(f"{path.name}: {wrong}") from wrong
    if path.name != (name := f"{parsed.key}.v{parsed.version}.toml"):
        raise ContentError(f"{path.name}: by its key and version it is {name}")
    return parsed


def _by_key(path: Path, parse: Callable[[Mapping[str, object]], K]) -> K:
    try:
        parsed = parse(content.read(path).raw)
    except ValueError as wrong:
        raise ContentError(f"{path.name}: {wrong}") from wrong
    if path.stem != parsed.key:
        raise ContentError(f"{path.name}: by its key it is {parsed.key}.toml")
    return parsed
