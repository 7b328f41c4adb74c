"""Service letters, which go at once and outside the budget of a week: invitations, and downloads."""

from lti_tool.rounds import download_letters, invitation_letters
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import downloads


def prepare(in_hand: InHand) -> Ready | None:
    """The letter when it goes out now."""
    if in_hand.delivery.step == downloads.STEP:
        return download_letters.prepare(in_hand)
    return invitation_letters.prepare(in_hand)
