"""What a trainer reads of letters: who got one and when, and never what somebody did or answered.

Who can tell a letter that was not needed from one that was, or on which day it came, knows who made a
plan, used it or stays silent. So a letter stands with its name and day only where nothing but handing in
decides about it, which the gradebook shows already; of all others stands only that one did not arrive.
"""

from enum import StrEnum

from lti_tool.domain.cadences import Answered, Cadence, Receiver, Step
from lti_tool.domain.nudges import SkipReason

BEFORE_A_PLAN = frozenset({Answered.PREPARED, Answered.SESSION})


class Seen(StrEnum):
    """What became of a letter, in a trainer's eyes."""

    PLANNED = "planned"
    SENT = "sent"
    NOT_SENT = "not_sent"  # not needed, or it did not fit: which of the two is that person's own
    NO_ADDRESS = "no_address"
    CAME_BACK = "came_back"
    GOES_AGAIN = "goes_again"  # it came back for now, and stands planned once more
    CAME_BACK_FOR_NOW = "came_back_for_now"
    MAIL_CAME_BACK = "mail_came_back"  # for what it is; its address may be right
    NOT_TAKEN = "not_taken"  # by the tool's own mail server
    UNKNOWN = "unknown"


STATUSES = {
    "planned": Seen.PLANNED,
    "claimed": Seen.PLANNED,
    "sending": Seen.PLANNED,
    "sent": Seen.SENT,
    "unknown": Seen.UNKNOWN,
    "failed": Seen.NOT_TAKEN,
}
UNDER_WAY = frozenset({"planned", "claimed", "sending"})
# Of a letter that a server took and sent back later, or whose address it refused at once.
CAME_BACK = {
    "refused_address": Seen.CAME_BACK,
    "address_refused": Seen.CAME_BACK,
    "bounced": Seen.CAME_BACK,
    "bounced_for_now": Seen.CAME_BACK_FOR_NOW,
    "bounced_not_the_address": Seen.MAIL_CAME_BACK,
}


def is_open(step: Step) -> bool:
    """Whether nothing but handing in decides about a step."""
    return step.to is Receiver.LEARNER and not step.cue and step.not_when in BEFORE_A_PLAN


def open_steps(cadence: Cadence) -> frozenset[str]:
    """The steps that stand by name and day with each person."""
    return frozenset(str(step.id) for step in cadence.steps if is_open(step))


def seen(status: str, reason: str | None) -> Seen:
    """What a trainer reads of a letter with this status and reason, whatever they are."""
    found = CAME_BACK.get(reason) if reason else None
    if found is Seen.CAME_BACK_FOR_NOW and status in UNDER_WAY:
        return Seen.GOES_AGAIN
    if found is not None and status not in UNDER_WAY:
        return found
    if status in STATUSES:
        return STATUSES[status]
    return Seen.NO_ADDRESS if reason == SkipReason.NO_ADDRESS else Seen.NOT_SENT
