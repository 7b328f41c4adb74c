"""Who counts along in a comparison: drawn by lot, counted once, and then forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import SystemRandom
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from lti_tool.domain import comparisons as rules
from lti_tool.domain.comparisons import Arm, Measure, Need, Status
from lti_tool.domain.findings import Group
from lti_tool.domain.paces import Pace
from lti_tool.models.comparisons import Comparison, Drawn
from lti_tool.models.courses import Membership, Role
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, MailStatus, Track, TrackStatus
from lti_tool.services import figures, learner_facts, nudges
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner

CHANCE = SystemRandom()
OVER = (Status.REPORTED, Status.STOPPED)


@dataclass(frozen=True)
class Standing:
    """How many it takes, and the sizes of the groups that are there to be drawn."""

    need: Need
    sizes: tuple[int, ...]

    @property
    def is_enough(self) -> bool:
        """Whether it can start."""
        return rules.is_enough(self.need, self.sizes)


def standing(session: Session, comparison: Comparison, today: date) -> Standing:
    """Whether there are people enough on a day."""
    return _standing(comparison, _to_draw(session, comparison, today))


def start(session: Session, comparison: Comparison, today: date) -> Standing:
    """Draws everybody whose training is still to end; nobody, where there are too few."""
    # Two who start at once wait for each other; the second finds it running.
    session.refresh(comparison, with_for_update=True)
    groups = _to_draw(session, comparison, today)
    found = _standing(comparison, groups)
    if comparison.status is not Status.DECLARED or not found.is_enough:
        return found
    for group in groups:
        CHANCE.shuffle(group)
    CHANCE.shuffle(groups)
    arms = rules.draw(groups, comparison.drawn_by, is_turned=CHANCE.random() < 0.5)
    session.add_all(
        Drawn(
            organisation_id=comparison.organisation_id,
            comparison_id=comparison.id,
            enrolment_id=enrolment_id,
            arm=arm,
        )
        for enrolment_id, arm in arms.items()
    )
    comparison.status, comparison.started_on, comparison.people = Status.RUNNING, today, len(arms)
    session.flush()
    return found


def count(session: Session, comparison: Comparison) -> dict[Arm, list[Group]]:
    """How many did it, by arm and group: all who were drawn, whatever came of their mails."""
    drawn = {
        row.enrolment_id: row.arm
        for row in session.scalars(select(Drawn).where(Drawn.comparison_id == comparison.id))
    }
    found: dict[tuple[Arm, UUID], list[bool]] = defaultdict(list)
    for learner in learner_facts.gather(session, drawn):
        did = _did(learner, comparison.measure)
        found[drawn[learner.enrolment.id], learner.cohort.id].append(did)
    groups: dict[Arm, list[Group]] = {arm: [] for arm in Arm}
    for (arm, _), done in found.items():
        groups[arm].append(Group(len(done), sum(done)))
    return groups


def unplanned(session: Session, limit: int) -> list[UUID]:
    """Who counts along and still gets the mails from before; their enrolments."""
    found = (
        select(Drawn.enrolment_id)
        .join(Comparison, Comparison.id == Drawn.comparison_id)
        .where(Comparison.status == Status.RUNNING, Drawn.is_planned.is_(False))
    )
    return list(session.scalars(found.order_by(Drawn.enrolment_id).limit(limit)))


def note_planned(session: Session, enrolment_ids: Iterable[UUID]) -> None:
    """Their mails are those of their arm now."""
    session.execute(update(Drawn).where(Drawn.enrolment_id.in_(list(enrolment_ids))).values(is_planned=True))


def left_over(session: Session, limit: int) -> list[UUID]:
    """Who counted along in one that is over; their enrolments."""
    found = (
        select(Drawn.enrolment_id)
        .join(Comparison, Comparison.id == Drawn.comparison_id)
        .where(Comparison.status.in_(OVER))
    )
    return list(session.scalars(found.order_by(Drawn.enrolment_id).limit(limit)))


def let_go(session: Session, enrolment_ids: Iterable[UUID], catalogue: Catalogue, now: datetime) -> None:
    """They count along no more, nothing says that they did, and they get the mails of their training."""
    ids = list(enrolment_ids)
    session.execute(delete(Drawn).where(Drawn.enrolment_id.in_(ids)))
    nudges.replan(session, ids, catalogue, now)


def of_track(session: Session, track_id: UUID) -> list[UUID]:
    """Who counts along in a training; their enrolments."""
    found = (
        select(Drawn.enrolment_id)
        .join(Enrolment, Enrolment.id == Drawn.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.track_id == track_id)
    )
    return list(session.scalars(found))


def cadences(session: Session, enrolment_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The keys of the cadences that these got by lot, in a comparison that runs."""
    found = session.execute(
        select(Drawn.enrolment_id, Drawn.arm, Comparison.usual, Comparison.other)
        .join(Comparison, Comparison.id == Drawn.comparison_id)
        .where(Drawn.enrolment_id.in_(list(enrolment_ids)), Comparison.status == Status.RUNNING)
    )
    return {row.enrolment_id: row.other if row.arm is Arm.OTHER else row.usual for row in found}


def _did(learner: Learner, measure: Measure) -> bool:
    if measure is Measure.FIRST_USE:
        return figures.first_use(learner) is not None
    return learner.facts.answered_since_anchor


def _standing(comparison: Comparison, groups: Sequence[Sequence[UUID]]) -> Standing:
    sizes = tuple(len(group) for group in groups)
    return Standing(rules.need(comparison.difference, sizes, comparison.drawn_by), sizes)


def _to_draw(session: Session, comparison: Comparison, today: date) -> list[list[UUID]]:
    """Whose training has the usual cadence and is still to end, by group; of each person the first one."""
    rows = session.execute(
        select(Enrolment.id, Enrolment.person_id, Enrolment.cohort_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Track, Track.id == Cohort.track_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Membership, (Membership.person_id == Person.id) & (Membership.course_id == Track.course_id))
        .where(
            Enrolment.organisation_id == comparison.organisation_id,
            Enrolment.status == EnrolmentStatus.ACTIVE,
            Enrolment.mail_status != MailStatus.STOPPED,
            Enrolment.anchor_on > today,
            Track.status == TrackStatus.OPEN,
            Track.pace == Pace.TOGETHER,
            Track.cadence == comparison.usual,
            Person.is_test.is_(False),
            Membership.role == Role.LEARNER,
            ~exists().where(Drawn.enrolment_id == Enrolment.id),
        )
        .order_by(Enrolment.anchor_on, Enrolment.id)
    ).all()
    firsts: Mapping[UUID, UUID] = {row.person_id: row.id for row in reversed(rows)}
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        if firsts[row.person_id] == row.id:
            groups[row.cohort_id].append(row.id)
    return list(groups.values())
