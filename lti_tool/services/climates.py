"""The learning climate of a group, as far as whoever leads its team may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Item, Step
from lti_tool.domain.spreads import Spread
from lti_tool.models.contacts import ContactKind
from lti_tool.services import tallies
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.one_card import Letter

SCAN = "climate"
# How people feel backed by who leads them: never for that reader (privacy 4).
ABOUT_THE_READER = frozenset({"support"})


@dataclass(frozen=True)
class Condition:
    """What a group says of one condition for learning: only questions of which something may be shown."""

    step: Step
    told: tuple[tuple[Item, Spread], ...]


@dataclass(frozen=True)
class Picture:
    """What a group says. title: of its training; conditions: in the order of the scan."""

    title: str
    conditions: tuple[Condition, ...]


def pictures(session: Session, letters: Sequence[Letter], catalogue: Catalogue) -> list[Picture]:
    """Of each group on a card; a manager of one person has none."""
    groups = {
        follower.cohort.id: follower
        for _, follower in letters
        if follower.contact.kind is ContactKind.CONTACT
    }
    asked, found = catalogue.latest(SCAN), []
    for follower in groups.values():
        spread = tallies.newest(session, tallies.box(session, follower.cohort, asked))
        steps = (Condition(step, _told(step, spread)) for step in asked.parts[0].steps)
        shown = (each for each in steps if each.told and each.step.key not in ABOUT_THE_READER)
        found.append(Picture(follower.track.title, tuple(shown)))
    return found


def _told(step: Step, spread: dict[str, Spread]) -> tuple[tuple[Item, Spread], ...]:
    return tuple((item, spread[item.id]) for item in step.items if item.id in spread)
