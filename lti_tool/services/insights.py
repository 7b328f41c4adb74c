"""What an organisation reads of its trainings: counted once a quarter in memory, and told along one tree."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from lti_tool.domain import figures as rules
from lti_tool.domain import insights, moments
from lti_tool.domain.cadences import LEADS_TO, StepId
from lti_tool.domain.insights import Branch, BranchId, Count, Figure, Group, Level, Name, When
from lti_tool.domain.instruments import Phase
from lti_tool.domain.quarters import Quarter
from lti_tool.domain.snapshots import FIGURES, HARVEST_AFTER, Moment
from lti_tool.domain.workdays import DAY
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.models.harvests import Snapshot
from lti_tool.models.insights import CountedQuarter, Insight
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, MailStatus, Track, TrackStatus
from lti_tool.services import figures, firsts, obstacles, snapshots
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner

IN_THE_WAY, FIRST_USE, WORKING_DAYS, LETTER = "in_the_way", "first_use", "working_days", "letter"
# The letters that ask something themselves; all others lead to a part of an instrument.
ASKING = tuple(step for step in StepId if step not in LEADS_TO)
ASKED_IN = {When.BEFORE: Phase.PRE, When.DURING: Phase.MID, When.AFTER: Phase.POST}


@dataclass(frozen=True)
class Waiting:
    """An organisation that is to be counted for a quarter."""

    organisation_id: UUID
    quarter: Quarter


@dataclass(frozen=True)
class Counted:
    """What is told of an organisation, and of which groups that is: nobody is kept in it."""

    cohort_ids: tuple[UUID, ...]
    rows: tuple[Insight, ...]


def due(session: Session, now: datetime) -> list[Waiting]:
    """Who is to be counted for the quarter that ended last (calendar clock); no longer ago is made up for."""
    found = []
    for organisation in session.scalars(select(Organisation)):
        quarter = Quarter.of(moments.local(now, organisation.time_zone).date()).before
        waiting = Waiting(organisation.id, quarter)
        done = exists().where(
            CountedQuarter.organisation_id == organisation.id, CountedQuarter.quarter == str(quarter)
        )
        if not session.scalar(select(done)) and session.scalar(_over(waiting).limit(1)) is not None:
            found.append(waiting)
    return found


def key_ids(session: Session, waiting: Waiting) -> tuple[UUID, ...]:
    """The keys of all who count."""
    who = figures.people_of(_over(waiting))
    return tuple(session.scalars(select(Person.key_id).where(Person.id.in_(who))))


def count(session: Session, waiting: Waiting, keys: Mapping[UUID, Key], catalogue: Catalogue) -> Counted:
    """Counts an organisation; what was opened for it lives no longer than this."""
    cohorts = session.scalars(select(Cohort).where(Cohort.id.in_(_over(waiting)))).all()
    told = figures.newest_of(session, [each.id for each in cohorts])
    listed = rules.counted(catalogue.actions.pointers, ())
    found: dict[tuple[UUID | None, UUID], list[Group]] = defaultdict(list)
    for cohort in cohorts:
        learners = figures.learners(session, cohort, keys)
        before: dict[Name, Count] = {cell.name: Count(cell.count, cell.people) for cell in told[cohort.id]}
        named = obstacles.named(session, learners, keys, tuple(When))
        group = _group(learners, named, listed, before, _answered(session, learners))
        found[cohort.unit_id, cohort.track_id].append(group)
    rows = tuple(_rows(waiting, _tree(found)))
    return Counted(tuple(each.id for each in cohorts), rows)


def write(session: Session, waiting: Waiting, counted: Counted, today: date) -> bool:
    """Writes down what is told; False, and nothing, when it was already or a group changed meanwhile."""
    mark = CountedQuarter(
        organisation_id=waiting.organisation_id, quarter=str(waiting.quarter), taken_on=today
    )
    if not firsts.add(session, mark):
        return False
    cohorts = session.scalars(select(Cohort).where(Cohort.id.in_(counted.cohort_ids)).order_by(Cohort.id))
    for cohort in cohorts.all():
        if not snapshots.mark(session, cohort, Moment.QUARTER, 0, today):
            return False
    session.add_all(counted.rows)
    session.flush()
    return True


def _over(waiting: Waiting) -> Select[UUID]:
    """The groups whose last letter came in a quarter, and who were in no other that was counted."""
    never = exists().where(
        Snapshot.cohort_id == Cohort.id,
        (Snapshot.moment == Moment.QUARTER) | (Snapshot.moment.in_(FIGURES) & Snapshot.taken_on.is_(None)),
    )
    return (
        select(Cohort.id)
        .join(Track, Track.id == Cohort.track_id)
        .where(
            Cohort.organisation_id == waiting.organisation_id,
            Track.status == TrackStatus.OPEN,
            Cohort.ends_on >= waiting.quarter.first_on - HARVEST_AFTER,
            Cohort.ends_on <= waiting.quarter.last_on - HARVEST_AFTER,
            ~never,
        )
    )


def _group(
    learners: Sequence[Learner],
    named: Mapping[UUID, obstacles.Named],
    listed: Sequence[str],
    told: Mapping[Name, Count],
    answered: Collection[UUID],
) -> Group:
    number = len(learners)
    uses = {each.enrolment.id: figures.first_use(each) for each in learners if each.facts.plan_made_on}
    counted = {
        insights.EVERYBODY: number,
        insights.MADE: len(uses),
        insights.USED: sum(day is not None for day in uses.values()),
        insights.ANSWERED: sum(each.answered_at is not None for each in learners),
        insights.STOPPED: sum(each.enrolment.mail_status is MailStatus.STOPPED for each in learners),
    }
    return Group(
        {name: Count(count, number) for name, count in counted.items()},
        {name: each for name, each in told.items() if name in counted},
        dict(_in_the_way(learners, named, listed)),
        dict(_letters(learners, answered)),
        tuple(_waited(learners, uses)),
    )


def _in_the_way(
    learners: Sequence[Learner], named: Mapping[UUID, obstacles.Named], listed: Sequence[str]
) -> Iterator[tuple[tuple[When, str], Count]]:
    """How many named each obstacle, where their training asks for it."""
    for when, phase in ASKED_IN.items():
        asked = [each for each in learners if any(phase == other for other, _ in each.asks)]
        for obstacle in listed:
            there = sum(obstacle in named[each.enrolment.id].get(when, ()) for each in asked)
            yield (when, obstacle), Count(there, len(asked))


def _answered(session: Session, learners: Iterable[Learner]) -> set[UUID]:
    """The letters to which somebody answered."""
    ids = [each.enrolment.id for each in learners]
    given = select(CheckIn.delivery_id).where(CheckIn.enrolment_id.in_(ids), CheckIn.delivery_id.is_not(None))
    return {id_ for id_ in session.scalars(given) if id_ is not None}


def _letters(learners: Sequence[Learner], answered: Collection[UUID]) -> Iterator[tuple[str, Count]]:
    """How many of those who got a letter answered it, each person once."""
    for step in ASKING:
        got = [
            [sent.id for sent in each.deliveries if sent.step == step and sent.status is DeliveryStatus.SENT]
            for each in learners
        ]
        theirs = [ids for ids in got if ids]
        yield step.value, Count(sum(any(id_ in answered for id_ in ids) for ids in theirs), len(theirs))


def _waited(learners: Iterable[Learner], uses: Mapping[UUID, date | None]) -> Iterator[int]:
    for each in learners:
        used_on = uses.get(each.enrolment.id)
        if used_on is not None:
            yield len(each.facts.calendar.between(each.facts.anchor_on + DAY, used_on))


def _tree(found: Mapping[tuple[UUID | None, UUID], list[Group]]) -> Branch:
    """Trainings in their units; one whose groups have no label stands beside those."""
    by_unit: dict[UUID | None, list[Branch]] = defaultdict(list)
    for (unit_id, track_id), groups in found.items():
        by_unit[unit_id].append(Branch((Level.TRAINING, unit_id, track_id), tuple(groups)))
    loose = by_unit.pop(None, [])
    units = [Branch((Level.UNIT, unit_id, None), branches=tuple(each)) for unit_id, each in by_unit.items()]
    return Branch((Level.ORGANISATION, None, None), branches=(*units, *loose))


def _rows(waiting: Waiting, root: Branch) -> Iterator[Insight]:
    published = insights.publish(root)
    yield from (_row(waiting, each.branch, *each.name, figure=each) for each in published)
    used = {each.branch for each in published if each.name == insights.USED}
    for branch in (root, *(each for each in root.branches if each.id[0] is Level.UNIT)):
        for (when, obstacle), share in insights.in_the_way(branch).items():
            yield _row(waiting, branch.id, f"{IN_THE_WAY}.{when}", obstacle, share=share)
        for step, share in insights.letters(branch).items():
            yield _row(waiting, branch.id, LETTER, step, share=share)
        days = insights.waited(branch) if branch.id in used else None
        if days is not None:
            yield _row(waiting, branch.id, FIRST_USE, WORKING_DAYS, days=days)


def _row(
    waiting: Waiting,
    branch: BranchId,
    question: str,
    cell: str,
    *,
    figure: Figure | None = None,
    share: rules.Share | None = None,
    days: int | None = None,
) -> Insight:
    level, unit_id, track_id = branch
    return Insight(
        organisation_id=waiting.organisation_id,
        quarter=str(waiting.quarter),
        level=level,
        unit_id=unit_id,
        track_id=track_id,
        question=question,
        cell=cell,
        count=figure.count if figure else None,
        people=figure.people if figure else None,
        share=share,
        days=days,
    )
