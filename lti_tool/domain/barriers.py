"""The same obstacles before, during and after trainings, and what an organisation can take away of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lti_tool.domain import actions
from lti_tool.domain.actions import Action, Level, Menu, Who
from lti_tool.domain.figures import Share
from lti_tool.domain.insights import When

MOST_TO_TAKE_AWAY = 3
WEIGHTS = {Share.MOST: 3, Share.HALF: 2, Share.FEW: 1}


@dataclass(frozen=True)
class Barrier:
    """One obstacle of the list. shares: how many named it, by when; what may not be told is left out."""

    obstacle: str
    shares: Mapping[When, Share]

    @property
    def weights(self) -> tuple[int, ...]:
        """How much it weighs: after a training first, as people then know."""
        return tuple(WEIGHTS.get(self.shares.get(when), 0) for when in (When.AFTER, When.DURING, When.BEFORE))  # type: ignore[arg-type]


@dataclass(frozen=True)
class ToTakeAway:
    """An obstacle that is no matter of one person, and what managers can do about it."""

    obstacle: str
    actions: tuple[Action, ...]


def barriers(told: Mapping[tuple[When, str], Share], listed: Sequence[str]) -> tuple[Barrier, ...]:
    """Those of which something is told, what weighs most first. listed: all there are, in their order."""
    shares: dict[str, dict[When, Share]] = {}
    for (when, obstacle), share in told.items():
        shares.setdefault(obstacle, {})[when] = share
    found = [Barrier(obstacle, shares[obstacle]) for obstacle in listed if obstacle in shares]
    return tuple(sorted(found, key=lambda each: each.weights, reverse=True))


def to_take_away(found: Sequence[Barrier], menu: Menu) -> tuple[ToTakeAway, ...]:
    """Of what weighs most, what lies with the team or the organisation."""
    return tuple(_of_many(found, menu))[:MOST_TO_TAKE_AWAY]


def _of_many(found: Sequence[Barrier], menu: Menu) -> Iterator[ToTakeAway]:
    for barrier in found:
        factors = [menu.factor(key) for key in menu.pointers.get(barrier.obstacle, ())]
        if any(factor.level is not Level.INDIVIDUAL for factor in factors):
            yield ToTakeAway(barrier.obstacle, actions.suggest(menu, [barrier.obstacle], Who.LEADER))
