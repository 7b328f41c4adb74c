"""Choices of content that are under way: opened by a request, answered once."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from lti_tool.models.courses import Course
from lti_tool.models.deep_links import ContentSelection, SelectionStatus
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.services import sealing, track_copies, visits
from lti_tool.services.keys import NamedKeys
from lti_tool.services.track_copies import Earlier
from lti_tool.services.visits import Browser

LIVES = timedelta(hours=8)
REQUEST = sealing.common_place("content_selection.request")
REPLY = sealing.common_place("content_selection.reply")


@dataclass(frozen=True)
class Opened:
    """A request that held. request: what the platform takes back, as one text. earlier: as in the row."""

    course: Course | None
    browser: Browser
    locale: str
    request: str
    earlier: Collection[UUID] = ()


@dataclass(frozen=True)
class Chooser:
    """A choice with where it is made. course: None when the platform named none."""

    selection: ContentSelection
    course: Course | None
    deployment: Deployment
    platform: Platform

    def has_expired(self, now: datetime) -> bool:
        """Whether it is too old (real clock)."""
        return now > self.selection.opened_at + LIVES


def begin(session: Session, deployment: Deployment, opened: Opened, named: NamedKeys, now: datetime) -> str:
    """Keeps a choice that begins, and forgets those that are long over; the token of its path, 256 bits."""
    sweep(session, now)
    token = secrets.token_urlsafe(32)
    session.add(
        ContentSelection(
            organisation_id=deployment.organisation_id,
            token_hash=visits.fingerprint(token),
            deployment_id=deployment.id,
            course_id=opened.course.id if opened.course else None,
            browser=opened.browser.fingerprint,
            proof=opened.browser.proof,
            locale=opened.locale,
            request=sealing.seal(named.common, REQUEST, opened.request),
            nonce=secrets.token_urlsafe(32),
            earlier=" ".join(str(each) for each in opened.earlier),
            opened_at=now,
        )
    )
    return token


def sweep(session: Session, now: datetime) -> None:
    """Forgets the choices that are long over (real clock), with the LMS's session key that they hold."""
    session.execute(delete(ContentSelection).where(ContentSelection.opened_at < now - LIVES))


def find(session: Session, token: str) -> Chooser | None:
    """Whose choice a token is, expired ones too."""
    row = session.execute(
        select(ContentSelection, Course, Deployment, Platform)
        .outerjoin(Course, Course.id == ContentSelection.course_id)
        .join(Deployment, Deployment.id == ContentSelection.deployment_id)
        .join(Platform, Platform.id == Deployment.platform_id)
        .where(visits.of_token(ContentSelection, visits.fingerprint(token)))
    ).one_or_none()
    return Chooser(*row) if row is not None else None


def request_of(selection: ContentSelection, named: NamedKeys) -> str:
    """What the platform takes back, as it was given to `begin`."""
    return sealing.unseal(named.common, REQUEST, selection.request)


def reply_of(selection: ContentSelection, named: NamedKeys) -> str | None:
    """What goes back; None while nothing was chosen yet."""
    return None if selection.reply is None else sealing.unseal(named.common, REPLY, selection.reply)


def earlier_of(session: Session, selection: ContentSelection) -> list[Earlier]:
    """The trainings that a new one may begin from."""
    ids = [UUID(each) for each in selection.earlier.split()]
    return track_copies.of_ids(session, selection.organisation_id, ids) if ids else []


def answer(
    session: Session,
    selection: ContentSelection,
    status: SelectionStatus,
    reply: str,
    named: NamedKeys,
) -> bool:
    """Ends a choice; whether this is the first time. Of two at once, one gets True."""
    changed = session.execute(
        update(ContentSelection)
        .where(ContentSelection.id == selection.id, ContentSelection.status == SelectionStatus.OPEN)
        .values(status=status, reply=sealing.seal(named.common, REPLY, reply))
    )
    return isinstance(changed, CursorResult) and changed.rowcount == 1
