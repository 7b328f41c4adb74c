"""What became of a training, as its trainer may read it and take it along: who did what, what was counted.

No address, nobody's answers, and no words but those that were let be read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain.figures import Cell, Question
from lti_tool.domain.harvests import Told
from lti_tool.models.people import MailboxStatus, Person
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, Track
from lti_tool.services import activities, afterwards, figures, prepared, reflections, send_log, tracks
from lti_tool.services.activities import Item
from lti_tool.services.goals import Goal
from lti_tool.services.keys import Key
from lti_tool.services.participants import Tally
from lti_tool.services.send_log import Receiver

People = Sequence[tuple[Person, Enrolment, MailboxStatus | None]]


@dataclass(frozen=True)
class Participant:
    """Someone who takes part, and of which items the first part was handed in, as the gradebook has it."""

    receiver: Receiver
    done: frozenset[UUID]


@dataclass(frozen=True)
class Group:
    """A group with its days. people: how many take part; participants: who, where names were asked for.

    told: its newest figures, as they are told; none while nothing may be shown.
    """

    cohort: Cohort
    people: int
    meetings: tuple[date, ...]
    participants: tuple[Participant, ...]
    told: tuple[Told, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Report:
    """All groups of a training. items: what it asks, in the order of the course."""

    items: tuple[Item, ...]
    groups: tuple[Group, ...]

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What people want to learn and let their trainer read, of all groups."""
        return tuple(goal for group in self.groups for goal in group.goals)


def people(session: Session, track: Track) -> People:
    """Who takes part now, without test people."""
    found = send_log.rows(session, track)
    return [row for row in found if row[1].status is EnrolmentStatus.ACTIVE]


def read(
    session: Session, track: Track, found: People, keys: Mapping[UUID, Key], told: Sequence[Goal]
) -> Report:
    """All of it. found: whose names it has; nobody's where only their number is asked for.

    keys: of those people, by id. told: what people want to learn, as far as it stands there.
    """
    asked = tuple(item for item in activities.items(session, track) if item.phase)
    done = reflections.submitted_in(session, [item.activity.id for item in asked]) if found else {}
    numbers = prepared.tallies(session, track)
    cohorts = tracks.cohorts(session, track)
    meetings = tracks.meetings(session, [cohort.id for cohort in cohorts])
    newest = figures.newest_of(session, [cohort.id for cohort in cohorts])
    of_group: dict[UUID, list[Participant]] = defaultdict(list)
    for (person, enrolment, _), receiver in zip(found, send_log.receivers(found, keys), strict=True):
        of_group[enrolment.cohort_id].append(Participant(receiver, done[person.id]))
    return Report(
        asked,
        tuple(
            Group(
                cohort,
                numbers.get(cohort.id, Tally()).people,
                meetings[cohort.id],
                tuple(of_group[cohort.id]),
                _told(newest[cohort.id]),
                tuple(goal for goal in told if goal.cohort_id == cohort.id),
            )
            for cohort in cohorts
        ),
    )


def _told(cells: Iterable[Cell]) -> tuple[Told, ...]:
    """Without how many there are: that stands beside who takes part."""
    return tuple(afterwards.told_of(cell) for cell in cells if cell.question is not Question.PEOPLE)
