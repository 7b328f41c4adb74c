"""Whether the day that a learner chose gets its mail, so that none is missed without a word."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from lti_tool.domain import moments, schedules
from lti_tool.domain.cadences import StepId
from lti_tool.domain.nudges import SkipReason
from lti_tool.domain.schedules import PlannedStep
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.services import budgets
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner


class NoMail(StrEnum):
    """Why no mail comes on a day that is still to come."""

    OUTSIDE_WINDOW = "outside_window"  # the training got other dates
    NO_ROOM = "no_room"  # other mails fill that day, or its week


def without_mail(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> NoMail | None:
    """Why the own day of a plan gets no mail (calendar clock); None when it does, or needs none.

    Whether mails are wanted, or can arrive at all, is told apart from this.
    """
    facts = learner.facts
    if facts.own_on is None or facts.used_on is not None or facts.plan_made_on is None:
        return None
    schedule = schedules.plan(catalogue.cadence(learner.cadence), facts, now=now)
    reasons = {each.step: each.reason for each in schedule.left_out}
    reason = reasons.get(StepId.OWN_DATE)
    if reason is SkipReason.OUTSIDE_WINDOW:
        return NoMail.OUTSIDE_WINDOW
    if facts.own_on < moments.local(now, facts.time_zone).date():
        return None
    cue = next((each for each in schedule.planned if each.step is StepId.OWN_DATE), None)
    if (
        reason is SkipReason.NO_ROOM
        or _was_skipped(learner)
        or (cue and not _has_slot(session, learner, cue))
    ):
        return NoMail.NO_ROOM
    return None


def _was_skipped(learner: Learner) -> bool:
    return any(
        (row.step, row.occurrence) == (StepId.OWN_DATE, learner.facts.own_date_number)
        and row.status is DeliveryStatus.SKIPPED
        and row.reason == SkipReason.BUDGET
        for row in learner.deliveries
    )


def _has_slot(session: Session, learner: Learner, cue: PlannedStep) -> bool:
    mailbox_id = learner.person.mailbox_id
    return mailbox_id is None or budgets.has_room(session, mailbox_id, cue.rank, cue.due_on)
