"""Questions that a trainer adds to an instrument: of each type, in one language or in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lti_tool.domain import item_type_files
from lti_tool.domain.fields import Fields
from lti_tool.domain.instruments import Audience, Item, Option, OptionList
from lti_tool.domain.item_type import Choices, Control, ItemType
from lti_tool.domain.item_types import scale, yes_no
from lti_tool.domain.words import Words

MOST = 12
"""In one instrument."""
MOST_OPTIONS = 10
SAID, CHOSEN = "own.said.", "own.chosen."
"""How the ids begin: of those that are answered in words or days, and of those that are chosen from."""
SOURCE = "own"
LETTERS = "abcdefghij"


@dataclass(frozen=True)
class OwnWords:
    """What the catalogue says around them: above their pages, and the options that are the same for all."""

    title: Words
    heading: Words
    scale: tuple[Option, ...]
    yes_no: tuple[Option, ...]


@dataclass(frozen=True)
class OwnItem:
    """A question of a trainer. part: key of the part that asks it. type: its name.

    options: labels, of a type that takes any; of 1 to 10 the words at both ends.
    """

    id: str
    part: str
    type: str
    ask: Words
    help: Words | None = None
    options: tuple[Words, ...] = ()

    def asked(self, around: OwnWords) -> Item:
        """As a page asks it: words are for their writer alone, a choice is counted too."""
        kind = item_type_files.named(self.type)
        return Item(
            id=self.id,
            type=kind,
            ask=in_both(self.ask),
            audience=Audience.ME if kind.choices is Choices.NONE else Audience.ME_AND_COUNTED,
            source=SOURCE,
            help=in_both(self.help) if self.help else None,
            options=_options(kind, [in_both(each) for each in self.options], around),
        )


def parse(raw: Mapping[str, object], scale: OptionList, yes_no: OptionList) -> OwnWords:
    """What a content file says around them; raises ContentError."""
    file = Fields.of("file", raw, "title heading")
    return OwnWords(file.words("title"), file.words("heading"), scale.options, yes_no.options)


def types() -> list[ItemType]:
    """What a question of one's own can be. A day of the two weeks is not: a training asks for one."""
    return [each for each in item_type_files.known() if each.control is not Control.TILES]


def bounds(kind: ItemType) -> tuple[int, int]:
    """How many options a trainer writes for a type, at least and at most."""
    if kind.control is Control.FIGURES:
        return 2, 2
    if kind in (scale.TYPE, yes_no.TYPE) or kind.choices is Choices.NONE:
        return 0, 0
    return 2, MOST_OPTIONS


def is_own(item_id: str) -> bool:
    """Whether a trainer made up that question."""
    return item_id.startswith((SAID, CHOSEN))


def new_id(kind: ItemType, letters: str) -> str:
    """The id of a new question. letters: some small letters, drawn by chance."""
    return (SAID if kind.choices is Choices.NONE else CHOSEN) + letters


def in_both(words: Words) -> Words:
    """What was written in one language stands in both."""
    return Words(nl=words.nl or words.en, en=words.en or words.nl)


def _options(kind: ItemType, labels: Sequence[Words], around: OwnWords) -> tuple[Option, ...]:
    if kind is scale.TYPE:
        return around.scale
    if kind is yes_no.TYPE:
        return around.yes_no
    if kind.control is Control.FIGURES:
        ends = dict(zip((1, 10), labels, strict=False))
        return tuple(Option(str(n), Words(str(n), str(n)), help=ends.get(n)) for n in range(1, 11))
    return tuple(Option(each, label) for each, label in zip(LETTERS, labels, strict=False))
