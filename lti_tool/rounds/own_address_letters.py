"""Letters that confirm an address of one's own: service letters, outside the budget of a week."""

from datetime import time

from lti_tool.domain import moments
from lti_tool.domain.workdays import DAY
from lti_tool.mail import letters
from lti_tool.mail.own_address_letters import VERSION, OwnAddressLetter
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import budgets, mailboxes, own_addresses, zones
from lti_tool.services.links import Purpose
from lti_tool.services.own_addresses import Asked

# When an address that had its share of service letters today gets the next one.
TOMORROW = time(8)


def prepare(in_hand: InHand) -> Ready | None:
    """The letter, unless nobody waits for it, its reader wants no mail, or there is no room today."""
    session, delivery = in_hand.session, in_hand.delivery
    asked = own_addresses.of_letter(session, delivery.id, in_hand.now.real)
    if asked is None or asked.is_confirmed:
        in_hand.skip("address_over")
        return None
    mailbox = session.get_one(Mailbox, asked.row.mailbox_id)
    refusal = _obstacle(in_hand, asked, mailbox)
    if refusal is not None:
        in_hand.skip(refusal)
        return None
    cohort = session.get_one(Cohort, session.get_one(Enrolment, delivery.enrolment_id).cohort_id)
    today = zones.today(asked.person, cohort, in_hand.now.calendar)
    if not budgets.take_service(session, mailbox.id, delivery, today):
        zone = zones.zone_of(asked.person, cohort).key
        in_hand.postpone(moments.at(today + DAY, TOMORROW, zone), zone, "no_room_today")
        return None
    return Ready(_write(in_hand, asked, mailbox), VERSION, mailbox.id)


def _obstacle(in_hand: InHand, asked: Asked, mailbox: Mailbox) -> str | None:
    if asked.person.key_id not in in_hand.keys:
        return "erased"
    if in_hand.session.get_one(Platform, asked.person.platform_id).status is PlatformStatus.REMOVED:
        return "platform_removed"
    return None if mailbox.status is MailboxStatus.OPEN else f"address_{mailbox.status}"


def _write(in_hand: InHand, asked: Asked, mailbox: Mailbox) -> letters.Letter:
    page = in_hand.address(f"/k/{in_hand.token(Purpose.OWN_ADDRESS)}")
    return letters.render(
        OwnAddressLetter(
            locale=asked.person.letter_locale,
            to=mailboxes.address_of(mailbox, in_hand.work.keyring.named),
            organisation=asked.organisation.name,
            url=page,
            deny_url=f"{page}?answer=no",
            unsubscribe_url=page,
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
        )
    )
