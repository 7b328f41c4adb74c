"""How an adviser signs in: a link by mail, that works once, and then a pass of eight hours.

Asking says the same of every address, and shows nothing to who asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.domain import budget, moments
from lti_tool.domain.clock import Now
from lti_tool.models.advisers import Adviser, SignIn, SignInStatus
from lti_tool.models.deliveries import Delivery
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.services import budgets, mailboxes, service_letters, visits
from lti_tool.services.keys import NamedKeys

STEP = "sign_in"
LINK_HOLDS = timedelta(hours=1)
"""How long a link opens (real clock): who asks is waiting for it."""
HOLDS = timedelta(hours=8)
"""How long somebody is signed in (real clock): a working day."""
LETTER_WAITS = timedelta(hours=8)
"""How long a letter that could not go is still waited for (real clock)."""
KEPT = timedelta(days=7)
"""How long it is known that a letter went."""
RANDOM_BYTES = 32


@dataclass(frozen=True)
class Way:
    """A sign-in with whose it is. mailbox: where its letter goes."""

    sign_in: SignIn
    organisation: Organisation
    mailbox: Mailbox


def ask(session: Session, address: str, named: NamedKeys, now: Now) -> int:
    """Plans a letter for each organisation that this is the address of an adviser of; how many.

    No more a day than service letters go to a mailbox.
    """
    mailbox = mailboxes.find(session, address, named)
    if mailbox is None or mailbox.status is not MailboxStatus.OPEN:
        return 0
    # Of two who ask at once, the second counts what the first planned.
    budgets.hold(session, [mailbox.id])
    rows = session.execute(
        select(Adviser, Organisation)
        .join(Organisation, Organisation.id == Adviser.organisation_id)
        .where(Adviser.mailbox_id == mailbox.id)
    )
    return sum(_plan(session, adviser, organisation, now) for adviser, organisation in rows.all())


def of_letter(session: Session, delivery_id: UUID, now: datetime) -> Way | None:
    """The sign-in that a letter is to bring; None when nobody waits for it any more (real clock)."""
    return _only(
        session,
        _ways().where(
            SignIn.delivery_id == delivery_id,
            SignIn.status != SignInStatus.USED,
            SignIn.asked_at > now - LETTER_WAITS,
        ),
    )


def make(session: Session, sign_in: SignIn, now: datetime) -> str:
    """The token of a link that opens from now (real clock), 256 bits: told in one letter and kept nowhere."""
    token = token_urlsafe(RANDOM_BYTES)
    sign_in.status, sign_in.token_hash = SignInStatus.OPEN, visits.fingerprint(token)
    sign_in.expires_at = now + LINK_HOLDS
    session.flush()
    return token


def behind(session: Session, token: str, now: datetime) -> Way | None:
    """Where a link leads; None once it was used or ran out, or who it was for is no adviser any more."""
    return _only(session, _live(SignInStatus.OPEN, token, now))


def use(session: Session, token: str, now: datetime) -> str | None:
    """Signs in by a link (real clock): a pass, 256 bits, for one browser. None for all but the first."""
    given = token_urlsafe(RANDOM_BYTES)
    change = (
        update(SignIn)
        .where(
            SignIn.token_hash == visits.fingerprint(token),
            SignIn.status == SignInStatus.OPEN,
            SignIn.expires_at > now,
        )
        .values(status=SignInStatus.USED, token_hash=visits.fingerprint(given), expires_at=now + HOLDS)
        .returning(SignIn.id)
    )
    is_first = session.scalar(change, execution_options={"synchronize_session": False}) is not None
    return given if is_first else None


def find(session: Session, given: str, now: datetime) -> Way | None:
    """Who is signed in by a pass (real clock); None once it ran out, they left, or are no adviser."""
    return _only(session, _live(SignInStatus.USED, given, now))


def end(session: Session, sign_in: SignIn) -> None:
    """That browser is signed out."""
    session.execute(delete(SignIn).where(SignIn.id == sign_in.id))


def sweep(session: Session, now: datetime) -> None:
    """Forgets what opens nothing any more, and letters that went a while ago (real clock)."""
    is_over = or_(SignIn.expires_at <= now, SignIn.asked_at <= now - LETTER_WAITS - HOLDS)
    goes_on = select(SignIn.delivery_id)
    for statement in (
        delete(SignIn).where(is_over),
        delete(Delivery).where(
            Delivery.adviser_id.in_(select(Adviser.id)),
            Delivery.finished_at < now - KEPT,
            Delivery.id.not_in(goes_on),
        ),
    ):
        session.execute(statement.execution_options(synchronize_session=False))


def _plan(session: Session, adviser: Adviser, organisation: Organisation, now: Now) -> bool:
    today = moments.local(now.calendar, organisation.time_zone).date()
    asked = select(func.count()).where(
        Delivery.mailbox_id == adviser.mailbox_id, Delivery.step == STEP, Delivery.due_on == today
    )
    if session.scalars(asked).one() >= budget.SERVICE_LETTERS:
        return False
    letter = service_letters.plan(session, adviser, STEP, adviser.mailbox_id, now=now.calendar, today=today)
    session.add(
        SignIn(
            organisation_id=organisation.id,
            adviser_id=adviser.id,
            delivery_id=letter.id,
            asked_at=now.real,
        )
    )
    session.flush()
    return True


def _live(status: SignInStatus, token: str, now: datetime) -> Select[SignIn, Organisation, Mailbox]:
    return _ways().where(
        SignIn.token_hash == visits.fingerprint(token), SignIn.status == status, SignIn.expires_at > now
    )


def _ways() -> Select[SignIn, Organisation, Mailbox]:
    return (
        select(SignIn, Organisation, Mailbox)
        .join(Adviser, Adviser.id == SignIn.adviser_id)
        .join(Organisation, Organisation.id == SignIn.organisation_id)
        .join(Mailbox, Mailbox.id == Adviser.mailbox_id)
    )


def _only(session: Session, which: Select[SignIn, Organisation, Mailbox]) -> Way | None:
    row = session.execute(which).one_or_none()
    return Way(*row) if row is not None else None
