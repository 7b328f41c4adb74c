"""A sentence of two halves: when this happens, I will do that."""

from lti_tool.domain.item_type import Control, ItemType

TYPE = ItemType("if_then", Control.IF_THEN)
