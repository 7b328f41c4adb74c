"""Service letters, which go at once and outside the budget of a week: invitations, and letters to one."""

from lti_tool.domain.nudges import SkipReason
from lti_tool.rounds import example_letters, invitation_letters, link_letters, sign_in_letters
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import contacts, examples, sign_ins


def prepare(in_hand: InHand) -> Ready | None:
    """The letter when it goes out now."""
    step = in_hand.delivery.step
    if step.startswith(examples.STEP):
        return example_letters.prepare(in_hand)
    if step in link_letters.OF_STEP:
        return link_letters.prepare(in_hand)
    if step == contacts.INVITATION:
        return invitation_letters.prepare(in_hand)
    if step == sign_ins.STEP:
        return sign_in_letters.prepare(in_hand)
    # Planned by a newer release, which was taken back.
    in_hand.skip(SkipReason.NOT_IN_CADENCE)
    return None
