"""A visitor's story beside their team: whether it is shown there, and whether it can be."""

from dataclasses import dataclass
from uuid import UUID

from lti_tool.database import session
from lti_tool.services import preferences, stories
from lti_tool.services.entries import Written
from lti_tool.services.learner_facts import Learner
from lti_tool.web.visiting import is_fresh, visitor


@dataclass(frozen=True)
class Telling:
    """What somebody can do with a story.

    can_show: the launch was a short while ago. group: who would read it.
    """

    is_told: bool
    can_show: bool
    group: UUID


def learner() -> Learner | None:
    """Who takes part in the training of this link."""
    return preferences.of_visitor(session(), visitor().person, visitor().link)


def find(written: Written) -> Telling | None:
    """None of an entry without a story, and for who has no team at this link."""
    who = learner() if stories.of(written) else None
    if who is None:
        return None
    is_told = stories.is_told(session(), written.entry.id, who.enrolment.id)
    return Telling(is_told, is_fresh(), who.enrolment.cohort_id)
