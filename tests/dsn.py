"""Delivery reports in the form that each mail server gives them, about a letter of a test."""

from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "dsn"
NAMES = sorted(file.stem for file in FOLDER.glob("*.eml"))


def report(name: str, message_id: str = "<a-letter@localhost>") -> bytes:
    """A report as bytes, about the letter of this Message-ID."""
    text = (FOLDER / f"{name}.eml").read_text()
    return text.replace("{message_id}", message_id).replace("\n", "\r\n").encode()
