"""Comparisons for tests: declared, with people to draw, and running."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.comparisons import Arm, By, Measure, Status
from lti_tool.models.comparisons import Comparison, Drawn
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import comparisons
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import comparisons as services
from lti_tool.services.comparisons import Declaration
from tests import factories
from tests.factories import ENDED_ON, Learner, Place, at

BEFORE = ENDED_ON - timedelta(days=20)
OVER = ENDED_ON + timedelta(days=22)
ENOUGH = 216
FEW = 12


def declare(session: Session, where: Place, **more: object) -> Comparison | None:
    """Of the usual cadence and the light one; None while there is one already."""
    wanted = {
        "usual": "standard",
        "other": "light",
        "measure": Measure.FIRST_USE,
        "by": By.PERSON,
        "difference": 20,
    }
    found = services.declare(session, where.organisation, Declaration(**{**wanted, **more}), BEFORE)
    session.commit()
    return found


def people(session: Session, where: Place, number: int = FEW, prefix: str = "p") -> list[Learner]:
    """So many learners whose training is still to end."""
    here = {"context_id": where.course.context_id, "link_id": where.link.link_id}
    found = [factories.learner(session, where, f"{prefix}{n}", now=at(BEFORE), **here) for n in range(number)]
    session.commit()
    return found


def run_it(work: Workplace, session: Session, comparison: Comparison) -> None:
    """Lets it run with these people, in turn in the one arm and the other, as if there were enough."""
    rows = session.scalars(select(Enrolment.id).order_by(Enrolment.id)).all()
    for turn, enrolment_id in enumerate(rows):
        session.add(
            Drawn(
                organisation_id=comparison.organisation_id,
                comparison_id=comparison.id,
                enrolment_id=enrolment_id,
                arm=(Arm.USUAL, Arm.OTHER)[turn % 2],
            )
        )
    comparison.status, comparison.started_on, comparison.people = Status.RUNNING, BEFORE, len(rows)
    session.commit()
    comparisons.run(work, now=at(BEFORE))
    session.expire_all()
