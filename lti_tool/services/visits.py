"""Passes of people who launched."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from lti_tool.models.courses import Course, Membership, ResourceLink, Role
from lti_tool.models.deep_links import ContentSelection
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus
from lti_tool.models.privacy import PrivacyVisit
from lti_tool.models.visits import Proof, Visit
from lti_tool.services import platforms

IDLE = timedelta(minutes=45)
AT_MOST = timedelta(hours=8)
# The last use is written at most this often, so that reading pages hardly ever writes.
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Visitor:
    """Who is visiting, and through which link of which course.

    frame_origins: those that may frame its pages, besides those of issuer and login URL.
    """

    visit: Visit
    person: Person
    link: ResourceLink
    course: Course
    role: Role
    deployment: Deployment
    platform: Platform
    frame_origins: Sequence[str]

    def has_expired(self, now: datetime) -> bool:
        """Whether the pass is too old, or was left alone for too long (real clock)."""
        return now > self.visit.used_at + IDLE or now > self.visit.launched_at + AT_MOST


@dataclass(frozen=True)
class Browser:
    """The browser of a launch. fingerprint: hash of what it brought as proof."""

    fingerprint: str
    proof: Proof = Proof.COOKIE


def fingerprint(token: str) -> str:
    """What is stored of a token or a cookie: its SHA-256, hexadecimal."""
    return sha256(token.encode()).hexdigest()


def of_token(
    passes: type[Visit | ContentSelection | PrivacyVisit], token_hash: str | BindParameter[str]
) -> ColumnElement[bool]:
    """Which pass a token is, by its fingerprint; none of a registration that was removed."""
    return and_(passes.token_hash == token_hash, Platform.status == PlatformStatus.ACTIVE)


# Made once, as in `learner_facts`.
_FIND = (
    select(
        Visit, Person, ResourceLink, Course, Membership.role, Deployment, Platform, *platforms.frame_columns()
    )
    .join(Person, Person.id == Visit.person_id)
    .join(ResourceLink, ResourceLink.id == Visit.link_id)
    .join(Course, Course.id == ResourceLink.course_id)
    .join(Membership, (Membership.person_id == Person.id) & (Membership.course_id == Course.id))
    .join(Deployment, Deployment.id == ResourceLink.deployment_id)
    .join(Platform, Platform.id == Deployment.platform_id)
    .where(of_token(Visit, bindparam("token_hash")))
)


def open_visit(
    session: Session,
    person: Person,
    link: ResourceLink,
    browser: Browser,
    now: datetime,
    about: Person | None = None,
    back: Visit | None = None,
) -> str:
    """A new pass for a launch; the token that stands in its path, 256 bits.

    about: whose work is looked at. back: the visit of a trainer who looks as this learner.
    """
    token = secrets.token_urlsafe(32)
    session.add(
        Visit(
            organisation_id=person.organisation_id,
            token_hash=fingerprint(token),
            person_id=person.id,
            link_id=link.id,
            about_id=about.id if about else None,
            back_id=back.id if back else None,
            browser=browser.fingerprint,
            proof=browser.proof,
            locale=person.locale,
            launched_at=now,
            used_at=now,
        )
    )
    return token


def open_again(session: Session, visit: Visit, now: datetime) -> str | None:
    """Another pass for the launch of a visit, no longer than that one may last; its token, or None."""
    if now > visit.launched_at + AT_MOST:
        return None
    token = secrets.token_urlsafe(32)
    as_it_was = {
        name: getattr(visit, name)
        for name in ("organisation_id", "person_id", "link_id", "about_id", "browser", "proof", "locale")
    }
    again = Visit(token_hash=fingerprint(token), launched_at=visit.launched_at, used_at=now, **as_it_was)
    session.add(again)
    return token


def find(session: Session, token: str) -> Visitor | None:
    """Whose pass a token is, with all that a page needs, in one statement; expired ones too."""
    row = session.execute(_FIND, {"token_hash": fingerprint(token)}).one_or_none()
    if row is None:
        return None
    visit, person, link, course, role, deployment, platform, given, seen = row
    origins = platforms.origins_of(given, seen)
    return Visitor(visit, person, link, course, role, deployment, platform, origins)


def touch(session: Session, visit: Visit, now: datetime) -> None:
    """Notes that a pass was used."""
    session.get_one(Visit, visit.id).used_at = now


def speak(session: Session, visit: Visit, locale: str) -> None:
    """Changes the language of a visit, and of the person's letters."""
    session.get_one(Visit, visit.id).locale = locale
    person = session.get_one(Person, visit.person_id)
    person.locale, person.chose_locale = locale, True
