"""Letters with a link by which an adviser signs in: they go at once or not at all, as somebody waits."""

from lti_tool.domain import moments
from lti_tool.mail import letters
from lti_tool.mail.link_letters import LINK_VERSION, LinkLetter
from lti_tool.models.people import MailboxStatus
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import budgets, mailboxes, sign_ins
from lti_tool.services.sign_ins import Way

PAGE = "/o/sign-in"


def prepare(in_hand: InHand) -> Ready | None:
    """The letter, unless nobody waits for it, mail may not go there, or there is no room today."""
    way = sign_ins.of_letter(in_hand.session, in_hand.delivery.id, in_hand.now.real)
    refusal = "sign_in_over" if way is None else _obstacle(in_hand, way)
    if way is None or refusal is not None:
        in_hand.skip(str(refusal))
        return None
    return Ready(_write(in_hand, way), LINK_VERSION[sign_ins.STEP], way.mailbox.id)


def _obstacle(in_hand: InHand, way: Way) -> str | None:
    if way.mailbox.status is not MailboxStatus.OPEN:
        return "no_mail"
    today = moments.local(in_hand.now.calendar, way.organisation.time_zone).date()
    has_room = budgets.take_service(in_hand.session, way.mailbox.id, in_hand.delivery, today)
    return None if has_room else budgets.NO_ROOM


def _write(in_hand: InHand, way: Way) -> letters.Letter:
    page = in_hand.address(PAGE)
    return letters.render(
        LinkLetter(
            step=sign_ins.STEP,
            locale=way.organisation.locale,
            to=mailboxes.address_of(way.mailbox, in_hand.work.keyring.named),
            organisation=way.organisation.name,
            reply_to=way.organisation.reply_to,
            url=f"{page}/{sign_ins.make(in_hand.session, way.sign_in, in_hand.now.real)}",
            other_url=page,
            unsubscribe_url=None,
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
        )
    )
