"""The letters of learners: a batch of them decided upon together, in statements that do not grow with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain import nudges as rules
from lti_tool.domain.clock import Now
from lti_tool.domain.nudges import Send, Skip, SkipReason, Wait
from lti_tool.mail.letters import NudgeLetter
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds import letters
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import deliveries, learner_facts, mailboxes, nudges, recalls
from lti_tool.services.budgets import Book
from lti_tool.services.deliveries import Claim
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.recalls import Deck


@dataclass(frozen=True)
class Decided:
    """A letter that goes out, its place in the mailbox taken.

    version: which wording it has. until: the last moment at which it may go today (calendar clock).
    replied: the enrolment whose answer it speaks of, if it does. decided_at: calendar clock.
    """

    claim: Claim
    about: NudgeLetter
    version: str
    mailbox_id: UUID
    until: datetime
    replied: UUID | None
    decided_at: datetime


@dataclass(frozen=True)
class Batch:
    """What deciding upon claimed nudges takes, in the transaction that does it."""

    work: Workplace
    session: Session
    keys: Mapping[UUID, Key]
    now: Now
    book: Book
    mailboxes: Mapping[UUID, Mailbox]
    removed: frozenset[UUID]
    return_urls: Mapping[UUID, str]
    deck: Deck

    def skip(self, claim: Claim, reason: str) -> None:
        """It does not go at all."""
        deliveries.skip(self.session, claim, reason, self.now.real)


def decide(
    work: Workplace, session: Session, claims: Iterable[Claim], keys: Mapping[UUID, Key], now: Now
) -> list[Decided]:
    """The letters that go out now, in the order of the claims; the others are skipped or postponed.

    keys: of the people whom they are for.
    """
    held = deliveries.hold_claimed(session, claims)
    found = learner_facts.gather(session, {row.enrolment_id for _, row in held if row.enrolment_id})
    learners = {learner.enrolment.id: learner for learner in found}
    batch = _batch(work, session, found, keys, now)
    decided = []
    for claim, delivery in held:
        learner = learners.get(delivery.enrolment_id) if delivery.enrolment_id else None
        mailbox = _mailbox(batch, claim, learner) if learner else None
        if learner and mailbox and _may_go(batch, claim, delivery, learner, mailbox):
            about = _about(batch, delivery, learner, mailbox)
            until = moments.closes_at(now.calendar, learner.facts.time_zone)
            version = letters.version_of(delivery)
            replied = learner.enrolment.id if about.reply_waits else None
            decided.append(Decided(claim, about, version, mailbox.id, until, replied, now.calendar))
    return decided


def _batch(
    work: Workplace, session: Session, found: list[Learner], keys: Mapping[UUID, Key], now: Now
) -> Batch:
    ids = {learner.person.mailbox_id for learner in found if learner.person.mailbox_id}
    boxes = session.scalars(select(Mailbox).where(Mailbox.id.in_(ids)))
    removed = session.scalars(
        select(Platform.id).where(
            Platform.id.in_({learner.person.platform_id for learner in found}),
            Platform.status == PlatformStatus.REMOVED,
        )
    )
    return Batch(
        work=work,
        session=session,
        keys=keys,
        now=now,
        book=Book(session, ids, now.calendar.date()),
        mailboxes={box.id: box for box in boxes},
        removed=frozenset(removed),
        return_urls=letters.return_urls(session, {learner.track.id for learner in found}),
        deck=recalls.deck(session, found, work.catalogue),
    )


def _mailbox(batch: Batch, claim: Claim, learner: Learner) -> Mailbox | None:
    """Where a learner's letter goes; None when none can reach this person at all."""
    person = learner.person
    box = batch.mailboxes.get(person.mailbox_id) if person.mailbox_id else None
    if person.key_id not in batch.keys:
        batch.skip(claim, "erased")
    elif person.platform_id in batch.removed:
        batch.skip(claim, "platform_removed")
    elif box is None:
        batch.skip(claim, SkipReason.NO_ADDRESS)
    elif box.status is not MailboxStatus.OPEN:
        batch.skip(claim, f"address_{box.status}")
    else:
        return box
    return None


def _may_go(batch: Batch, claim: Claim, delivery: Delivery, learner: Learner, mailbox: Mailbox) -> bool:
    zone, calendar = learner.facts.time_zone, batch.now.calendar
    decision = nudges.decide(learner, delivery, batch.work.catalogue, calendar)
    today = moments.local(calendar, zone).date()
    reason = "waits"
    if isinstance(decision, Send) and not batch.book.take(mailbox.id, delivery, today):
        decision = rules.move_on(learner.facts, nudges.due_of(delivery), now=calendar)
        reason = "no_room_today"
    match decision:
        case Send():
            return True
        case Wait(until=until):
            on = moments.local(until, zone).date()
            deliveries.postpone(batch.session, claim, until, on, reason)
        case Skip(reason=why):
            batch.skip(claim, why)
    return False


def _about(batch: Batch, delivery: Delivery, learner: Learner, mailbox: Mailbox) -> NudgeLetter:
    cadence, named = batch.work.catalogue.cadence(learner.cadence), batch.work.keyring.named
    return letters.about(
        batch.work,
        learner,
        delivery,
        to=mailboxes.address_of(mailbox, named),
        key=batch.keys[learner.person.key_id],
        course_url=batch.return_urls.get(learner.track.id),
        recall=batch.deck.bring(batch.session, learner, delivery, cadence, named),
        identity=letters.message_id(batch.work),
        now=batch.now,
    )
