"""The types of questions there are: one file each, found by being there."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from lti_tool.domain import item_types
from lti_tool.domain.item_type import ItemType


@cache
def known() -> tuple[ItemType, ...]:
    """Every type, by name."""
    names = [each.name for each in iter_modules(item_types.__path__)]
    return tuple(import_module(f"{item_types.__name__}.{name}").TYPE for name in names)


def named(name: str) -> ItemType:
    """The type of that name; raises KeyError."""
    for each in known():
        if each.name == name:
            return each
    raise KeyError(name)
