"""Letters with one link, to a page with a button: they hold nobody's words, and no training."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from lti_tool.mail.letters import one_line

# Raised by one in the change that gives a letter other words, so that a delivery tells what was read.
LINK_VERSION = {
    "download": "download-2",
    "own_address": "own_address-2",
    "archive": "archive-1",
    "sign_in": "sign_in-1",
}


@dataclass(frozen=True, kw_only=True, repr=False)
class LinkLetter:
    """What the letter is made of. Without a repr: whoever reads its link may use it.

    step: which letter it is; its words are in the template of that name.
    locale: "nl" or "en"; anything that is not English reads Dutch.
    organisation: the name of the one that it comes from.
    url: the page with the button. other_url: where the choice at the foot leads.
    unsubscribe_url: takes the one-click POST of RFC 8058; None for what only comes when it is asked for.
    until: the last day of the link; again_url: where another is asked for. Of a letter that is kept.
    message_id: with its angle brackets. sent_at: aware, on the real clock.
    """

    step: str
    locale: str
    to: str
    organisation: str
    url: str
    other_url: str
    unsubscribe_url: str | None
    mail_from: str
    message_id: str
    sent_at: datetime
    until: date | None = None
    again_url: str | None = None
    cue: str | None = None
    reply_to: str | None = None

    @property
    def template(self) -> str:
        """The file with its words."""
        return f"mail/{self.step}.txt"

    @property
    def shared(self) -> str:
        """The same: it shares no words with other letters."""
        return self.template

    def on_single_lines(self) -> "LinkLetter":
        """The same, with no line end in the name."""
        return replace(self, organisation=one_line(self.organisation))
