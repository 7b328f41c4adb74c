"""Service letters, which go at once and outside the budget of a week: invitations, and letters to one."""

from lti_tool.rounds import download_letters, example_letters, invitation_letters, own_address_letters
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import downloads, examples, own_addresses

OF_A_PERSON = {
    downloads.STEP: download_letters.prepare,
    own_addresses.STEP: own_address_letters.prepare,
}


def prepare(in_hand: InHand) -> Ready | None:
    """The letter when it goes out now."""
    if in_hand.delivery.step.startswith(examples.STEP):
        return example_letters.prepare(in_hand)
    return OF_A_PERSON.get(in_hand.delivery.step, invitation_letters.prepare)(in_hand)
