"""Comparing two cadences in an organisation: declared, drawn by lot (`draws.py`), and told of once."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.domain.comparisons import By, Measure, Status
from lti_tool.domain.findings import Finding
from lti_tool.models.comparisons import Comparison, Drawn
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Enrolment

# The window, and a week in which the links of its last mails still work.
OVER_AFTER = timedelta(days=14 + 7)
NOT_OVER = (Status.DECLARED, Status.RUNNING)


@dataclass(frozen=True)
class Declaration:
    """What is laid down before anybody is drawn. difference: in points, the smallest of use."""

    usual: str
    other: str
    measure: Measure
    by: By
    difference: int


def listing(session: Session, organisation_id: UUID) -> list[Comparison]:
    """All of an organisation, the newest first."""
    found = select(Comparison).where(Comparison.organisation_id == organisation_id)
    return list(session.scalars(found.order_by(Comparison.number.desc())))


def current(session: Session, organisation_id: UUID) -> Comparison | None:
    """The one that is declared or runs: there is one at a time."""
    return next((one for one in listing(session, organisation_id) if one.status in NOT_OVER), None)


def declare(
    session: Session, organisation: Organisation, wanted: Declaration, today: date
) -> Comparison | None:
    """Lays down what will be compared; None while there is one already."""
    session.get(Organisation, organisation.id, with_for_update=True)
    known = listing(session, organisation.id)
    if any(one.status in NOT_OVER for one in known):
        return None
    new = Comparison(
        organisation_id=organisation.id,
        number=known[0].number + 1 if known else 1,
        usual=wanted.usual,
        other=wanted.other,
        measure=wanted.measure,
        drawn_by=wanted.by,
        difference=wanted.difference,
        declared_on=today,
    )
    session.add(new)
    session.flush()
    return new


def stop(session: Session, comparison: Comparison, today: date) -> None:
    """Ends one without telling anything of it; one that was only declared, too."""
    comparison.started_on = comparison.started_on or today
    comparison.status, comparison.ended_on = Status.STOPPED, today
    session.flush()


def due(session: Session, today: date) -> list[UUID]:
    """Those of which all windows are over, and the answers in."""
    last = (
        select(func.max(Enrolment.anchor_on))
        .join(Drawn, Drawn.enrolment_id == Enrolment.id)
        .where(Drawn.comparison_id == Comparison.id)
        .scalar_subquery()
    )
    found = select(Comparison.id).where(
        Comparison.status == Status.RUNNING, func.coalesce(last, date.min) < today - OVER_AFTER
    )
    return list(session.scalars(found))


def report(session: Session, comparison: Comparison, finding: Finding | None, today: date) -> bool:
    """Writes down what is told; False where somebody was first."""
    session.refresh(comparison, with_for_update=True)
    if comparison.status is not Status.RUNNING:
        return False
    comparison.status, comparison.ended_on = Status.REPORTED, today
    if finding:
        comparison.usual_people, comparison.other_people = finding.usual_people, finding.other_people
        comparison.usual_share, comparison.other_share = finding.usual_share, finding.other_share
        comparison.low, comparison.high = finding.low, finding.high
    session.flush()
    return True


def finding_of(comparison: Comparison) -> Finding | None:
    """What is told of one; None where nothing is."""
    told = (
        comparison.usual_people,
        comparison.other_people,
        comparison.usual_share,
        comparison.other_share,
        comparison.low,
        comparison.high,
    )
    numbers = [each for each in told if each is not None]
    return Finding(*numbers) if len(numbers) == len(told) else None
