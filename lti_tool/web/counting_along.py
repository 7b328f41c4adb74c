"""A visitor beside their group: what it answered, and adding their own choices to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from lti_tool.database import session
from lti_tool.domain.instruments import Instrument
from lti_tool.domain.spreads import Spread
from lti_tool.services import preferences, tallies, zones
from lti_tool.services.entries import Written
from lti_tool.services.learner_facts import Learner
from lti_tool.web.visiting import now, visitor, workplace


@dataclass(frozen=True)
class Group:
    """What somebody sees of their group. can_add: their own choices may still join it."""

    spread: Mapping[str, Spread]
    counts_along: bool
    can_add: bool


def find(asked: Instrument) -> Group | None:
    """The group at this link; None of what is not counted, and for who takes no part."""
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) if asked.spread else None
    if learner is None:
        return None
    box = tallies.box(session(), learner.cohort, asked)
    counts_along = tallies.counts_along(session(), box, learner.enrolment)
    return Group(tallies.newest(session(), box), counts_along, not counts_along and _may_add(learner))


def add(written: Written) -> bool:
    """Adds the choices of an entry; False where they cannot be added. Sent twice, they are in once."""
    group = find(written.asked)
    learner = preferences.of_visitor(session(), visitor().person, visitor().link)
    if group is None or learner is None or not (group.can_add or group.counts_along):
        return False
    box = tallies.box(session(), learner.cohort, written.asked)
    tallies.add(session(), box, learner.enrolment, written.said, workplace().keyring.named)
    return True


def _may_add(learner: Learner) -> bool:
    """While the box of the group is open; people who only try count nowhere."""
    today = zones.today(learner.person, learner.cohort, now().calendar)
    return not learner.person.is_test and tallies.is_open(learner.cohort, today)
