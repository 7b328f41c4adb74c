"""Which parts a training asks for, and how far people are with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lti_tool.domain import cadences
from lti_tool.domain.instruments import Phase
from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.reflections import Reflection

# Looking back in these counts as an answer, handed in or not: somebody is there.
TELLING = ("post.harvest", "post.yield")


# Made once, as in `learner_facts`.
_ASKED = (
    select(
        Activity.track_id,
        Activity.id,
        Activity.meeting_number,
        InstrumentVersion.phase,
        InstrumentPart.id.label("part_id"),
        InstrumentPart.key,
        Adaptation.unasked,
    )
    .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
    .join(InstrumentPart, InstrumentPart.instrument_version_id == InstrumentVersion.id)
    .outerjoin(Adaptation, Adaptation.id == Activity.adaptation_id)
    .where(Activity.track_id.in_(bindparam("ids")))
)
_WRITTEN = select(
    Reflection.enrolment_id,
    Reflection.activity_id,
    Reflection.part_id,
    Reflection.saved_at,
    Reflection.submitted_at,
    Reflection.revised_at,
).where(Reflection.enrolment_id.in_(bindparam("ids")))


@dataclass(frozen=True)
class Parts:
    """Of each track the parts that its activities ask for; of each enrolment when they were submitted.

    told: when each enrolment last wrote or submitted what looks back.
    asks: of each track the phases of what it asks, with the meeting of a look back on one.
    """

    asked: Mapping[UUID, frozenset[str]]
    submitted: Mapping[UUID, Mapping[str, datetime]]
    told: Mapping[UUID, datetime]
    asks: Mapping[UUID, Collection[tuple[str, int | None]]]

    def of(self, track_id: UUID, enrolment_id: UUID) -> dict[str, bool]:
        """The parts that the planning knows, and whether this person submitted them."""
        done = self.submitted.get(enrolment_id, {})
        return {name: name in done for name in self.asked.get(track_id, ())}

    def last_at(self, enrolment_id: UUID) -> datetime | None:
        """When this person last submitted anything, or looked back."""
        told = [self.told[enrolment_id]] if enrolment_id in self.told else []
        return max([*told, *self.submitted.get(enrolment_id, {}).values()], default=None)

    def told_at(self, enrolment_id: UUID) -> datetime | None:
        """When this person last looked back on what it brought."""
        return self.told.get(enrolment_id)


def gather(session: Session, track_ids: Iterable[UUID], enrolment_ids: Iterable[UUID]) -> Parts:
    """All that these tracks ask for and these people submitted, in two statements."""
    names: dict[tuple[UUID, UUID], str] = {}
    asked: dict[UUID, set[str]] = defaultdict(set)
    asks: dict[UUID, set[tuple[str, int | None]]] = defaultdict(set)
    for row in session.execute(_ASKED, {"ids": list(set(track_ids))}):
        name = name_of(row.phase, row.key, row.meeting_number)
        names[row.id, row.part_id] = name
        # What a trainer leaves out may still be there of who began with it.
        if row.key not in (row.unasked or "").split():
            asked[row.track_id].add(name)
        asks[row.track_id].add((row.phase, row.meeting_number))
    submitted, told = _written(session, list(enrolment_ids), names)
    return Parts({track_id: frozenset(found) for track_id, found in asked.items()}, submitted, told, asks)


def name_of(phase: str, part: str, meeting_number: int | None) -> str:
    """The part as the planning knows it. part: its key in the instrument."""
    return cadences.part_of_session(meeting_number or 1) if phase == Phase.MID else f"{phase}.{part}"


def _written(
    session: Session, enrolment_ids: list[UUID], names: Mapping[tuple[UUID, UUID], str]
) -> tuple[dict[UUID, dict[str, datetime]], dict[UUID, datetime]]:
    submitted: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    told: dict[UUID, datetime] = {}
    for row in session.execute(_WRITTEN, {"ids": enrolment_ids}):
        name, done_at = names.get((row.activity_id, row.part_id)), row.revised_at or row.submitted_at
        if name is not None and done_at is not None:
            submitted[row.enrolment_id][name] = done_at
        if name in TELLING:
            earlier = told.get(row.enrolment_id, row.saved_at)
            told[row.enrolment_id] = max(earlier, row.saved_at, done_at or row.saved_at)
    return submitted, told
