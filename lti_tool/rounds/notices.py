"""Notices of copied courses: asking platforms to send them, and keeping what they said."""

import logging

from sqlalchemy.exc import IntegrityError

from lti_tool.domain.clock import Now
from lti_tool.lti import notices
from lti_tool.lti.notices import ContextCopied
from lti_tool.rounds import crashes, deliver, lti_store
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import context_copies, platforms, rounds
from lti_tool.services.context_copies import Turn

NAME = "notices"
PATH = "/lti/notices"

log = logging.getLogger("beklijf.notices")


def record(work: Workplace, copied: ContextCopied, *, now: Now) -> bool:
    """Keeps that a course is a copy; False when that was said before."""
    try:
        with work.sessions.begin() as session:
            deployment = platforms.deployment(session, copied.registration_id, copied.deployment_id)
            assert deployment is not None  # noqa: S101  verified just before
            said = copied.notice_id, copied.context_id, copied.origins
            return context_copies.record(session, deployment, *said, now.real)
    except IntegrityError:
        return False  # the same notice, twice at once


def run(work: Workplace, *, now: Now) -> int:
    """Asks the platforms that do not send their notices here yet; how many agreed."""
    clock = Ticking(now)
    handler = work.settings.base_url.rstrip("/") + PATH
    with work.sessions.begin() as session:
        run_id = rounds.begin(session, NAME, now.real)
    agreed = 0
    while clock.elapsed < deliver.AT_MOST:
        with work.sessions.begin() as session:
            turn = context_copies.take(session, handler, clock.now().real)
        if turn is None:
            break
        agreed += _ask(work, turn, handler, clock.now())
    with work.sessions.begin() as session:
        rounds.end(session, run_id, agreed, clock.now().real)
    return agreed


def _ask(work: Workplace, turn: Turn, handler: str, now: Now) -> bool:
    try:
        registration = lti_store.Registrations(work).by_id(turn.platform_id)
        if registration is None:
            return False
        place = registration, turn.deployment_id, turn.url
        refused = notices.ask_for(*place, handler, lti_store.store(work), work.outgoing, now.real)
    except Exception as error:
        crashes.note(NAME, turn.id, error)
        return False
    if refused is not None:
        log.warning("notices.not_asked reason=%s deployment=%s", refused, turn.id)
        return False
    with work.sessions.begin() as session:
        context_copies.settle(session, turn, handler)
    return True
