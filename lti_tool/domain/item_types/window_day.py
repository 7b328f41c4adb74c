"""A working day of the two weeks, chosen from those that are free."""

from lti_tool.domain.item_type import Control, ItemType

TYPE = ItemType("window_day", Control.TILES)
