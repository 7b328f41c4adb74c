"""Invites: made, claimed by one registration at a time, given back when it failed, used up when it held."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from lti_tool.models.invites import Invite, InviteStatus
from lti_tool.models.platforms import Platform

LIVES = timedelta(days=7)
CLAIM_LIVES = timedelta(minutes=2)
"""More than a registration can take; after that the process that claimed is taken to have died."""

RANDOM_BYTES = 32
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class NewInvite:
    """Whom an invite is for, and how far it is trusted."""

    organisation_id: UUID | None
    is_trusted: bool


def make(session: Session, new: NewInvite, now: datetime) -> tuple[Invite, str]:
    """An invite, and its token, which is told once and never kept."""
    token = token_urlsafe(RANDOM_BYTES)
    invite = Invite(
        token_hash=_hash(token),
        organisation_id=new.organisation_id,
        is_trusted=new.is_trusted,
        created_at=now,
        expires_at=now + LIVES,
    )
    session.add(invite)
    session.flush()
    return invite, token


def sweep(session: Session, now: datetime) -> int:
    """Removes what ran out unused, also when the process that claimed it died; how many (real clock)."""
    ran_out = delete(Invite).where(Invite.expires_at < now, _is_free(now)).returning(Invite.id)
    return len(session.scalars(ran_out).all())


def find(session: Session, token: str, now: datetime) -> Invite | None:
    """The invite of a token: still good, or used up within its days."""
    if not token.isascii() or len(token) > LONGEST_TOKEN:
        return None
    return session.scalar(select(Invite).where(Invite.token_hash == _hash(token), Invite.expires_at > now))


def claim(session: Session, invite: Invite, now: datetime) -> bool:
    """Takes an invite for one registration; False when another one has it or used it."""
    # One statement, so that the database decides who was first, also between machines.
    claimed = session.scalar(
        update(Invite)
        .where(Invite.id == invite.id, Invite.expires_at > now, _is_free(now))
        .values(status=InviteStatus.CLAIMED, claimed_at=now)
        .returning(Invite.id)
    )
    return claimed is not None


def give_back(session: Session, invite: Invite, claimed_at: datetime) -> None:
    """A registration failed: the invite can be used again, unless another one claimed it meanwhile."""
    session.execute(
        update(Invite).where(_claimed(invite, claimed_at)).values(status=InviteStatus.OPEN, claimed_at=None)
    )


def use_up(session: Session, invite: Invite, platform: Platform, claimed_at: datetime) -> bool:
    """A registration held; False when it took so long that another one has the invite now."""
    used = session.scalar(
        update(Invite)
        .where(_claimed(invite, claimed_at))
        .values(status=InviteStatus.USED, platform_id=platform.id)
        .returning(Invite.id)
    )
    return used is not None


def organisation_of(session: Session, platform_id: UUID) -> UUID | None:
    """For whom a platform was invited."""
    return session.scalar(select(Invite.organisation_id).where(Invite.platform_id == platform_id))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(
        Invite.status == InviteStatus.OPEN,
        and_(Invite.status == InviteStatus.CLAIMED, Invite.claimed_at < now - CLAIM_LIVES),
    )


def _claimed(invite: Invite, claimed_at: datetime) -> ColumnElement[bool]:
    return and_(
        Invite.id == invite.id, Invite.status == InviteStatus.CLAIMED, Invite.claimed_at == claimed_at
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
