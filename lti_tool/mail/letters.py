"""Letters: from what a round knows of one to what a mail server takes."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import format_datetime, formataddr
from functools import cached_property
from typing import Protocol

from lti_tool.domain.cadences import StepId
from lti_tool.domain.paces import Pace
from lti_tool.mail import addresses, messages
from lti_tool.mail.environment import environment

LONGEST_SUBJECT = 45
SENDER = "Beklijf"

NudgeStep = StepId

# Raised by one in the change that gives a letter other words, so that a delivery tells what was read.
TEMPLATE_VERSION = {
    StepId.PREPARE: "prepare-9",
    StepId.PREPARE_AGAIN: "prepare_again-8",
    StepId.BETWEEN: "between-5",
    StepId.PLAN: "plan-9",
    StepId.REHEARSE: "rehearse-8",
    StepId.OWN_DATE: "own_date-9",
    StepId.CHECK_IN: "check_in-10",
    StepId.HARVEST: "harvest-9",
    StepId.LAST_CALL: "last_call-9",
    StepId.YIELD: "yield-7",
}
# What is asked in the letter itself; the others lead to the course.
ASKING = {
    StepId.REHEARSE,
    StepId.OWN_DATE,
    StepId.CHECK_IN,
    StepId.HARVEST,
    StepId.LAST_CALL,
    StepId.YIELD,
}
# After these an answer brings one more letter; to make or change a plan is no answer.
AWAITING = {StepId.OWN_DATE, StepId.CHECK_IN, StepId.HARVEST, StepId.LAST_CALL}
BEFORE_THE_END = {StepId.PREPARE, StepId.PREPARE_AGAIN, StepId.BETWEEN}


class Writable(Protocol):
    """What a letter is made of, whoever it is for; NudgeLetter says what the fields mean.

    template: the file with its own words; shared: the one with those it shares with others.
    """

    @property
    def template(self) -> str: ...
    @property
    def shared(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def cue(self) -> str | None: ...
    @property
    def mail_from(self) -> str: ...
    @property
    def reply_to(self) -> str | None: ...
    @property
    def unsubscribe_url(self) -> str | None: ...
    @property
    def message_id(self) -> str: ...
    @property
    def sent_at(self) -> datetime: ...
    def on_single_lines(self) -> "Writable":
        """The same, with every text that somebody typed on one line."""


@dataclass(frozen=True, kw_only=True, repr=False)
class NudgeLetter:
    """What a letter to one learner is made of. Without a repr: it holds a person's words.

    locale: "nl" or "en"; anything that is not English reads Dutch.
    training: its title; stands in the body, never in the subject.
    when_words, then_words: the learner's own sentence; None without a plan, or for mail without words.
    cue: the learner's own one to four words for the subject.
    plan_made_on: None asks about the training as a whole instead of a plan.
    own_on: the learner's own date. ended_on: T0; None where its day is the
        group's, and nobody knows whether this learner has finished. pace: of the training.
    today: the day on which the letter goes out, on the calendar clock.
    coming: what is still to follow as things are now, as (day, step).
    after_an_answer: the day of the letter that only an answer brings; None where none is awaited.
    answer_url: the page that takes the answer; a step that asks nothing itself points to course_url.
    also: a step that shares this letter. look_back_url: the page that takes its answer.
    minutes: how long that takes which it leads to in the course.
    first_on: the first day of the training. meeting_on, next_meeting_on: those around a step between two;
        meeting_number: which the first of them is.
    is_new_day: the own day is not the first that the learner chose.
    has_used_it: the learner used what was learned.
    recall: a question of the trainer about the content; its answer is on the page behind recall_url.
    reply_waits: an answer of the trainer is ready in the tool; its words stand in no letter.
    is_silent: the letters before this one stayed without a sign. gets_few: the learner asked for fewer.
    is_compared: it comes as was drawn for the learner, in a comparison of two cadences.
    unsubscribe_url: takes the one-click POST of RFC 8058.
    message_id: with its angle brackets.
    sent_at: aware, on the real clock: the Date of the mail.
    """

    step: StepId
    locale: str
    to: str
    training: str
    ended_on: date | None
    today: date
    preferences_url: str
    unsubscribe_url: str
    mail_from: str
    message_id: str
    sent_at: datetime
    when_words: str | None = None
    then_words: str | None = None
    cue: str | None = None
    plan_made_on: date | None = None
    own_on: date | None = None
    coming: tuple[tuple[date, str], ...] = ()
    is_last: bool = False
    after_an_answer: date | None = None
    answer_url: str | None = None
    course_url: str | None = None
    also: StepId | None = None
    look_back_url: str | None = None
    minutes: int | None = None
    first_on: date | None = None
    meeting_number: int | None = None
    meeting_on: date | None = None
    next_meeting_on: date | None = None
    is_new_day: bool = False
    has_used_it: bool = False
    recall: str | None = None
    recall_url: str | None = None
    is_silent: bool = False
    gets_few: bool = False
    is_compared: bool = False
    pace: Pace = Pace.TOGETHER
    reply_to: str | None = None
    reply_waits: bool = False

    def __post_init__(self) -> None:
        if self.is_last and self.coming:
            raise ValueError("nothing comes after the last letter")
        if self.answer_url is None and self.step in ASKING:
            raise ValueError("a question needs a page that takes the answer")
        if self.also is StepId.HARVEST and self.look_back_url is None:
            raise ValueError("so does the question of a step that shares the letter")
        if self.sent_at.tzinfo is None:
            raise ValueError("sent_at must be aware")

    @property
    def is_before_the_end(self) -> bool:
        """Whether the training still goes on."""
        return self.step in BEFORE_THE_END

    @property
    def template(self) -> str:
        """The file with the words of its step."""
        return f"mail/{self.step}.txt"

    @property
    def shared(self) -> str:
        """The file with the words that letters to learners share."""
        return "mail/shared.txt"

    def on_single_lines(self) -> "NudgeLetter":
        """The same, with no line end in a title or in a person's words."""
        return replace(
            self,
            training=one_line(self.training),
            when_words=one_line(self.when_words or ""),
            then_words=one_line(self.then_words or ""),
            cue=one_line(self.cue or ""),
            recall=one_line(self.recall or ""),
        )


@dataclass(frozen=True, kw_only=True, repr=False)
class Letter:
    """A letter ready to go. Without a repr: it holds a person's words and links."""

    mail_from: str
    to: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]

    @cached_property
    def recipient(self) -> str | None:
        """`to` as a mail server takes it; None when none would."""
        return addresses.ascii_form(self.to)

    def as_bytes(self) -> bytes:
        """The message itself: plain text and HTML, all of it ASCII on the wire.

        Raises ValueError when `to` is no address that a server can be given.
        """
        if self.recipient is None:
            raise ValueError("no address for SMTP")
        return messages.encode(self, self.recipient)


def render(about: Writable) -> Letter:
    """The letter itself, in the language of its reader."""
    locale = "en" if about.locale.lower().startswith("en") else "nl"
    about = about.on_single_lines()
    jinja = environment(locale)
    given: dict[str, object] = {"nudge": about, "cue": about.cue, "locale": locale}
    # Made once, as letter, text and HTML all use them. Some letters share no words with others.
    given["shared"] = shared = jinja.get_template(about.shared).make_module(given)
    own = about.template != about.shared
    words = jinja.get_template(about.template).make_module(given) if own else shared
    return Letter(
        mail_from=about.mail_from,
        to=about.to,
        subject=_not_decoded(_fitted(vars(words)["subject"])),
        text=jinja.get_template("mail/layout.txt").render(given, words=words),
        html=jinja.get_template("mail/layout.html").render(given, words=words),
        headers=_headers(about, locale),
    )


def _headers(about: Writable, locale: str) -> tuple[tuple[str, str], ...]:
    reply_to = (("Reply-To", about.reply_to),) if about.reply_to else ()
    ways_out: tuple[tuple[str, str], ...] = ()
    if about.unsubscribe_url:
        ways_out = (
            ("List-Unsubscribe", f"<{about.unsubscribe_url}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        )
    return (
        ("From", formataddr(addresses.named(about.mail_from, SENDER))),
        *reply_to,
        ("Date", format_datetime(about.sent_at)),
        ("Message-ID", about.message_id),
        ("Content-Language", locale),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),  # not "All": that would drop bounces as well
        *ways_out,
    )


def one_line(text: str) -> str:
    """The same words without line ends and control characters, so that none can begin a header."""
    blank = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text)
    return " ".join(blank.split())


def _not_decoded(text: str) -> str:
    """The text without the mark that the standard library decodes, line ends and all (RFC 2047)."""
    return text.replace("=?", "= ?")


def _fitted(subject: str) -> str:
    """The subject, cut between two words when it is too long; inside a word when that one is the cause."""
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    whole_words = subject[:LONGEST_SUBJECT].rpartition(" ")[0]
    enough = len(whole_words) > LONGEST_SUBJECT // 2
    return f"{whole_words if enough else subject[: LONGEST_SUBJECT - 1]}…"
