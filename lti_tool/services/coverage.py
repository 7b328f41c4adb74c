"""Where each id of the catalogue appears, and in which languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from lti_tool.domain.actions import POINTER, Factor, Menu
from lti_tool.domain.guides import Guide
from lti_tool.domain.instruments import Instrument
from lti_tool.domain.words import LOCALES, Words
from lti_tool.services.catalogue import Catalogue

OBSTACLE = "obstacle."
OFFERED_WITH_A_PAGE = {"checkin.help": ("actions/", "what fits the named obstacle, answer_help.html")}
"""What no file asks: its options are found when its page is made."""


@dataclass(frozen=True)
class Appearance:
    """A place where an id appears.

    file: of the content. where: in it, and above which questions it returns.
    """

    id: str
    file: str
    where: str
    locales: tuple[str, ...]

    def __str__(self) -> str:
        """On one line, as a command prints it."""
        return f"{self.id}: {self.file}, {self.where} ({' '.join(self.locales)})"


def appearances(catalogue: Catalogue) -> list[Appearance]:
    """Every id in the newest version of what asks it, in the order of its files."""
    keys = dict.fromkeys(each.key for each in catalogue.instruments)
    latest = [catalogue.latest(key) for key in keys]
    return [
        *(found for each in latest for found in _of_instrument(each, latest)),
        *(Appearance(id_, file, where, LOCALES) for id_, (file, where) in OFFERED_WITH_A_PAGE.items()),
        *(found for each in catalogue.guides for found in _of_guide(each)),
        *(_of_factor(each) for each in catalogue.actions.factors),
        *_of_obstacles(catalogue.actions, latest),
    ]


def _of_instrument(asked: Instrument, latest: list[Instrument]) -> Iterator[Appearance]:
    file = f"instruments/{asked.key}.v{asked.version}.toml"
    for part in asked.parts:
        for step in part.steps:
            for item in step.items:
                where = f"part {part.key}, step {step.key}"
                if above := [other for each in latest for other in _showing(each, item.id)]:
                    where += f"; again above {', '.join(above)}"
                options = [option.label for option in item.options]
                yield Appearance(item.id, file, where, _spoken(item.ask, *options))


def _showing(asked: Instrument, item_id: str) -> Iterator[str]:
    yield from (item.id for item in asked.items.values() if item_id in item.shows)


def _of_guide(guide: Guide) -> Iterator[Appearance]:
    for point in guide.points:
        spoken = _spoken(point.title, point.text, *point.asks)
        yield Appearance(point.id, f"guides/{guide.key}.toml", f"{point.minutes} minutes", spoken)


def _of_factor(factor: Factor) -> Appearance:
    spoken = _spoken(factor.title, factor.example, *(action.text for action in factor.actions))
    where = f"{len(factor.actions)} actions"
    return Appearance(f"{POINTER}{factor.key}", f"actions/{factor.key}.toml", where, spoken)


def _of_obstacles(menu: Menu, latest: list[Instrument]) -> Iterator[Appearance]:
    items = [item for each in latest for item in each.items.values()]
    asking = [item for item in items if [option.id for option in item.options] == list(menu.pointers)]
    where = f"chosen in {', '.join(item.id for item in asking)}"
    for option in asking[0].options if asking else ():
        yield Appearance(f"{OBSTACLE}{option.id}", "options/obstacles.toml", where, _spoken(option.label))


def _spoken(*texts: Words) -> tuple[str, ...]:
    return tuple(locale for locale in LOCALES if all(words[locale].strip() for words in texts))
