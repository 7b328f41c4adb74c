"""What a type of question is: how a page asks it, what its options must be; one file each in `item_types`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Control(StrEnum):
    """What a page shows to answer with; each has its place in `templates/macros/fields.html`."""

    TEXT = "text"  # several lines
    LINE = "line"
    DATE = "date"
    DATES = "dates"  # up to three
    TILES = "tiles"  # days to choose from
    IF_THEN = "if_then"
    ROWS = "rows"  # options under each other
    FIGURES = "figures"  # 1 to 10, with words at both ends


class Choices(StrEnum):
    """How many of its options an answer may hold."""

    NONE = "none"  # it has no options
    ONE = "one"
    MANY = "many"


def _fits(_option_ids: Sequence[str]) -> str | None:
    return None


@dataclass(frozen=True)
class ItemType:
    """How an item is answered.

    can_be_unknown: its page offers "I do not know yet"; of the others an option says so itself.
    misfit: what is wrong with the ids of the options of an item, in words for whoever writes the file.
    """

    name: str
    control: Control
    choices: Choices = Choices.NONE
    can_be_unknown: bool = True
    misfit: Callable[[Sequence[str]], str | None] = field(default=_fits, compare=False, repr=False)

    def __str__(self) -> str:
        """As a file names it."""
        return self.name

    @property
    def is_typed(self) -> bool:
        """The answer is in one's own words."""
        return self.control in {Control.TEXT, Control.LINE, Control.IF_THEN}

    @property
    def names_days(self) -> bool:
        """The answer is a day, or several."""
        return self.control in {Control.DATE, Control.DATES, Control.TILES}
