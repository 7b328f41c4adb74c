"""Team cards, talk cards and a buddy's question: decided upon at the last moment, and written."""

from lti_tool.domain import digests as rules
from lti_tool.domain.nudges import Send, Skip, SkipReason, Wait
from lti_tool.mail import letters
from lti_tool.mail.contact_letters import CONTACT_VERSION, ContactLetter
from lti_tool.models.contacts import ContactStatus
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import budgets, contact_facts, digests, mailboxes
from lti_tool.services.contact_facts import Follower
from lti_tool.services.links import Purpose


def prepare(in_hand: InHand) -> Ready | None:
    """The letter when it goes out now."""
    follower = follower_of(in_hand, ContactStatus.CONFIRMED)
    if follower is None or not may_go(in_hand, follower):
        return None
    return Ready(_write(in_hand, follower), CONTACT_VERSION[in_hand.delivery.step], follower.mailbox.id)


def follower_of(in_hand: InHand, wanted: ContactStatus) -> Follower | None:
    """Whom a letter is for; None, and the row says why, when it may not go to them at all."""
    if in_hand.delivery.contact_id is None:
        in_hand.skip(SkipReason.NOT_IN_CADENCE)
        return None
    (follower,) = contact_facts.gather(in_hand.session, [in_hand.delivery.contact_id])
    refusal = follower.obstacle(wanted) or _erased(in_hand, follower)
    if refusal is not None:
        in_hand.skip(refusal)
        return None
    return follower


def told_by(in_hand: InHand, follower: Follower) -> str | None:
    """The name of whose leader or buddy it is, if that person lets it be told."""
    return follower.told_by(in_hand.keys.get(follower.person.key_id)) if follower.person else None


def page_of(in_hand: InHand, follower: Follower) -> str:
    """The address of the page of who follows, behind this very letter."""
    if follower.is_buddy:
        return in_hand.address(f"/b/{in_hand.token(Purpose.BUDDY)}")
    return in_hand.address(f"/o/{in_hand.token(Purpose.CARD)}")


def _erased(in_hand: InHand, follower: Follower) -> str | None:
    is_there = follower.person is None or follower.person.key_id in in_hand.keys
    return None if is_there else "erased"


def may_go(in_hand: InHand, follower: Follower) -> bool:
    """Whether a card goes now; it then has its place in the budget. Else the row says when, or why not."""
    step, number = in_hand.delivery.step, in_hand.delivery.occurrence
    calendar, zone = in_hand.now.calendar, follower.facts.time_zone
    decision, reason = rules.decide(follower.facts, step, number, now=calendar), "waits"
    today = follower.local_day(calendar)
    if follower.is_buddy and budgets.has_buddy_asked_enough(in_hand.session, follower.mailbox.id):
        in_hand.skip(budgets.ASKED_ENOUGH)
        return False
    if isinstance(decision, Send) and not budgets.take_card(
        in_hand.session, follower.mailbox.id, in_hand.delivery, today
    ):
        decision, reason = rules.move_on(follower.facts, step, number, now=calendar), budgets.NO_ROOM
    match decision:
        case Send():
            return True
        case Wait(until=until):
            in_hand.postpone(until, zone, reason)
        case Skip(reason=why):
            in_hand.skip(why)
    return False


def _write(in_hand: InHand, follower: Follower) -> letters.Letter:
    page = page_of(in_hand, follower)
    coming = digests.coming(in_hand.session, follower.contact.id, in_hand.delivery.id)
    return letters.render(
        ContactLetter(
            step=in_hand.delivery.step,
            locale=follower.contact.locale,
            to=mailboxes.address_of(follower.mailbox, in_hand.work.keyring.named),
            training=follower.track.title,
            url=page,
            stop_url=f"{page}/stop",
            unsubscribe_url=f"{page}/stop",
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
            reply_to=follower.organisation.reply_to,
            is_leader=follower.is_leader,
            told_by=told_by(in_hand, follower),
            first_on=follower.first_meeting_on,
            pace=follower.track.pace,
            until_on=follower.window.last_on,
            next_on=coming[0].due_on if coming else None,
        )
    )
