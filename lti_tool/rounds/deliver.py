"""Delivering nudges: claim, decide once more, mark, send, record.

The rows are the truth. Whatever moment a worker dies at, the row says what is known: a claim goes
back, and a letter that may have gone out is never sent twice by itself.
"""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain import nudges as rules
from lti_tool.domain.clock import Now
from lti_tool.domain.nudges import Send, Skip, SkipReason, Wait
from lti_tool.mail.letters import Letter
from lti_tool.mail.mailer import Connection, Mailer, NotSent, Reason, Result, Sent, Unknown
from lti_tool.mail.servers import Unreachable
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds import crashes, letters
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import budgets, deliveries, learner_facts, mailboxes, nudges, rounds
from lti_tool.services.deliveries import Claim
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner

NAME = "deliver"
BATCH = 25
LEASE = timedelta(minutes=5)
LOCAL_LEASE = timedelta(seconds=4)
# A round ends in time for the next one, which goes on where it stopped.
AT_MOST = timedelta(seconds=50)
BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)

log = logging.getLogger("beklijf.deliver")


def run(work: Workplace, *, now: Now) -> int:
    """Sends what is due; how many letters the server took. Harmless when run twice at once."""
    clock = Ticking(now)
    with work.sessions.begin() as session:
        run_id = rounds.begin(session, NAME, now.real)
        deliveries.recover(session, now.real)
    sent = 0
    while clock.elapsed < AT_MOST:
        with work.sessions.begin() as session:
            claims = deliveries.claim(session, Kind.NUDGE, BATCH, lease(work), clock.now())
        if not claims:
            break
        taken = _deliver(work, claims, clock)
        if taken is None:
            break
        sent += taken
    with work.sessions.begin() as session:
        rounds.end(session, run_id, sent, clock.now().real)
    return sent


def lease(work: Workplace) -> timedelta:
    """How long a claim holds; short in local mode, where workers are killed on purpose."""
    return LOCAL_LEASE if work.settings.local else LEASE


def _deliver(work: Workplace, claims: list[Claim], clock: Ticking) -> int | None:
    """Sends a batch over one connection; None when the mail server cannot be reached."""
    # Before any letter is marked as being sent: a server that is down leaves every row as it was.
    connection = Mailer(work.settings.smtp_url.get_secret_value()).connect()
    if isinstance(connection, Unreachable):
        log.warning("deliver.unreachable reason=%s claims=%d", connection.reason, len(claims))
        _release(work, claims, "unreachable", clock.now())
        return None
    keys = _keys(work, claims)
    with connection:
        return sum(_deliver_one(work, connection, claim, keys, clock) for claim in claims)


def _deliver_one(
    work: Workplace, connection: Connection, claim: Claim, keys: dict[UUID, Key], clock: Ticking
) -> bool:
    try:
        with work.sessions.begin() as session:
            prepared = _prepare(work, session, claim, keys, clock.now())
    except Exception as error:
        crashes.note(NAME, claim.delivery_id, error)
        _release(work, [claim], "crashed", clock.now(), LONGEST_BACK_OFF)
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
    with work.sessions.begin() as session:
        _record(session, claim.delivery_id, identity, result, clock.now())
    return isinstance(result, Sent)


def _prepare(
    work: Workplace, session: Session, claim: Claim, keys: dict[UUID, Key], now: Now
) -> tuple[Letter, str] | None:
    """Decides at the last moment; the letter and its Message-ID when it goes out, marked as being sent."""
    delivery = deliveries.find_claimed(session, claim)
    if delivery is None or delivery.enrolment_id is None:
        return None
    learner = learner_facts.gather(session, [delivery.enrolment_id])[0]
    refusal = _obstacle(session, learner, keys)
    if refusal is not None:
        deliveries.skip(session, claim, refusal, now.real)
        return None
    if not _may_go(work, session, claim, learner, delivery, now):
        return None
    identity = letters.message_id(work)
    letter = letters.write(work, session, learner, delivery, keys[learner.person.key_id], identity, now)
    version = letters.version_of(delivery)
    delivery.mailbox_id = learner.person.mailbox_id
    session.flush()
    deliveries.mark_sending(session, claim, identity, version, lease(work), now.real)
    return letter, identity


def _obstacle(session: Session, learner: Learner, keys: dict[UUID, Key]) -> str | None:
    """Why no letter can reach this person at all."""
    if learner.person.key_id not in keys:
        return "erased"
    if session.get_one(Platform, learner.person.platform_id).status is PlatformStatus.REMOVED:
        return "platform_removed"
    if learner.person.mailbox_id is None:
        return SkipReason.NO_ADDRESS
    mailbox = session.get_one(Mailbox, learner.person.mailbox_id)
    return None if mailbox.status is MailboxStatus.OPEN else f"address_{mailbox.status}"


def _may_go(
    work: Workplace, session: Session, claim: Claim, learner: Learner, delivery: Delivery, now: Now
) -> bool:
    decision = nudges.decide(learner, delivery, work.catalogue, now.calendar)
    today = moments.local(now.calendar, learner.facts.time_zone).date()
    reason = "waits"
    assert learner.person.mailbox_id is not None  # noqa: S101  _obstacle looked
    if isinstance(decision, Send) and not budgets.take(session, learner.person.mailbox_id, delivery, today):
        decision = rules.move_on(learner.facts, nudges.due_of(delivery), now=now.calendar)
        reason = "no_room_today"
    match decision:
        case Send():
            return True
        case Wait(until=until):
            day = moments.local(until, learner.facts.time_zone).date()
            deliveries.postpone(session, claim, until, day, reason)
        case Skip(reason=why):
            deliveries.skip(session, claim, why, now.real)
    return False


def _record(session: Session, delivery_id: UUID, identity: str, result: Result, now: Now) -> None:
    match result:
        case Sent():
            deliveries.finish(session, delivery_id, identity, DeliveryStatus.SENT, None, now.real)
        case Unknown(reason=reason):
            deliveries.finish(session, delivery_id, identity, DeliveryStatus.UNKNOWN, reason, now.real)
        case NotSent(reason=reason, permanent=True):
            if deliveries.finish(session, delivery_id, identity, DeliveryStatus.FAILED, reason, now.real):
                budgets.give_back(session, delivery_id)
            if reason is Reason.REFUSED_ADDRESS:
                _close_mailbox(session, delivery_id)
        case NotSent(reason=reason):
            attempts = session.get_one(Delivery, delivery_id).attempts
            pause = min(LONGEST_BACK_OFF, BACK_OFF * 2 ** min(attempts - 1, 10))
            if deliveries.retry(session, delivery_id, identity, reason, now.real + pause):
                budgets.give_back(session, delivery_id)


def _close_mailbox(session: Session, delivery_id: UUID) -> None:
    delivery = session.get_one(Delivery, delivery_id)
    if delivery.mailbox_id is not None:
        mailboxes.refuse(session.get_one(Mailbox, delivery.mailbox_id))


def _keys(work: Workplace, claims: list[Claim]) -> dict[UUID, Key]:
    with work.reading() as session:
        ids = deliveries.key_ids(session, [claim.delivery_id for claim in claims])
    return work.keyring.of(ids)


def _release(
    work: Workplace, claims: list[Claim], reason: str, now: Now, pause: timedelta = BACK_OFF
) -> None:
    with work.sessions.begin() as session:
        for claim in claims:
            deliveries.release(session, claim, reason, now.real + pause)
