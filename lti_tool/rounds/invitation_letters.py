"""Invitations: service letters, which go at once and outside the budget."""

from lti_tool.domain.nudges import SkipReason
from lti_tool.mail import letters
from lti_tool.mail.contact_letters import BUDDY_INVITATION, CONTACT_VERSION, INVITATION, ContactLetter
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
    step = BUDDY_INVITATION if follower.is_buddy else INVITATION
    return Ready(_write(in_hand, follower, step), CONTACT_VERSION[step], follower.mailbox.id)


def _pages(in_hand: InHand, follower: Follower) -> tuple[str, str, str]:
    """Where to choose, to say no, and to say it with one click (RFC 8058)."""
    if follower.is_buddy:
        page = card_letters.page_of(in_hand, follower)
        return page, f"{page}/stop", f"{page}/stop"
    page = in_hand.address(f"/k/{in_hand.token(Purpose.INVITATION)}")
    return page, f"{page}?answer=no", page


def _write(in_hand: InHand, follower: Follower, step: str) -> letters.Letter:
    url, stop_url, unsubscribe_url = _pages(in_hand, follower)
    return letters.render(
        ContactLetter(
            step=step,
            locale=follower.contact.locale,
            to=mailboxes.address_of(follower.mailbox, in_hand.work.keyring.named),
            training=follower.track.title,
            url=url,
            stop_url=stop_url,
            unsubscribe_url=unsubscribe_url,
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
            reply_to=follower.organisation.reply_to,
            is_leader=follower.is_leader,
            pace=follower.track.pace,
            told_by=card_letters.told_by(in_hand, follower),
        )
    )
