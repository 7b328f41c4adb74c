"""A role or a name that somebody types."""

from lti_tool.domain.item_type import Control, ItemType

TYPE = ItemType("people", Control.LINE)
