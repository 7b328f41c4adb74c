"""Team cards, talk cards and a buddy's question: decided upon at the last moment, and written."""

from collections.abc import Sequence
from datetime import date

from lti_tool.domain import digests as rules
from lti_tool.domain.nudges import Send, Skip, SkipReason, Wait
from lti_tool.mail import letters
from lti_tool.mail.contact_letters import CONTACT_VERSION, ContactLetter
from lti_tool.models.contacts import ContactStatus
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import budgets, contact_facts, digests, mailboxes, one_card
from lti_tool.services.contact_facts import Follower
from lti_tool.services.links import Purpose
from lti_tool.services.one_card import Letter


def prepare(in_hand: InHand) -> Ready | None:
    """The letter when it goes out now."""
    was_on = in_hand.delivery.due_on
    follower = follower_of(in_hand, ContactStatus.CONFIRMED)
    if follower is None or not may_go(in_hand, follower):
        return None
    together = one_card.join(in_hand.session, (in_hand.delivery, follower), was_on, in_hand.now)
    step = together[0][0].step
    return Ready(_write(in_hand, together), CONTACT_VERSION[step], follower.mailbox.id)


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


def _write(in_hand: InHand, together: Sequence[Letter]) -> letters.Letter:
    """The letter about what it asks about; of the rest it says that it is on the card as well."""
    (delivery, follower), *others = together
    page = page_of(in_hand, follower)
    return letters.render(
        ContactLetter(
            step=delivery.step,
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
            next_on=_next_on(in_hand, together),
            others=len({other.track.id for _, other in others} - {follower.track.id}),
            has_more_people=bool(others),
        )
    )


def _next_on(in_hand: InHand, together: Sequence[Letter]) -> date | None:
    """The day of the next card, whichever of these it is about."""
    ids = {follower.contact.id for _, follower in together}
    coming = [digests.coming(in_hand.session, each, in_hand.delivery.id)[:1] for each in ids]
    return min((row.due_on for rows in coming for row in rows), default=None)
