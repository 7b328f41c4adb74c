"""One of some options."""

from lti_tool.domain.item_type import Choices, Control, ItemType

TYPE = ItemType("choice", Control.ROWS, Choices.ONE, can_be_unknown=False)
