"""Addresses of static files, which change when the file does: browsers may keep what they have."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import current_app, request

DIGITS = 12
# Who asks without a version, as by hand, may keep the file for a day.
DAY = "public, max-age=86400"
# RFC 8246: what stands at this address never changes.
FOR_EVER = "public, max-age=31536000, immutable"
# A page of another release asks for a file that this process does not have: nobody may keep ours for it.
NEVER = "no-cache"


def mark_version(endpoint: str, values: dict[str, object]) -> None:
    """Adds the file's digest to its address."""
    folder = current_app.static_folder
    if endpoint == "static" and folder and "filename" in values:
        values["v"] = _digest(Path(folder) / str(values["filename"]))


def how_long_kept() -> str:
    """For how long the file that is asked for may be kept: a `Cache-Control`."""
    asked = request.args.get("v")
    if asked is None:
        return DAY
    filename = str((request.view_args or {})["filename"])
    return FOR_EVER if asked == _digest(Path(str(current_app.static_folder)) / filename) else NEVER


@cache
def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest()[:DIGITS] if path.is_file() else None
