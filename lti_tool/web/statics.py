"""Addresses of static files, which change when the file does: browsers may keep what they have."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import current_app

DIGITS = 12


def mark_version(endpoint: str, values: dict[str, object]) -> None:
    """Adds the file's digest to its address."""
    folder = current_app.static_folder
    if endpoint == "static" and folder and "filename" in values:
        values["v"] = _digest(Path(folder) / str(values["filename"]))


@cache
def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest()[:DIGITS] if path.is_file() else None
