"""What was told of earlier runs of a training, for somebody who is a trainer of those too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lti_tool.domain.figures import Cell, Question
from lti_tool.domain.harvests import HIGH, Told
from lti_tool.domain.snapshots import Moment
from lti_tool.models.courses import Membership, Role
from lti_tool.models.harvests import Snapshot
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Track, TrackStatus
from lti_tool.services import afterwards, figures, harvests
from lti_tool.services.catalogue import Catalogue

MOST = 3
COMPARED = ("post.experience", "post.training_worked")
"""The questions of which it is told how many answered well."""


@dataclass(frozen=True)
class Run:
    """A group of this training or of an earlier run, with what is told of it.

    plan: made, and used within the two weeks. in_the_way: what was named most. well: how many answered so, by
    question.
    """

    cohort: Cohort
    title: str
    plan: Mapping[str, Told]
    in_the_way: Told | None
    well: Mapping[str, Told]

    @property
    def told(self) -> tuple[Told, ...]:
        """All of it."""
        return (*self.plan.values(), *self.well.values(), *([self.in_the_way] if self.in_the_way else ()))


@dataclass(frozen=True)
class Comparison:
    """This group first, then the newest of those that were closed before it."""

    runs: Sequence[Run]

    @property
    def is_small(self) -> bool:
        """Whether any of the groups is too small for numbers."""
        return any(told.count is None for run in self.runs for told in run.told)


def read(
    session: Session, trainer: Person, track: Track, cohort: Cohort, catalogue: Catalogue
) -> Comparison | None:
    """A group beside earlier ones, in a fixed number of statements; None while there is nothing beside it.

    Only of courses in which this person is a trainer now, and only of groups that were counted after their
    two weeks: nothing is counted for it. A question in words of a trainer is not compared.
    """
    earlier = session.execute(
        select(Cohort, Track)
        .join(Track, Track.id == Cohort.track_id)
        .join(Membership, Membership.course_id == Track.course_id)
        .join(Snapshot, (Snapshot.cohort_id == Cohort.id) & (Snapshot.moment == Moment.CLOSED))
        .where(
            Membership.person_id == trainer.id,
            Membership.role == Role.TRAINER,
            Track.organisation_id == track.organisation_id,
            Track.id != track.id,
            Track.status == TrackStatus.OPEN,
            or_(Track.root_id == track.root_id, Track.title == track.title),
            Cohort.ends_on < cohort.ends_on,
            Snapshot.taken_on.is_not(None),
        )
        .order_by(Cohort.ends_on.desc(), Cohort.id)
        .limit(MOST)
    ).all()
    beside = [(cohort, track.title), *((group, run.title) for group, run in earlier)]
    ids = [group.id for group, _ in beside]
    cells, told = figures.newest_of(session, ids), harvests.told_as_written(session, ids, catalogue)
    runs = [_run(group, title, cells[group.id], told[group.id]) for group, title in beside]
    return Comparison(runs) if runs[0].told and any(run.told for run in runs[1:]) else None


def _run(cohort: Cohort, title: str, cells: Sequence[Cell], told: Sequence[Told]) -> Run:
    named = [cell for cell in cells if cell.question is Question.OBSTACLE]
    return Run(
        cohort,
        title,
        {cell.cell: afterwards.told_of(cell) for cell in cells if cell.question is Question.PLAN},
        afterwards.told_of(named[0]) if named else None,
        {each.item: each for each in told if each.item in COMPARED and each.cell == HIGH},
    )
