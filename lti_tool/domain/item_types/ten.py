"""1 to 10, with words at both ends."""

from lti_tool.domain.item_type import Choices, Control, ItemType

TYPE = ItemType("ten", Control.FIGURES, Choices.ONE)
