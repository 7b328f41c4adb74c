"""A launch that held: from the claims to a visit, in one transaction."""

from sqlalchemy.orm import Session

from lti_tool.domain import origins as histories
from lti_tool.domain.clock import Now
from lti_tool.domain.origins import Origin
from lti_tool.lti import roles
from lti_tool.lti.launches import Launch, SubmissionReview
from lti_tool.models.courses import ResourceLink, Role
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, TrackStatus
from lti_tool.rounds import contention, origins
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import (
    copies,
    enrolments,
    launches,
    line_items,
    nudges,
    platforms,
    scores,
    tracks,
    visits,
)
from lti_tool.services.keys import Key
from lti_tool.services.launches import Arrival
from lti_tool.services.line_items import Offer
from lti_tool.services.visits import Browser

ATTEMPTS = 8
"""First launches at once make the same rows: course, link, person, mailbox … and lose to another at each."""


def arrive(work: Workplace, launch: Launch, browser: Browser, *, now: Now) -> str | None:
    """Records who came from where and opens a visit; its token. None for somebody who was erased."""
    origin = origins.of(work, launch, now)
    return contention.settle(lambda: _arrive(work, launch, origin, browser, now), ATTEMPTS)


def _arrive(work: Workplace, launch: Launch, origin: Origin, browser: Browser, now: Now) -> str | None:
    arrival = _arrival(launch)
    key, is_new = own_key(work, launch, now)
    if key is None:
        return None
    try:
        with work.sessions.begin() as session:
            deployment = platforms.deployment(session, launch.registration_id, launch.deployment_id)
            assert deployment is not None  # noqa: S101  verified just before
            former = line_items.known(session, deployment, arrival.link_id)
            person, link = launches.record(
                session, deployment, arrival, key, work.keyring.named, now.real, key_is_new=is_new
            )
            is_same = line_items.known(session, deployment, arrival.link_id) == former
            link = copies.resolve(session, link, origin, work.catalogue, now.calendar)
            platforms.remember_notices(deployment, launch.notices)
            scores.ask_again(session, link, now.calendar, person if is_same else None)
            platforms.remember_origins(session, deployment, launch.frame_origins)
            changed = nudges.elsewhere(session, [person.id])
            if arrival.role is Role.LEARNER:
                changed += _let_take_part(session, person, link, now)
            nudges.replan(session, {one.id for one in changed}, work.catalogue, now.calendar)
            return visits.open_visit(session, person, link, browser, now.real)
    except contention.LOST:
        # Only now is it sure that nothing stands under the key: another failure may be of the commit itself.
        if is_new:
            work.keyring.forget(key.id)
        raise


def _let_take_part(session: Session, person: Person, link: ResourceLink, now: Now) -> list[Enrolment]:
    """In the training of the link, and again in those of its course that the person had left.

    In one that its trainer removed nobody begins.
    """
    changed = enrolments.bring_back(session, [person.id], link.course_id)
    placed = tracks.placed(session, link)
    if placed is not None and placed.track.status is TrackStatus.OPEN:
        changed += enrolments.enrol(session, [person], placed.cohort, now.calendar)
    return changed


def own_key(work: Workplace, launch: Launch | SubmissionReview, now: Now) -> tuple[Key | None, bool]:
    """The person's key, and whether it was made just now: committed before the first text under it.

    None when the key is gone: the person was erased.
    """
    with work.reading() as session:
        deployment = platforms.deployment(session, launch.registration_id, launch.deployment_id)
        person = launches.find_person(session, deployment, _sub(launch)) if deployment else None
    if person is not None:
        return work.keyring.of([person.key_id]).get(person.key_id), False
    return work.keyring.make(now.real), True


def _offer(launch: Launch) -> Offer:
    if launch.grades is None:
        return Offer()
    return Offer(
        line_item_url=launch.grades.line_item if launch.grades.takes_scores else None,
        line_items_url=launch.grades.line_items,
        scopes=launch.grades.line_item_scopes,
        own_id=histories.read(launch.custom).lms_id,
    )


def _sub(launch: Launch | SubmissionReview) -> str:
    """Who launched. Nobody in particular leaves no trace: two of them would be one person."""
    if launch.sub is None:
        raise ValueError("a launch of nobody makes no person")
    return launch.sub


def _arrival(launch: Launch) -> Arrival:
    return Arrival(
        sub=_sub(launch),
        role=roles.in_course(launch.roles),
        is_test=launch.is_test_person,
        name=launch.name,
        email=launch.email,
        locale=launch.locale,
        time_zone=launch.time_zone,
        context_id=launch.course.context_id,
        course_title=launch.course.title or launch.course.label or "",
        link_id=launch.link.id,
        link_title=launch.link.title or "",
        return_url=launch.return_to,
        roster_url=launch.roster,
        grades=_offer(launch),
        product_family=launch.product_family,
    )
