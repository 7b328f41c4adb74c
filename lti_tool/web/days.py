"""The days that a learner can choose from, as tiles."""

from dataclasses import dataclass
from datetime import date

from lti_tool.domain import offers, retention
from lti_tool.services import finishing
from lti_tool.services.learner_facts import Learner
from lti_tool.web.item_fields import DayTile


@dataclass(frozen=True)
class Days:
    """What a page shows of the retention window. default: the day that is offered first."""

    tiles: tuple[DayTile, ...]
    default: date | None
    last_on: date


def of(learner: Learner, today: date) -> Days:
    """The days of a learner's window, seen from today."""
    window = retention.open_window(finishing.anchor_of_plan(learner, today), learner.facts.calendar)
    tiles = tuple(
        DayTile(offer.on, offer.why_not is None, offer.why_not or "", window.is_late(offer.on))
        for offer in offers.of_window(window, learner.facts.calendar, today)
    )
    return Days(tiles, window.default_own_date(today), window.last_on)
