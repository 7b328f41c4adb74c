"""Tenants."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.models.organisations import Organisation

DEFAULT_SLUG = "default"


def make_default(session: Session, name: str, time_zone: str, now: datetime) -> Organisation:
    """The organisation that exists from the start, made when it is not there yet."""
    found = find(session, DEFAULT_SLUG)
    return found or add(session, DEFAULT_SLUG, name, time_zone, now)


def add(session: Session, slug: str, name: str, time_zone: str, now: datetime) -> Organisation:
    """A new organisation; raises sqlalchemy.exc.IntegrityError when the slug is taken."""
    organisation = Organisation(slug=slug, name=name, time_zone=time_zone, created_at=now)
    session.add(organisation)
    session.flush()
    return organisation


def slugs(session: Session) -> set[str]:
    """The short words for all organisations."""
    return set(session.scalars(select(Organisation.slug)))


def slug_of(session: Session, organisation_id: UUID) -> str:
    """The short word for an organisation; raises sqlalchemy.exc.NoResultFound."""
    return session.scalars(select(Organisation.slug).where(Organisation.id == organisation_id)).one()


def allow_mail(session: Session, organisation: Organisation, domains: Iterable[str]) -> None:
    """The mail domains in which contacts and leaders may have an address, in place of the former."""
    organisation.mail_domains = " ".join(sorted({domain.lower() for domain in domains}))
    session.flush()


def take_off(session: Session, organisation: Organisation, days: Iterable[str]) -> None:
    """The days of `holidays.OPTIONAL` that everybody there has off, in place of the former."""
    organisation.extra_holidays = " ".join(sorted(set(days)))
    session.flush()


def take_replies(session: Session, organisation: Organisation, address: str | None) -> None:
    """Where answers to its mails go; None: to whoever sends them."""
    organisation.reply_to = address
    session.flush()


def speak(session: Session, organisation: Organisation, locale: str) -> None:
    """The language of letters to its advisers, and of the page behind them."""
    organisation.locale = locale
    session.flush()


def find(session: Session, slug: str) -> Organisation | None:
    """The organisation with that slug."""
    return session.scalar(select(Organisation).where(Organisation.slug == slug))


def listing(session: Session) -> list[Organisation]:
    """All organisations, by slug."""
    return list(session.scalars(select(Organisation).order_by(Organisation.slug)))
