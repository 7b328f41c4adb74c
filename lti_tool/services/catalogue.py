"""The catalogue: what the content files say, read once per process."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config import content
from lti_tool.domain import cadences, instrument_files
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.fields import ContentError
from lti_tool.domain.instruments import Instrument, OptionList


@dataclass(frozen=True)
class Catalogue:
    """All content that the product asks and sends."""

    instruments: tuple[Instrument, ...]
    cadences: tuple[Cadence, ...]

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

    def cadence(self, key: str) -> Cadence:
        """The cadence of that key; raises KeyError."""
        for cadence in self.cadences:
            if cadence.key == key:
                return cadence
        raise KeyError(key)


@cache
def load() -> Catalogue:
    """The catalogue of this process; raises ContentError."""
    return read(content.CATALOGUE)


def read(folder: Path) -> Catalogue:
    """The catalogue in a folder; raises ContentError, naming the file."""
    lists = [option_list(path) for path in content.option_lists(folder)]
    return Catalogue(
        instruments=tuple(instrument(path, lists) for path in content.instruments(folder)),
        cadences=tuple(cadence(path) for path in content.cadences(folder)),
    )


def cadence(path: Path) -> Cadence:
    """The cadence in a file, which bears its key as name; raises ContentError."""
    try:
        parsed = cadences.parse(content.read(path).raw)
    except ValueError as wrong:
        raise ContentError(f"{path.name}: {wrong}") from wrong
    if path.stem != parsed.key:
        raise ContentError(f"{path.name}: by its key it is {parsed.key}.toml")
    return parsed


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
