"""Yes or no, and perhaps not sure."""

from collections.abc import Sequence

from lti_tool.domain.item_type import Choices, Control, ItemType

FITTING = (["yes", "no"], ["yes", "no", "unsure"])


def _misfit(option_ids: Sequence[str]) -> str | None:
    return None if list(option_ids) in FITTING else "needs the options yes and no, and may have unsure"


TYPE = ItemType("yes_no", Control.ROWS, Choices.ONE, can_be_unknown=False, misfit=_misfit)
