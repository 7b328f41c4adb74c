"""What a report about a letter that came back says about the mailbox it was for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# RFC 3463 section 2, anywhere in what a server said; an address on the network looks much alike.
_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])", re.ASCII)
# RFC 3463 section 3: the sender, the length, the system and its roads, how servers talk, what the letter
# holds, a policy.
_NOT_ABOUT_THE_MAILBOX = (
    *("5.1.7.", "5.1.8.", "5.2.3.", "5.3.2.", "5.3.4."),
    *("5.4.5.", "5.4.6.", "5.4.7.", "5.5.", "5.6.", "5.7."),
)
_FULL = "5.2.2"
# Of those, what goes once the sender mended it, or tomorrow: who sends, a system that takes nothing now, how
# much was sent, a login.
_OF_THE_SENDER = ("5.1.7.", "5.1.8.", "5.3.2.", "5.4.5.", "5.7.8.", "5.7.9.")
# RFC 4954 section 6: a login is missing, or did not hold.
_LOGIN_REPLIES = frozenset({530, 535})
# RFC 5321 section 4.2.3: what a server answers that gives no detail.
_FULL_REPLY = 552
_MAILBOX_REPLIES = frozenset({550, 551, 553})
# In such an answer: it is about who sends, as when a login ran out.
_ABOUT_THE_SENDER = re.compile("relay|authenti|prohibit|policy", re.IGNORECASE)
# In an answer to a whole letter the other two may be about what it says.
_ABOUT_A_LOGIN = re.compile("relay|authenti", re.IGNORECASE)


class Verdict(StrEnum):
    """What came of a letter that its server sent back; the mildest first."""

    NOT_THE_ADDRESS = "not_the_address"  # this letter will not arrive, another may
    FOR_NOW = "for_now"  # its server gave up, and may take it another day
    REFUSED = "refused"  # no letter will ever arrive there


_BY_MILDNESS = [None, *Verdict]


@dataclass(frozen=True)
class Told:
    """What a server tells of one recipient (RFC 3464 section 2.3).

    action: "failed", "delayed", "delivered", "relayed" or "expanded". status: like "5.1.1".
    said: the words of the server that refused it, if any. addresses: as they were given and as they became.
    """

    action: str
    status: str
    said: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a server tells about one letter. message_id: of that letter, with its angle brackets."""

    message_id: str
    told: tuple[Told, ...]


def code_in(words: str) -> str | None:
    """The first status code in a text, like "5.1.1"; None without one."""
    found = _CODE.search(words)
    return ".".join(found.groups()) if found else None


def judge(told: Told) -> Verdict | None:
    """What one report means; None for a letter that is on its way still, or arrived.

    A server that gives no detail (5.0.0) may have passed on words that do.
    """
    if told.action.strip().lower() != "failed":
        return None
    status = code_in(told.status)
    if status is None or status[2:] == "0.0":
        status = code_in(told.said) or status
    if status is None or status.startswith("2."):
        return None
    if status.startswith("4.") or status == _FULL:
        return Verdict.FOR_NOW
    is_elsewhere = f"{status}.".startswith(_NOT_ABOUT_THE_MAILBOX)
    return Verdict.NOT_THE_ADDRESS if is_elsewhere else Verdict.REFUSED


def judge_reply(code: int, words: str) -> Verdict:
    """What it means that a server refuses a recipient at once, for good (RCPT, RFC 5321 section 3.3).

    Where it says nothing of the mailbox, nothing is held against it: else a tool whose login ran out would
    close all addresses that it writes to.
    """
    verdict = judge(Told("failed", words))
    if verdict is not None:
        return verdict
    if code == _FULL_REPLY:
        return Verdict.FOR_NOW
    is_about_it = code in _MAILBOX_REPLIES and not _ABOUT_THE_SENDER.search(words)
    return Verdict.REFUSED if is_about_it else Verdict.NOT_THE_ADDRESS


def may_go_later(code: int, words: str) -> bool:
    """Whether a whole letter that was refused for good (DATA) may go all the same: nothing of it was judged.

    What may be about its content never goes again, as that would repeat what was taken for spam.
    """
    status = code_in(words)
    if code in _LOGIN_REPLIES or status == _FULL:
        return True
    if status is None or status[2:] == "0.0":
        return bool(_ABOUT_A_LOGIN.search(words))
    return f"{status}.".startswith(_OF_THE_SENDER)


def judge_all(told: Iterable[Told]) -> Verdict | None:
    """What reports on several recipients of one letter mean: the mildest of them."""
    return min(map(judge, told), key=_BY_MILDNESS.index, default=None)
