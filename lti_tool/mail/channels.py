"""A team card as a post in a channel: its text, and the form in which Slack or Teams reads it."""

import json
import re
from dataclasses import dataclass
from datetime import date

from lti_tool.domain.channels import HELLO, Service
from lti_tool.domain.digests import DigestStep
from lti_tool.domain.paces import Pace
from lti_tool.mail.environment import environment
from lti_tool.mail.letters import one_line

try:
    from lti_tool.mail import channel_forms
except ImportError:  # the extra is not there
    IS_POSSIBLE = False
else:
    IS_POSSIBLE = True
"""Whether this installation has what posting needs (requirements-channels.txt)."""

# Raised by one in the change that gives a post other words.
POST_VERSION = {
    HELLO: "hello-3",
    DigestStep.OPENED: "post-opened-2",
    DigestStep.LEADER: "post-leader-2",
    DigestStep.CLOSED: "post-closed-2",
    DigestStep.VALUE_CHECK: "post-value_check-4",
}
SHARED = "mail/contacts.txt"
HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json, text/plain"}
_BLANK = re.compile(r"\n{3,}")
# Signs that Slack or Teams would read as a link, a mention or a style.
_MARKS = str.maketrans(dict.fromkeys("<>[]*_~`|@#\\", " "))


@dataclass(frozen=True, kw_only=True)
class Post:
    """What a post is made of: the words of a contact's letter and of its card, and no link.

    step: "hello", or a step of a digest. training: its title, as its trainer typed it.
    until_on: the last day of the two weeks after the training. pace: of the training.
    has_figures: the group was counted. is_small: it is too small to show anything.
    obstacle: what gets in the way most, as people chose it; None when nothing may be shown.
    share: how many said so, in words: "most", "half" or "few".
    guide, asks: the heading of a guide and what to ask each other by it, where the card is about that.
    """

    step: str
    locale: str
    training: str
    until_on: date
    pace: Pace = Pace.TOGETHER
    to_do: str = ""
    has_figures: bool = False
    is_small: bool = False
    obstacle: str | None = None
    share: str | None = None
    guide: str = ""
    asks: tuple[str, ...] = ()

    # What a letter's words ask besides: a post is about nobody and leads nowhere.
    is_leader, told_by, next_on, url, stop_url = False, None, None, "", ""

    @property
    def template(self) -> str:
        """The file with the words; those of a card take what they share from the letter."""
        return f"mail/post_{HELLO}.txt" if self.step == HELLO else "mail/post.txt"

    @property
    def title_words(self) -> str:
        """The title of the training, in which nothing is a link, a mention or a style."""
        return one_line(self.training.replace("://", " ").translate(_MARKS))


def write(post: Post) -> tuple[str, str]:
    """The title and the text of a post, in the language of its channel."""
    made = environment("en" if post.locale.startswith("en") else "nl")
    given: dict[str, object] = {"nudge": post}
    given["shared"] = made.get_template(SHARED).make_module(given)
    words = made.get_template(post.template).make_module(given)
    return vars(words)["subject"], _BLANK.sub("\n\n", str(words).strip())


def encode(service: Service, post: Post) -> bytes:
    """The post as its service reads it; only where IS_POSSIBLE."""
    return json.dumps(channel_forms.make(service, *write(post))).encode()
