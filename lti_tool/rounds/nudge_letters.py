"""The letters of learners: decided upon at the last moment, and written."""

from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain import nudges as rules
from lti_tool.domain.nudges import Send, Skip, SkipReason, Wait
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds import letters
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import budgets, learner_facts, nudges
from lti_tool.services.learner_facts import Learner


def prepare(in_hand: InHand) -> Ready | None:
    """The letter of a nudge when it goes out now."""
    delivery = in_hand.delivery
    if delivery.enrolment_id is None:
        return None
    learner = learner_facts.gather(in_hand.session, [delivery.enrolment_id])[0]
    refusal = _obstacle(in_hand, learner)
    if refusal is not None:
        in_hand.skip(refusal)
        return None
    if not _may_go(in_hand, learner):
        return None
    key = in_hand.keys[learner.person.key_id]
    letter = letters.write(
        in_hand.work, in_hand.session, learner, delivery, key, in_hand.identity, in_hand.now
    )
    return Ready(letter, letters.version_of(delivery), learner.person.mailbox_id)


def _obstacle(in_hand: InHand, learner: Learner) -> str | None:
    """Why no letter can reach this person at all."""
    session: Session = in_hand.session
    if learner.person.key_id not in in_hand.keys:
        return "erased"
    if session.get_one(Platform, learner.person.platform_id).status is PlatformStatus.REMOVED:
        return "platform_removed"
    if learner.person.mailbox_id is None:
        return SkipReason.NO_ADDRESS
    mailbox = session.get_one(Mailbox, learner.person.mailbox_id)
    return None if mailbox.status is MailboxStatus.OPEN else f"address_{mailbox.status}"


def _may_go(in_hand: InHand, learner: Learner) -> bool:
    delivery, zone, calendar = in_hand.delivery, learner.facts.time_zone, in_hand.now.calendar
    decision = nudges.decide(learner, delivery, in_hand.work.catalogue, calendar)
    today = moments.local(calendar, zone).date()
    reason = "waits"
    assert learner.person.mailbox_id is not None  # noqa: S101  _obstacle looked
    if isinstance(decision, Send) and not budgets.take(
        in_hand.session, learner.person.mailbox_id, delivery, today
    ):
        decision = rules.move_on(learner.facts, nudges.due_of(delivery), now=calendar)
        reason = "no_room_today"
    match decision:
        case Send():
            return True
        case Wait(until=until):
            in_hand.postpone(until, zone, reason)
        case Skip(reason=why):
            in_hand.skip(why)
    return False
