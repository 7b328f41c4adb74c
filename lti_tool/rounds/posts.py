"""Posting team cards in channels of Teams and Slack: a round of its own, so that no mail waits for them.

The rows are the truth, as for mails: a card is decided upon at the last moment, marked, posted once, and
recorded. What may have arrived is never posted again by itself.
"""

import logging
from datetime import timedelta

from lti_tool.domain import channels as rules
from lti_tool.domain.channels import HELLO, Channel
from lti_tool.domain.clock import Now
from lti_tool.domain.nudges import SkipReason
from lti_tool.lti.outgoing import Answer, NoAnswer
from lti_tool.mail import channels
from lti_tool.mail.channels import POST_VERSION
from lti_tool.mail.mailer import NotSent, Reason, Result, Sent, Unknown
from lti_tool.models.contacts import ContactStatus
from lti_tool.models.deliveries import Kind
from lti_tool.rounds import card_letters, crashes, figures, letters, post_words, results
from lti_tool.rounds.letters import InHand
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import deliveries, mailboxes
from lti_tool.services.contact_facts import Follower
from lti_tool.services.deliveries import Claim

NAME = "posts"
# One claim lasts longer than all of them take, each with the patience of `outgoing`.
BATCH = 20
LEASE = timedelta(minutes=5)
AT_MOST = timedelta(seconds=50)
WITHOUT_EXTRA = timedelta(hours=1)
"""How long a post waits before it is looked at again, where the extra that posting needs is missing."""

_TAKEN = frozenset({200, 202})
_NOBODY_THERE = frozenset({401, 403, 404, 410})
_LATER = frozenset({429, 503})

log = logging.getLogger("beklijf.posts")


def run(work: Workplace, *, now: Now) -> int:
    """Posts what is due; how many posts were taken. Harmless when run twice at once."""
    clock, posted = Ticking(now), 0
    while clock.elapsed < AT_MOST:
        with work.sessions.begin() as session:
            claims = deliveries.claim(session, [Kind.POST], BATCH, LEASE, clock.now())
        if not claims:
            break
        if not channels.IS_POSSIBLE:
            log.warning("posts.extra_missing waiting=%d install=requirements-channels.txt", len(claims))
            _release(work, claims, "extra_missing", clock.now(), WITHOUT_EXTRA)
            continue
        posted += sum(_post(work, claim, clock) for claim in claims)
    return posted


def _post(work: Workplace, claim: Claim, clock: Ticking) -> bool:
    identity = letters.message_id(work)
    try:
        prepared = _prepare(work, claim, identity, clock.now())
    except Exception as error:
        crashes.note(NAME, claim.delivery_id, error)
        _release(work, [claim], "crashed", clock.now(), results.LONGEST_BACK_OFF)
        return False
    if prepared is None:
        return False
    channel, content = prepared
    try:
        result = _judge(work.outgoing.post(channel.url, channels.HEADERS, content))
    except Exception as error:
        # Whether it went is not known: its lease lapses and it becomes unknown. The others go on.
        crashes.note(NAME, claim.delivery_id, error)
        return False
    results.settle(work.sessions, [(claim.delivery_id, identity, result)], clock)
    return isinstance(result, Sent)


def _prepare(work: Workplace, claim: Claim, identity: str, now: Now) -> tuple[Channel, bytes] | None:
    """Decides at the last moment; where the post goes and what it is, marked as being sent."""
    figures.take(work, claim, now)
    with work.sessions.begin() as session:
        delivery = deliveries.find_claimed(session, claim)
        if delivery is None:
            return None
        in_hand = InHand(work, session, claim, delivery, {}, identity, now)
        follower = card_letters.follower_of(in_hand, ContactStatus.CONFIRMED)
        if follower is None or not _may_go(in_hand, follower):
            return None
        channel = _channel(work, follower)
        if channel is None:
            in_hand.skip("address_gone")
            return None
        post = post_words.write(in_hand, follower)
        session.flush()
        deliveries.mark_sending(session, claim, identity, POST_VERSION[delivery.step], LEASE, now.real)
        return channel, channels.encode(channel.service, post)


def _may_go(in_hand: InHand, follower: Follower) -> bool:
    """A card keeps to the budget; the first post goes at once, three a day for one address at most."""
    if in_hand.delivery.step != HELLO:
        return card_letters.may_go(in_hand, follower)
    today = follower.local_day(in_hand.now.calendar)
    if today > in_hand.delivery.last_on:
        in_hand.skip(SkipReason.WINDOW_CLOSED)
        return False
    return in_hand.finds_room(follower.mailbox, follower.cohort.time_zone)


def _channel(work: Workplace, follower: Follower) -> Channel | None:
    """The channel itself, judged again: what is kept came from outside once."""
    url = mailboxes.address_of(follower.mailbox, work.keyring.named)
    return rules.read(url, local=work.settings.local)


def _judge(answer: Answer | NoAnswer) -> Result:
    """What became of a post. Nothing is followed: an answer from elsewhere is a no."""
    if isinstance(answer, NoAnswer):
        if answer.may_have_arrived:
            return Unknown(Reason.NO_ANSWER)
        return NotSent(Reason.CONNECTION_LOST, permanent=False)
    if answer.status in _TAKEN:
        return Sent()
    if answer.status in _NOBODY_THERE:
        return NotSent(Reason.REFUSED_ADDRESS, permanent=True)
    if answer.status in _LATER:
        return NotSent(Reason.REFUSED_FOR_NOW, permanent=False)
    if answer.status >= 500:
        return Unknown(Reason.NO_ANSWER)
    return NotSent(Reason.REFUSED_CONTENT, permanent=True)


def _release(work: Workplace, claims: list[Claim], reason: str, now: Now, pause: timedelta) -> None:
    with work.sessions.begin() as session:
        for claim in claims:
            deliveries.release(session, claim, reason, now.real + pause)
