"""A letter of a training as its trainer looks at it: each of them, and what can be asked for."""

from collections.abc import Iterator
from typing import Any

from lti_tool.mail.previews import Line, Preview
from lti_tool.services.specimens import EVERY
from tests.web.samples import TITLE, VISIT, Page

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
WORDS = Preview("Vandaag: doorvragen", (Line("Hoe staat het ermee?"), Line("Gedaan", is_link=True)))


def pages() -> Iterator[Page]:
    """Every letter, for who may only look, and where none can be sent."""
    around: dict[str, Any] = {"visit": TRAINER, "title": TITLE, "words": WORDS, "can_edit": True}
    around["pace"] = "together"
    around |= {"offer": "possible", "examples_left": 2}
    for letter in EVERY.values():
        yield Page("trainer_letter", {**around, "letter": letter}, letter.name)
    around["letter"] = EVERY["plan"]
    yield Page("trainer_letter", {**around, "can_edit": False}, "only looking")
    yield Page("trainer_letter", {**around, "letter": EVERY["harvest"], "pace": "at_work"}, "at work")
    for offer in ("today", "no_address", "refused", "stopped"):
        yield Page("trainer_letter", {**around, "offer": offer}, f"sent {offer}")
    yield Page("letter_example")
