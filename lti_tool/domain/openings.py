"""When the parts of an activity open, and which of them comes next for one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lti_tool.domain.instruments import Phase
from lti_tool.domain.paces import Pace

# In this order; what is not named here is offered and never asked for.
ASKED = ("pre.short", "mid.session", "post.plan", "post.harvest", "post.yield")
# Looking back needs something to look back on: the second week, and a month.
AFTER = {"post.harvest": timedelta(days=8), "post.yield": timedelta(days=30)}


class Opening(StrEnum):
    """From when learners can open an item, as its trainer chose."""

    AT_ONCE = "at_once"
    ON_ITS_DAY = "on_its_day"


@dataclass(frozen=True)
class Standing:
    """How far somebody is with a part. name: such as "post.harvest".

    opens_on: None for one that is always open. is_begun: something was saved since the last submit.
    """

    name: str
    opens_on: date | None
    is_begun: bool
    is_submitted: bool

    def is_open(self, today: date) -> bool:
        """Whether its questions can be answered with something to say."""
        return self.opens_on is None or self.opens_on <= today

    @property
    def is_asked(self) -> bool:
        """Whether it is part of what everybody is asked."""
        return self.name in ASKED


def opens_on(name: str, anchor_on: date, meeting_on: date | None, used_on: date | None) -> date | None:
    """The day on which a part opens; looking back on the training also when the plan was used."""
    if name == "mid.session":
        return meeting_on
    if name not in AFTER:
        return None
    day = anchor_on + AFTER[name]
    return min(day, used_on) if name == "post.harvest" and used_on is not None else day


def has_day(phase: str | None, pace: Pace) -> bool:
    """Whether an item has a day to open on: a preparation has none, and at one's own pace nobody knows it."""
    return phase in (Phase.MID, Phase.POST) and pace is not Pace.OWN


def day_of_item(phase: str, anchor_on: date, meeting_on: date | None) -> date | None:
    """The day of an item: that of the meeting that it looks back on, or T0."""
    return meeting_on if phase == Phase.MID else anchor_on


def is_shut(opens: Opening, opens_on: date | None, today: date) -> bool:
    """Whether somebody who did not begin waits. opens: as the trainer chose. opens_on: None without a day."""
    return opens is Opening.ON_ITS_DAY and opens_on is not None and today < opens_on


def next_part(standings: Sequence[Standing], today: date) -> Standing | None:
    """The part to go on with: one that was begun, else the first that is asked and open; None: all done."""
    asked = [each for each in standings if each.is_asked and each.is_open(today)]
    begun = [each for each in standings if each.is_begun]
    todo = [each for each in asked if not each.is_submitted]
    return next(iter([*begun, *todo]), None)
