"""The letter with a download: to a person, about what is kept of them; it holds none of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from lti_tool.mail.letters import one_line

# Raised by one in the change that gives the letter other words, so that a delivery tells what was read.
VERSION = "download-1"


@dataclass(frozen=True, kw_only=True, repr=False)
class DownloadLetter:
    """What the letter is made of. Without a repr: whoever reads its link can take the file.

    locale: "nl" or "en"; anything that is not English reads Dutch.
    organisation: the name of the one whose administrator has it sent.
    url: the page with the button. preferences_url: which mails somebody gets.
    unsubscribe_url: takes the one-click POST of RFC 8058.
    message_id: with its angle brackets. sent_at: aware, on the real clock.
    """

    locale: str
    to: str
    organisation: str
    url: str
    preferences_url: str
    unsubscribe_url: str
    mail_from: str
    message_id: str
    sent_at: datetime
    cue: str | None = None
    reply_to: str | None = None

    @property
    def template(self) -> str:
        """The file with its words."""
        return "mail/download.txt"

    @property
    def shared(self) -> str:
        """The same: it shares no words with other letters."""
        return self.template

    def on_single_lines(self) -> "DownloadLetter":
        """The same, with no line end in the name."""
        return replace(self, organisation=one_line(self.organisation))
