"""Up to three days that somebody types."""

from lti_tool.domain.item_type import Control, ItemType

TYPE = ItemType("dates", Control.DATES)
