"""A day that somebody types."""

from lti_tool.domain.item_type import Control, ItemType

TYPE = ItemType("date", Control.DATE)
