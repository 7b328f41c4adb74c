"""Who said yes to a learner, with the address that this learner gave."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.services import contacts, mailboxes
from lti_tool.services.keys import NamedKeys


@dataclass(frozen=True)
class Supporter:
    """A buddy or a manager of one learner."""

    kind: ContactKind
    name: str
    address: str


def of(session: Session, enrolment: Enrolment, named: NamedKeys) -> list[Supporter]:
    """Those who said yes, in that order; not at an address that refused a mail, as the learner was told.

    Whoever stopped all mail is among them: that is nobody's business but theirs, and no letter here is ours.
    """
    rows = session.execute(
        select(Contact, Mailbox)
        .join(Mailbox, Mailbox.id == Contact.mailbox_id)
        .where(
            Contact.enrolment_id == enrolment.id,
            Contact.status == ContactStatus.CONFIRMED,
            Mailbox.status != MailboxStatus.REFUSED,
        )
        .order_by(Contact.answered_at)
    )
    return [
        Supporter(contact.kind, contacts.name_of(contact, named), mailboxes.address_of(mailbox, named))
        for contact, mailbox in rows
    ]
