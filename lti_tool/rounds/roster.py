"""Reading who is in a course, so that who never opens the tool takes part too."""

import logging
from uuid import UUID

from lti_tool.domain.clock import Now
from lti_tool.domain.rosters import Extent
from lti_tool.lti import roles
from lti_tool.lti import roster as service
from lti_tool.lti.members import Member, Status
from lti_tool.lti.roster import NotRead, Place
from lti_tool.models.courses import Course
from lti_tool.rounds import contention, crashes, deliver, lti_store
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import course_people, roster_reads, rosters, rounds
from lti_tool.services.course_people import Keys, Listed, Roster
from lti_tool.services.roster_reads import Outcome, Turn

NAME = "roster"
# A whole group may open its first link while its roster is read.
TRIES = 5
CRASHED, INCOMPLETE, PLATFORM_REMOVED = "crashed", "incomplete", "platform_removed"

log = logging.getLogger("beklijf.roster")


def run(work: Workplace, *, now: Now) -> int:
    """Reads the rosters that are due; how many could be read. Harmless when run twice at once."""
    clock = Ticking(now)
    with work.sessions.begin() as session:
        run_id = rounds.begin(session, NAME, now.real)
    read = 0
    while clock.elapsed < deliver.AT_MOST:
        with work.sessions.begin() as session:
            turn = roster_reads.take(session, clock.now())
        if turn is None:
            break
        read += _read_one(work, turn, clock)
    with work.sessions.begin() as session:
        rounds.end(session, run_id, read, clock.now().real)
    return read


def _read_one(work: Workplace, turn: Turn, clock: Ticking) -> bool:
    try:
        found = _fetch(work, turn, clock.now())
        if isinstance(found, service.Roster):
            roster = Roster([_listed(member) for member in found.members], found.extent, turn.began_at)
            _take_over(work, turn, roster, clock.now())
    except Exception as error:
        crashes.note(NAME, turn.course_id, error)
        found = CRASHED
    with work.sessions.begin() as session:
        roster_reads.settle(session, turn, _outcome(found))
    return isinstance(found, service.Roster)


def _outcome(found: service.Roster | str) -> Outcome:
    if isinstance(found, str):
        return Outcome(found)
    problem = INCOMPLETE if found.extent is Extent.PART else None
    return Outcome(problem, found.differences, found.is_complete)


def _fetch(work: Workplace, turn: Turn, now: Now) -> service.Roster | str:
    """The roster, or why there is none."""
    registration = lti_store.Registrations(work).by_id(turn.platform_id)
    if registration is None:
        return PLATFORM_REMOVED
    place = Place(registration, turn.deployment_id, turn.url, turn.differences_url)
    outcome = service.read(place, lti_store.store(work), work.outgoing, now.real)
    if isinstance(outcome, NotRead):
        level = logging.WARNING if outcome.permanent else logging.INFO
        told = outcome.reason, outcome.status, turn.course_id
        log.log(level, "roster.not_read reason=%s status=%s course=%s", *told)
        return outcome.reason
    return outcome


def _listed(member: Member) -> Listed:
    return Listed(
        sub=member.sub,
        role=roles.in_course(member.roles),
        is_active=member.status is Status.ACTIVE,
        is_test=roles.is_test_person(member.roles),
        name=member.name,
        email=member.email,
        locale=member.locale,
    )


def _take_over(work: Workplace, turn: Turn, roster: Roster, now: Now) -> None:
    """Somebody on it may launch at the same moment, and make the rows that this one wants to make."""
    contention.settle(lambda: _apply(work, turn, roster, now), TRIES)


def _apply(work: Workplace, turn: Turn, roster: Roster, now: Now) -> None:
    with work.reading() as session:
        course = session.get_one(Course, turn.course_id)
        known = course_people.key_ids(session, course, roster)
        newcomers = course_people.newcomers(session, course, roster, work.keyring.named)
    # Committed before the first text under them.
    made = dict(zip(newcomers, work.keyring.make_all(len(newcomers), now.real), strict=True))
    keys = Keys(work.keyring.named, work.keyring.of(known), made)
    try:
        with work.sessions.begin() as session:
            course = session.get_one(Course, turn.course_id)
            used = rosters.apply(session, course, roster, keys, work.catalogue, now)
    except contention.LOST:
        # Only now is it sure that nothing stands under them: another failure may be of the commit itself.
        _sweep(work, {key.id for key in made.values()})
        raise
    _sweep(work, {key.id for key in made.values()} - used)


def _sweep(work: Workplace, key_ids: set[UUID]) -> None:
    """Removes keys of which no person came."""
    if key_ids:
        work.keyring.forget(*key_ids)
