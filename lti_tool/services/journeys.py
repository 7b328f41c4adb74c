"""The way of one learner through a training: what it asks, in order, and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lti_tool.domain.instruments import Phase
from lti_tool.domain.paces import Pace
from lti_tool.models.tracks import AnchorSource
from lti_tool.services import parts
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner

IN_ORDER = (Phase.PRE, Phase.MID, Phase.POST)


@dataclass(frozen=True)
class Stop:
    """One thing that the training asks. number: of the meeting that it looks back on.

    opens_on: None for what can be done at any time.
    """

    phase: str
    number: int | None
    is_done: bool
    opens_on: date | None


def stops(learner: Learner, catalogue: Catalogue) -> list[Stop]:
    """What a training asks of a learner, each with the part that the LMS hears of."""
    asked = sorted(
        (each for each in learner.asks if each[0] in IN_ORDER),
        key=lambda each: (IN_ORDER.index(Phase(each[0])), each[1] or 0),
    )
    return [_stop(learner, catalogue, phase, number) for phase, number in asked]


def following(stops: Iterable[Stop], phase: str, number: int | None) -> Stop | None:
    """What is asked next, after an item: the first that is not done; None when that was the last."""
    place = (IN_ORDER.index(Phase(phase)), number or 0)
    return next((each for each in stops if _place(each) > place and not each.is_done), None)


def _place(stop: Stop) -> tuple[int, int]:
    return IN_ORDER.index(Phase(stop.phase)), stop.number or 0


def _stop(learner: Learner, catalogue: Catalogue, phase: str, number: int | None) -> Stop:
    first = parts.name_of(phase, catalogue.latest(phase).parts[0].key, number)
    days = learner.meetings
    meeting_on = days[number - 1] if number is not None and number <= len(days) else None
    opens_on = _plan_opens_on(learner) if phase == Phase.POST else meeting_on
    return Stop(phase, number, learner.parts.get(first, False), opens_on)


def _plan_opens_on(learner: Learner) -> date | None:
    """At T0; of who takes a training at their own pace and did not finish yet, at any time."""
    enrolment = learner.enrolment
    is_unsaid = learner.track.pace is Pace.OWN and enrolment.anchor_source is AnchorSource.COHORT
    return None if is_unsaid else enrolment.anchor_on
