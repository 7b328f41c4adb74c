"""Letters to those who follow: the invitation, team cards, the talk before a training, a buddy's question."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from lti_tool.domain.digests import DigestStep
from lti_tool.domain.paces import Pace
from lti_tool.mail.letters import one_line

INVITATION, BUDDY_INVITATION = "invitation", "buddy_invitation"

# Raised by one in the change that gives a letter other words, so that a delivery tells what was read.
CONTACT_VERSION = {
    INVITATION: "invitation-4",
    BUDDY_INVITATION: "buddy_invitation-4",
    DigestStep.TALK: "talk-6",
    DigestStep.OPENED: "opened-5",
    DigestStep.LEADER: "leader-5",
    DigestStep.CLOSED: "closed-5",
    DigestStep.VALUE_CHECK: "value_check-5",
    DigestStep.BUDDY: "buddy-3",
}
TO_BUDDIES = (BUDDY_INVITATION, DigestStep.BUDDY)


@dataclass(frozen=True, kw_only=True, repr=False)
class ContactLetter:
    """What a letter to who follows is made of; it holds nobody's words, nor the name that was typed.

    step: an invitation, or a step of a digest.
    locale: "nl" or "en"; anything that is not English reads Dutch.
    is_leader: it is for the leader of one person.
    told_by: the name of that person, or of whose buddy it is, if they let it be told.
    pace: at their own, nobody knows when that person begins; the training opens on its first day.
    until_on: the last day of the two weeks after the training. first_on: its first day.
    next_on: the day of the next card; None for the last one.
    others: how many other trainings the card is about. has_more_people: it is about others of this one, too.
    url: the page to choose on, or the card. stop_url: where it ends.
    unsubscribe_url: takes the one-click POST of RFC 8058.
    message_id: with its angle brackets. sent_at: aware, on the real clock.
    """

    step: str
    locale: str
    to: str
    training: str
    url: str
    stop_url: str
    unsubscribe_url: str
    mail_from: str
    message_id: str
    sent_at: datetime
    is_leader: bool = False
    told_by: str | None = None
    first_on: date | None = None
    until_on: date | None = None
    next_on: date | None = None
    others: int = 0
    has_more_people: bool = False
    cue: str | None = None
    pace: Pace = Pace.TOGETHER
    reply_to: str | None = None

    @property
    def template(self) -> str:
        """The file with the words of its step."""
        return f"mail/{self.step}.txt"

    @property
    def shared(self) -> str:
        """The file with the words that letters to contacts and leaders, or to buddies, share."""
        return "mail/buddies.txt" if self.step in TO_BUDDIES else "mail/contacts.txt"

    def on_single_lines(self) -> "ContactLetter":
        """The same, with no line end in a title or a name."""
        return replace(self, training=one_line(self.training), told_by=one_line(self.told_by or ""))
