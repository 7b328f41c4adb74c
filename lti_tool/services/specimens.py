"""The letters of a training that its trainer may look at: those to learners, and to who follows."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.domain.cadences import StepId
from lti_tool.domain.paces import Pace
from lti_tool.models.contacts import ContactKind
from lti_tool.models.tracks import Track
from lti_tool.services import tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.contact_facts import STEPS
from lti_tool.services.contacts import INVITATION


@dataclass(frozen=True)
class Specimen:
    """One letter. to: who follows; None for learners."""

    step: str
    to: ContactKind | None = None

    @property
    def name(self) -> str:
        """What it is called in an address, and in the step of a delivery."""
        return f"{self.to}.{self.step}" if self.to else self.step


# A channel of a team gets no mail.
MAILED = (ContactKind.CONTACT, ContactKind.LEADER, ContactKind.BUDDY)
FOLLOWING = tuple(Specimen(step, to) for to in MAILED for step in (INVITATION, *map(str, STEPS[to])))
EVERY = {each.name: each for each in (*map(Specimen, StepId), *FOLLOWING)}


def of_track(session: Session, track: Track, catalogue: Catalogue) -> list[Specimen]:
    """Those of a training, in order; also those that it leaves out for now.

    Where people do not meet, none looks back on a session. A reminder that the trainer planned is among them.
    """
    cadence = catalogue.cadence(track.cadence)
    if any(cohort.remind_on for cohort in tracks.cohorts(session, track)):
        cadence = cadence.reminding()
    never = {StepId.BETWEEN} if track.pace is not Pace.TOGETHER else set()
    return [*(Specimen(step.id) for step in cadence.steps if step.id not in never), *FOLLOWING]
