"""The content files under config/catalogue, read as they are: what they mean is decided elsewhere."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CATALOGUE = Path(__file__).parent / "catalogue"
TRANSLATIONS = Path(__file__).parent / "translations"


@dataclass(frozen=True)
class Source:
    """One content file. `digest`: SHA-256 of its bytes, in hexadecimal."""

    name: str
    raw: Mapping[str, object]
    digest: str


def instruments(catalogue: Path = CATALOGUE) -> list[Path]:
    """Where the instruments are, by file name."""
    return sorted((catalogue / "instruments").glob("*.toml"))


def option_lists(catalogue: Path = CATALOGUE) -> list[Path]:
    """Where the lists of options are that several items share, by file name."""
    return sorted((catalogue / "options").glob("*.toml"))


def own_questions(catalogue: Path = CATALOGUE) -> Path:
    """Where it stands what is said around the questions that a trainer adds."""
    return catalogue / "own_questions.toml"


def cadences(catalogue: Path = CATALOGUE) -> list[Path]:
    """Where the cadences are, by file name."""
    return sorted((catalogue / "cadences").glob("*.toml"))


def actions(catalogue: Path = CATALOGUE) -> list[Path]:
    """Where the actions of the action menu are, a file for each factor, by file name."""
    return sorted((catalogue / "actions").glob("*.toml"))


def guides(catalogue: Path = CATALOGUE) -> list[Path]:
    """Where the guides for a talk are, by file name."""
    return sorted((catalogue / "guides").glob("*.toml"))


def translations(folder: Path = TRANSLATIONS) -> list[Path]:
    """Where the Dutch of the pages and of the letters is; before the first is made there are none."""
    dutch = folder / "nl" / "LC_MESSAGES"
    return [dutch / "pages.po", dutch / "mail.po"] if dutch.exists() else []


def read(path: Path) -> Source:
    """What stands in a file; raises ValueError when it is no TOML in UTF-8."""
    content = path.read_bytes()
    return Source(path.name, tomllib.loads(content.decode()), hashlib.sha256(content).hexdigest())
