"""Until when anything is kept of who followed a training beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.digests import over_after
from lti_tool.models.contacts import Contact
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import MailboxDay, MailboxWeek
from lti_tool.models.readings import Reading
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import budgets, mailboxes, team_notes
from lti_tool.services.contact_facts import STEPS

# So many are removed together.
AT_ONCE = 500


@dataclass(frozen=True)
class Expired:
    """How many are gone, and the keys of what they had noted, which open nothing any more."""

    number: int
    key_ids: Sequence[UUID]


def expire(session: Session, now: datetime) -> Expired:
    """Removes all that is kept of who followed a training, once no card comes or opens any more.

    No more at once than a statement can name, so that nobody waits long for their mailboxes either.
    now: the calendar clock.
    """
    ended_on = func.coalesce(Enrolment.anchor_on, Cohort.ends_on)
    is_over = (
        (Contact.kind == kind) & (ended_on < now.date() - over_after(steps)) for kind, steps in STEPS.items()
    )
    rows = session.execute(
        select(Contact.id, Contact.mailbox_id)
        .outerjoin(Enrolment, Enrolment.id == Contact.enrolment_id)
        .outerjoin(Cohort, Cohort.id == Contact.cohort_id)
        .where(or_(*is_over))
        .limit(AT_ONCE)
    ).all()
    keys = team_notes.key_ids(session, [row.id for row in rows])
    if rows:
        budgets.hold(session, [row.mailbox_id for row in rows])
        _forget(session, [row.id for row in rows])
        mailboxes.forget_unused(session, [row.mailbox_id for row in rows])
    return Expired(len(rows), keys)


def _forget(session: Session, contact_ids: Sequence[UUID]) -> None:
    team_notes.forget(session, contact_ids)
    letters = select(Delivery.id).where(Delivery.contact_id.in_(contact_ids))
    for statement in (
        delete(MailboxDay).where(MailboxDay.delivery_id.in_(letters)),
        delete(MailboxWeek).where(MailboxWeek.delivery_id.in_(letters)),
        delete(Delivery).where(Delivery.contact_id.in_(contact_ids)),
        delete(Release).where(Release.contact_id.in_(contact_ids)),
        update(Reading).where(Reading.contact_id.in_(contact_ids)).values(contact_id=None),
        delete(Contact).where(Contact.id.in_(contact_ids)),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
