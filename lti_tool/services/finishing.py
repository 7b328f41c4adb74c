"""A training at one's own pace: each learner says when they finished, and is followed up from that day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import retention
from lti_tool.domain.paces import Pace
from lti_tool.models.tracks import AnchorSource, Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import digests, enrolments, learner_facts, nudges
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner


@dataclass(frozen=True)
class Finish:
    """What somebody can say about the day on which they finished.

    first_on: since when the training is open. last_on: by when people should have finished, which counts for
    those who say nothing. said_on: what they said; None: nothing.
    is_open: whether they can say it now, or say another day. can_be_taken_back: a plan was not made yet.
    is_closed: the closing day has passed.
    """

    first_on: date
    last_on: date
    said_on: date | None
    is_open: bool
    can_be_taken_back: bool
    is_closed: bool = False


def of(learner: Learner, today: date) -> Finish | None:
    """How it stands with a learner; None where everybody ends on the same day. today: the learner's."""
    if learner.track.pace is not Pace.OWN:
        return None
    cohort, enrolment, facts = learner.cohort, learner.enrolment, learner.facts
    said_on = enrolment.anchor_on if enrolment.anchor_source is AnchorSource.LEARNER else None
    # What was said stays once the two weeks that followed from it are over.
    until = retention.open_window(said_on, facts.calendar).last_on if said_on else None
    is_closed = facts.closes_on is not None and today > facts.closes_on
    is_there = enrolment.status is EnrolmentStatus.ACTIVE and cohort.starts_on <= today
    is_open = is_there and not is_closed and (until is None or today <= until)
    can_be_taken_back = is_open and said_on is not None and facts.plan_made_on is None
    return Finish(cohort.starts_on, cohort.ends_on, said_on, is_open, can_be_taken_back, is_closed)


def by_a_plan(track: Track, cohort: Cohort, enrolment: Enrolment, today: date) -> bool:
    """Whether a plan that is made today says that its learner finished today."""
    is_unsaid = enrolment.anchor_source is AnchorSource.COHORT
    return track.pace is Pace.OWN and is_unsaid and cohort.starts_on <= today


def ended_on(learner: Learner) -> date | None:
    """When the training ended for a learner; None where only the last day of their group is known."""
    is_unsaid = learner.enrolment.anchor_source is AnchorSource.COHORT
    return None if learner.track.pace is Pace.OWN and is_unsaid else learner.enrolment.anchor_on


def anchor_of_plan(learner: Learner, today: date) -> date:
    """T0 of a plan that is made today."""
    by_plan = by_a_plan(learner.track, learner.cohort, learner.enrolment, today)
    return today if by_plan else learner.enrolment.anchor_on


def note(session: Session, enrolment: Enrolment, day: date, now: datetime) -> None:
    """Writes down when somebody finished (calendar clock); whoever does so plans their letters anew."""
    _set(session, enrolment, day, AnchorSource.LEARNER, now)


def say(
    session: Session, enrolment_id: UUID, day: date, today: date, catalogue: Catalogue, now: datetime
) -> bool:
    """Follows somebody up from the day they say; False when that cannot be said any more.

    The letters that are still to come move along; what was sent stays. today: the learner's.
    """
    learner = _held(session, enrolment_id)
    finish = of(learner, today)
    if finish is None or not finish.is_open or not finish.first_on <= day <= today:
        return False
    note(session, learner.enrolment, day, now)
    nudges.replan(session, [enrolment_id], catalogue, now)
    return True


def take_back(session: Session, enrolment_id: UUID, today: date, catalogue: Catalogue, now: datetime) -> bool:
    """Goes by the last day of the group again; False when the day stands. today: the learner's."""
    learner = _held(session, enrolment_id)
    finish = of(learner, today)
    if finish is None or not finish.can_be_taken_back:
        return False
    _set(session, learner.enrolment, finish.last_on, AnchorSource.COHORT, now)
    nudges.replan(session, [enrolment_id], catalogue, now)
    return True


def _set(session: Session, enrolment: Enrolment, day: date, source: AnchorSource, now: datetime) -> None:
    enrolment.anchor_on, enrolment.anchor_source = day, source
    session.flush()
    digests.replan_of(session, [enrolment.id], now)


def _held(session: Session, enrolment_id: UUID) -> Learner:
    """The learner as it stands now, while nobody else changes it."""
    enrolments.hold(session, [enrolment_id])
    return learner_facts.gather(session, [enrolment_id], anew=True)[0]
