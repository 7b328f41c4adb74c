"""A request for content that held: from the claims to a choice that is under way."""

from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.lti.deep_links import DeepLinking
from lti_tool.models.courses import Course, CourseKind
from lti_tool.models.platforms import Deployment
from lti_tool.rounds import contention
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import deep_links, launches, platforms, track_copies
from lti_tool.services.deep_links import Opened
from lti_tool.services.visits import Browser


def begin(work: Workplace, asked: DeepLinking, browser: Browser, locale: str, *, now: Now) -> str:
    """Records the course, nobody else, and opens a choice; its token."""
    # Of two first requests of a course at once, one makes its row.
    return contention.settle(lambda: _begin(work, asked, browser, locale, now))


def _begin(work: Workplace, asked: DeepLinking, browser: Browser, locale: str, now: Now) -> str:
    with work.sessions.begin() as session:
        deployment = platforms.deployment(session, asked.registration_id, asked.deployment_id)
        assert deployment is not None  # noqa: S101  verified just before
        platforms.remember_origins(session, deployment, asked.frame_origins)
        course = _course(session, deployment, asked, now)
        earlier = _earlier(session, deployment, asked) if course else []
        opened = Opened(course, browser, locale, asked.wanted.as_text(), earlier)
        return deep_links.begin(session, deployment, opened, work.keyring.named, now.real)


def _earlier(session: Session, deployment: Deployment, asked: DeepLinking) -> list[UUID]:
    """What whoever chooses set up before; of somebody whom the tool does not know, nothing."""
    known = launches.find_person(session, deployment, asked.sub) if asked.sub else None
    return [each.track.id for each in track_copies.of_trainer(session, known)] if known else []


def _course(session: Session, deployment: Deployment, asked: DeepLinking, now: Now) -> Course | None:
    said = asked.course
    if said.context_id is None:
        return None
    course = launches.course(session, deployment, CourseKind.CONTEXT, said.context_id, now.real)
    course.title = said.title or said.label or course.title
    course.roster_url = asked.roster or course.roster_url
    session.flush()
    return course
