"""Letters to contacts and leaders: the invitation, team cards, and the talk before a training."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from lti_tool.domain.digests import DigestStep
from lti_tool.mail.letters import one_line

INVITATION = "invitation"

# Raised by one in the change that gives a letter other words, so that a delivery tells what was read.
CONTACT_VERSION = {
    INVITATION: "invitation-2",
    DigestStep.TALK: "talk-2",
    DigestStep.OPENED: "opened-2",
    DigestStep.LEADER: "leader-2",
    DigestStep.CLOSED: "closed-2",
    DigestStep.VALUE_CHECK: "value_check-2",
}


@dataclass(frozen=True, kw_only=True, repr=False)
class ContactLetter:
    """What a letter to a contact is made of; it holds nobody's words, and not the name that was typed.

    step: "invitation", or a step of a digest. locale: "nl" or "en"; anything that is not English reads Dutch.
    is_leader: it is for the leader of one person. told_by: that person's name, if they let it be told.
    until_on: the last day of the two weeks after the training. first_on: its first day.
    next_on: the day of the next card; None for the last one.
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
    cue: str | None = None
    reply_to: str | None = None

    @property
    def template(self) -> str:
        """The file with the words of its step."""
        return f"mail/{self.step}.txt"

    @property
    def shared(self) -> str:
        """The file with the words that letters to contacts share."""
        return "mail/contacts.txt"

    def on_single_lines(self) -> "ContactLetter":
        """The same, with no line end in a title or a name."""
        return replace(self, training=one_line(self.training), told_by=one_line(self.told_by or ""))
