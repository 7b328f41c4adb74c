"""Invitations: service letters, which go at once and outside the budget."""

from lti_tool.domain.nudges import SkipReason
from lti_tool.mail import letters
from lti_tool.mail.contact_letters import CONTACT_VERSION, INVITATION, ContactLetter
from lti_tool.models.contacts import ContactStatus
from lti_tool.rounds import card_letters
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import mailboxes
from lti_tool.services.contact_facts import Follower
from lti_tool.services.links import Purpose


def prepare(in_hand: InHand) -> Ready | None:
    """The letter of an invitation, unless it was answered, taken back, or there is no room today."""
    follower = card_letters.follower_of(in_hand, ContactStatus.INVITED)
    if follower is None:
        return None
    if follower.local_day(in_hand.now.calendar) > in_hand.delivery.last_on:
        in_hand.skip(SkipReason.WINDOW_CLOSED)
        return None
    if not in_hand.finds_room(follower.mailbox, follower.cohort.time_zone):
        return None
    return Ready(_write(in_hand, follower), CONTACT_VERSION[INVITATION], follower.mailbox.id)


def _write(in_hand: InHand, follower: Follower) -> letters.Letter:
    page = in_hand.address(f"/k/{in_hand.token(Purpose.INVITATION)}")
    return letters.render(
        ContactLetter(
            step=INVITATION,
            locale=follower.contact.locale,
            to=mailboxes.address_of(follower.mailbox, in_hand.work.keyring.named),
            training=follower.track.title,
            url=page,
            stop_url=f"{page}?answer=no",
            unsubscribe_url=page,
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
            reply_to=follower.organisation.reply_to,
            is_leader=follower.is_leader,
            told_by=card_letters.told_by(in_hand, follower),
        )
    )
