"""Delivering letters: claim, decide once more, mark, send, record.

The rows are the truth. Whatever moment a worker dies at, the row says what is known: a claim goes
back, and a letter that may have gone out is never sent twice by itself.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.mail.letters import Letter
from lti_tool.mail.mailer import Connection, Mailer, Sent
from lti_tool.mail.servers import Unreachable
from lti_tool.models.deliveries import Kind
from lti_tool.rounds import batches, card_letters, crashes, figures, letters, results, service_letters
from lti_tool.rounds.batches import Batch
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import contacts, deliveries, freshness, own_addresses, rounds, silences
from lti_tool.services.deliveries import Claim
from lti_tool.services.keys import Key

NAME = batches.NAME
BATCH = 100
LEASE = timedelta(minutes=5)
LOCAL_LEASE = timedelta(seconds=4)
# A round ends in time for the next one, which goes on where it stopped.
AT_MOST = timedelta(seconds=50)

# How a letter of the kinds of which there are few is decided upon and written, one by one; it skips or
# postpones what does not go now.
PATHS: Mapping[Kind, Callable[[InHand], Ready | None]] = {
    Kind.DIGEST: card_letters.prepare,
    Kind.SERVICE: service_letters.prepare,
}

log = logging.getLogger("beklijf.deliver")


def run(work: Workplace, *, now: Now, call_another: Callable[[], None] | None = None) -> int:
    """Sends what is due; how many letters the server took. Harmless when run twice at once.

    call_another: lets another worker come and help, asked once when a whole batch is due.
    """
    clock, named = Ticking(now), work.keyring.named
    with work.sessions.begin() as session:
        run_id = rounds.begin(session, NAME, now.real)
        deliveries.recover(session, now.real)
        contacts.lapse(session, named, now.calendar)
        own_addresses.lapse(session, now.real)
        goes_on = not silences.holds(session, NAME, now.real)
    sent = 0
    while goes_on and clock.elapsed < AT_MOST:
        with work.sessions.begin() as session:
            claims = _claim(work, session, clock.now())
        if not claims:
            break
        if call_another is not None and len(claims) == BATCH:
            call_another()
            call_another = None
        taken, goes_on = _deliver(work, claims, clock)
        sent += taken
    with work.sessions.begin() as session:
        rounds.end(session, run_id, sent, clock.now().real)
    return sent


def _claim(work: Workplace, session: Session, now: Now) -> list[Claim]:
    """What to send next: service letters wait for nobody, nudges for the roster of their course."""
    roster_first = freshness.goes_first(now)
    for kinds, unless in (([Kind.SERVICE], None), ([Kind.NUDGE, Kind.DIGEST], roster_first)):
        claims = deliveries.claim(session, kinds, BATCH, lease(work), now, unless)
        if claims:
            return claims
    return []


def lease(work: Workplace) -> timedelta:
    """How long a claim holds; short in local mode, where workers are killed on purpose."""
    return LOCAL_LEASE if work.settings.local else LEASE


def _deliver(work: Workplace, claims: list[Claim], clock: Ticking) -> tuple[int, bool]:
    """Sends a batch over one connection; how many letters went, and whether others may try their luck."""
    # Before any letter is marked as being sent: a server that is down leaves every row as it was.
    connection = Mailer(work.settings.smtp_url.get_secret_value()).connect()
    if isinstance(connection, Unreachable):
        log.warning("deliver.unreachable reason=%s claims=%d", connection.reason, len(claims))
        _release(work, claims, "unreachable", clock.now())
        return 0, False
    keys = _keys(work, claims)
    nudges = [claim for claim in claims if claim.kind is Kind.NUDGE]
    others = [claim for claim in claims if claim.kind is not Kind.NUDGE]
    with connection:
        sent = Batch(work, connection, clock, lease(work)).send(nudges, keys) if nudges else 0
        while others and not connection.is_silent:
            sent += _deliver_one(work, connection, others.pop(0), keys, clock)
        if connection.is_silent:
            log.warning("deliver.silent claims=%d", len(claims))
            _release(work, others, "unreachable", clock.now())
        return sent, not connection.is_silent


def _deliver_one(
    work: Workplace, connection: Connection, claim: Claim, keys: dict[UUID, Key], clock: Ticking
) -> bool:
    try:
        if claim.kind is Kind.DIGEST:
            figures.take(work, claim, clock.now())
        with work.sessions.begin() as session:
            prepared = _prepare(work, session, claim, keys, clock.now())
    except Exception as error:
        crashes.note(NAME, claim.delivery_id, error)
        _release(work, [claim], "crashed", clock.now(), results.LONGEST_BACK_OFF)
        return False
    if prepared is None:
        return False
    letter, identity = prepared
    try:
        result = connection.send(letter)
    except Exception as error:
        # Whether it went is not known: its lease lapses and it becomes unknown. The others go on.
        crashes.note(NAME, claim.delivery_id, error)
        return False
    results.settle(work.sessions, [(claim.delivery_id, identity, result)], clock)
    return isinstance(result, Sent)


def _prepare(
    work: Workplace, session: Session, claim: Claim, keys: dict[UUID, Key], now: Now
) -> tuple[Letter, str] | None:
    """Decides at the last moment; the letter and its Message-ID when it goes out, marked as being sent."""
    delivery = deliveries.find_claimed(session, claim)
    if delivery is None:
        return None
    identity = letters.message_id(work)
    in_hand = InHand(work, session, claim, delivery, keys, identity, now)
    ready = PATHS[delivery.kind](in_hand)
    if ready is None:
        return None
    delivery.mailbox_id = ready.mailbox_id
    session.flush()
    deliveries.mark_sending(session, claim, identity, ready.version, lease(work), now.real)
    return ready.letter, identity


def _keys(work: Workplace, claims: list[Claim]) -> dict[UUID, Key]:
    with work.reading() as session:
        ids = deliveries.key_ids(session, [claim.delivery_id for claim in claims])
    return work.keyring.of(ids)


def _release(
    work: Workplace, claims: list[Claim], reason: str, now: Now, pause: timedelta = results.BACK_OFF
) -> None:
    with work.sessions.begin() as session:
        for claim in claims:
            deliveries.release(session, claim, reason, now.real + pause)
