"""Mails that wait in a folder: a maildir, or files that end in .eml."""

from collections.abc import Iterator
from pathlib import Path

OTHER = "other"


def waiting(folder: Path) -> Iterator[Path]:
    """The mails of a folder, in the order of their names. What is no plain file is left alone."""
    places = [folder / "new", folder / "cur"]
    is_maildir = all(place.is_dir() for place in places)
    found = [file for place in places for file in place.iterdir()] if is_maildir else folder.glob("*.eml")
    for file in sorted(found):
        if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
            yield file


def read(file: Path, longest: int) -> bytes | None:
    """The first bytes of a mail; None when somebody took it meanwhile."""
    try:
        with file.open("rb") as opened:
            return opened.read(longest)
    except FileNotFoundError:
        return None


def set_aside(folder: Path, file: Path) -> None:
    """Moves a mail to the folder's own place for others; none that lies there is lost."""
    place = folder / OTHER
    place.mkdir(mode=0o700, exist_ok=True)
    target, number = place / file.name, 1
    while target.exists():
        number += 1
        target = place / f"{number}-{file.name}"
    file.replace(target)
