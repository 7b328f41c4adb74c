"""Several lines of one's own."""

from lti_tool.domain.item_type import Control, ItemType

TYPE = ItemType("text", Control.TEXT)
