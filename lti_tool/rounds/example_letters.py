"""Examples for trainers: service letters, which go at once and outside the budget of a week."""

from lti_tool.domain.cadences import StepId
from lti_tool.mail import letters
from lti_tool.mail import previews as words
from lti_tool.mail.contact_letters import ContactLetter
from lti_tool.mail.example_letters import VERSION, ExampleCard, ExampleLetter
from lti_tool.mail.letters import NudgeLetter
from lti_tool.mail.previews import Preview
from lti_tool.models.people import Mailbox
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds import specimens
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.rounds.specimens import Desk
from lti_tool.services import examples, mailboxes, zones
from lti_tool.services.examples import Asked
from lti_tool.services.mailboxes import Reach
from lti_tool.services.specimens import Specimen

PAGE = "/c/example"
"""Where all links of an example lead."""


def prepare(in_hand: InHand) -> Ready | None:
    """The example, unless mail may not go there any more, or there is no room today."""
    asked = examples.of_letter(in_hand.session, in_hand.delivery)
    refusal = _obstacle(in_hand, asked) if asked else "example_over"
    if asked is None or refusal is not None:
        in_hand.skip(str(refusal))
        return None
    mailbox = in_hand.session.get_one(Mailbox, asked.person.lms_mailbox_id)
    if not in_hand.finds_room(mailbox, zones.zone_of(asked.person, asked.cohort).key):
        return None
    return Ready(letters.render(_write(in_hand, asked, mailbox)), VERSION, mailbox.id)


def preview(desk: Desk, letter: Specimen) -> Preview:
    """What a letter says, as somebody would get it; nothing is planned or sent."""
    if letter.to:
        return words.read(specimens.to_follower(desk, letter, ContactLetter))
    return words.read(specimens.to_learner(desk, StepId(letter.step), NudgeLetter))


def _obstacle(in_hand: InHand, asked: Asked) -> str | None:
    if in_hand.session.get_one(Platform, asked.person.platform_id).status is PlatformStatus.REMOVED:
        return "platform_removed"
    if examples.reach(in_hand.session, asked.person) is not Reach.OPEN:
        return "no_mail"
    is_late = zones.today(asked.person, asked.cohort, in_hand.now.calendar) > in_hand.delivery.last_on
    return "window_closed" if is_late else None


def _write(in_hand: InHand, asked: Asked, mailbox: Mailbox) -> ExampleLetter | ExampleCard:
    locale = asked.person.letter_locale
    desk = Desk(
        work=in_hand.work,
        session=in_hand.session,
        now=in_hand.now,
        track=asked.track,
        cohort=asked.cohort,
        locale=locale,
        url=f"{in_hand.address(PAGE)}?lang={'en' if locale.lower().startswith('en') else 'nl'}",
        to=mailboxes.address_of(mailbox, in_hand.work.keyring.named),
        identity=in_hand.identity,
    )
    if asked.letter.to:
        return specimens.to_follower(desk, asked.letter, ExampleCard)
    return specimens.to_learner(desk, StepId(asked.letter.step), ExampleLetter)
