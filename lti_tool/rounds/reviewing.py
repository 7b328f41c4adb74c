"""A submission review that held: a visit of who looks, about the work of one person."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.lti import roles
from lti_tool.lti.launches import SubmissionReview
from lti_tool.models.courses import Role
from lti_tool.models.platforms import Deployment
from lti_tool.rounds import arriving, contention
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import launches, platforms, reviews, visits
from lti_tool.services.keys import Key
from lti_tool.services.launches import Newcomer
from lti_tool.services.reviews import Asked, Work
from lti_tool.services.visits import Browser


class NotHere(StrEnum):
    """Why there is nothing to open; a word for the log and for choosing the page."""

    NOTHING = "nothing_to_review"
    NO_DAYS = "waits_for_days"


@dataclass(frozen=True)
class Opened:
    """The token of a visit. is_own: somebody looks at their own work, which is their own first page."""

    token: str
    is_own: bool


def review(work: Workplace, asked: SubmissionReview, browser: Browser, *, now: Now) -> Opened | NotHere:
    """Opens a visit about one person's work; writes nothing for work not here."""
    # Somebody who looks for the first time may launch twice at once: the other one then made the person.
    return contention.settle(lambda: _review(work, asked, browser, now))


def _review(work: Workplace, asked: SubmissionReview, browser: Browser, now: Now) -> Opened | NotHere:
    with work.reading() as session:
        if _find(session, asked) is None:
            return _why_not(session, asked)
    key, is_new = arriving.own_key(work, asked, now)
    if key is None:
        return NotHere.NOTHING
    try:
        with work.sessions.begin() as session:
            opened = _open(session, work, asked, key, browser, now, key_is_new=is_new)
    except contention.LOST:
        if is_new:
            work.keyring.forget(key.id)
        raise
    if opened is None and is_new:
        work.keyring.forget(key.id)  # whose work it was was erased just now
    return opened or NotHere.NOTHING


def _open(
    session: Session,
    work: Workplace,
    asked: SubmissionReview,
    key: Key,
    browser: Browser,
    now: Now,
    *,
    key_is_new: bool,
) -> Opened | None:
    found = _find(session, asked)
    if found is None:
        return None
    deployment, subject = found
    by = _newcomer(asked)
    person = launches.record_in(
        session, deployment, subject.course, by, key, work.keyring.named, now.real, key_is_new=key_is_new
    )
    is_own = person.id == subject.person.id and by.role not in {Role.TRAINER, Role.LOOKER}
    about = None if is_own else subject.person
    return Opened(visits.open_visit(session, person, subject.link, browser, now.real, about), is_own)


def _find(session: Session, asked: SubmissionReview) -> tuple[Deployment, Work] | None:
    deployment = platforms.deployment(session, asked.registration_id, asked.deployment_id)
    if deployment is None:
        return None
    subject = reviews.find(session, deployment, _asked(asked))
    return None if subject is None else (deployment, subject)


def _why_not(session: Session, asked: SubmissionReview) -> NotHere:
    deployment = platforms.deployment(session, asked.registration_id, asked.deployment_id)
    if deployment is not None and reviews.waits_for_days(session, deployment, _asked(asked)):
        return NotHere.NO_DAYS
    return NotHere.NOTHING


def _asked(asked: SubmissionReview) -> Asked:
    return Asked(asked.for_user, asked.line_item, asked.link_id, asked.course.context_id)


def _newcomer(asked: SubmissionReview) -> Newcomer:
    return Newcomer(
        sub=asked.sub,
        role=roles.in_course(asked.roles),
        is_test=roles.is_test_person(asked.roles),
        name=asked.name,
        email=asked.email,
        locale=asked.locale,
        time_zone=None,
    )
