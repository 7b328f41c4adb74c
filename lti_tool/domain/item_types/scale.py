"""Five words with a true middle, and "does not apply" (voice 3.8)."""

from collections.abc import Sequence

from lti_tool.domain.item_type import Choices, Control, ItemType

OUT = "not_applicable"
WORDS = 5


def _misfit(option_ids: Sequence[str]) -> str | None:
    fits = len(option_ids) == WORDS + 1 and option_ids[-1] == OUT
    return None if fits else f"needs five words and {OUT}"


TYPE = ItemType("scale", Control.ROWS, Choices.ONE, can_be_unknown=False, misfit=_misfit)
