"""Many people with a plan, whose letters are all due at one moment; and that moment again."""

from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from lti_tool.domain.cadences import StepId
from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import MailboxDay, MailboxWeek
from lti_tool.models.plans import PlanStatus
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import enrolments, launches, nudges, plans
from tests import factories
from tests.factories import ENDED_ON, SENTENCE, arrival, at

STEP = StepId.REHEARSE
DUE: Now = at(date(2026, 12, 7))


def gather(work: Workplace, session: Session, people: int) -> None:
    """So many people who made a plan on the last day of their training: on Monday they rehearse it."""
    where = factories.place(work, session)
    made = at(ENDED_ON, 16)
    keys = work.keyring.make_all(people, made.real)
    known = [
        launches.record(session, where.deployment, arrival(f"p{n}"), key, work.keyring.named, made.real)[0]
        for n, key in enumerate(keys)
    ]
    enrolled = enrolments.enrol(session, known, where.cohort, made.calendar)
    for person, key, enrolment in zip(known, keys, enrolled, strict=True):
        plan = plans.begin(session, enrolment, made.calendar)
        plan.status, plan.made_on = PlanStatus.MADE, ENDED_ON
        plans.change(session, plan, person, key, SENTENCE, None, made.calendar)
    nudges.replan(session, [one.id for one in enrolled], work.catalogue, made.calendar)
    session.commit()


def due_again(session: Session) -> None:
    """All letters of Monday stand planned once more, with nothing else in any mailbox."""
    session.execute(delete(MailboxDay))
    session.execute(delete(MailboxWeek))
    session.execute(
        update(Delivery)
        .where(Delivery.step == STEP)
        .values(
            status=DeliveryStatus.PLANNED, reason=None, lease_until=None, message_id=None, finished_at=None
        )
    )
    session.commit()
