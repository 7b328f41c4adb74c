"""Any of some options."""

from lti_tool.domain.item_type import Choices, Control, ItemType

TYPE = ItemType("multi", Control.ROWS, Choices.MANY, can_be_unknown=False)
