"""The letter that asks whether an address is somebody's own; it names nobody and no training."""

from dataclasses import dataclass, replace
from datetime import datetime

from lti_tool.mail.letters import one_line

# Raised by one in the change that gives the letter other words, so that a delivery tells what was read.
VERSION = "own_address-1"


@dataclass(frozen=True, kw_only=True, repr=False)
class OwnAddressLetter:
    """What the letter is made of. Without a repr: whoever reads its link can confirm.

    locale: "nl" or "en"; anything that is not English reads Dutch.
    organisation: the name of the one in which the address was given.
    url: the page with the button. deny_url: the same, for who did not ask.
    unsubscribe_url: takes the one-click POST of RFC 8058.
    message_id: with its angle brackets. sent_at: aware, on the real clock.
    """

    locale: str
    to: str
    organisation: str
    url: str
    deny_url: str
    unsubscribe_url: str
    mail_from: str
    message_id: str
    sent_at: datetime
    cue: str | None = None
    reply_to: str | None = None

    @property
    def template(self) -> str:
        """The file with its words."""
        return "mail/own_address.txt"

    @property
    def shared(self) -> str:
        """The same: it shares no words with other letters."""
        return self.template

    def on_single_lines(self) -> "OwnAddressLetter":
        """The same, with no line end in the name."""
        return replace(self, organisation=one_line(self.organisation))
