"""What a plan was before: for the learner alone, and of the last changes only."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from lti_tool.models.people import Person
from lti_tool.models.plans import EarlierPlan
from lti_tool.models.tracks import Enrolment
from lti_tool.services import sealing
from lti_tool.services.keys import Key

MOST = 20
"""So many earlier ones are kept; the oldest goes first."""


@dataclass(frozen=True)
class Version:
    """A plan at some time. own_on: the own day, as an ISO date."""

    task: str = ""
    when: str = ""
    then: str = ""
    own_on: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to keep."""
        return self == Version()

    @property
    def day(self) -> date | None:
        """The own day."""
        return date.fromisoformat(self.own_on) if self.own_on else None


@dataclass(frozen=True)
class Earlier:
    """How a plan was, until when."""

    version: Version
    until: datetime


def keep(
    session: Session, enrolment_id: UUID, person: Person, key: Key, version: Version, now: datetime
) -> None:
    """Keeps what a plan was until now (calendar clock)."""
    said = {name: text for name, text in asdict(version).items() if text}
    session.add(
        EarlierPlan(
            organisation_id=person.organisation_id,
            enrolment_id=enrolment_id,
            said=sealing.seal(key, _place(person), json.dumps(said, ensure_ascii=False)),
            until=now,
        )
    )
    session.flush()
    newest = _newest_first([enrolment_id]).with_only_columns(EarlierPlan.id)
    beyond = list(session.scalars(newest.offset(MOST)))
    if beyond:
        session.execute(delete(EarlierPlan).where(EarlierPlan.id.in_(beyond)))


def of(session: Session, enrolment: Enrolment, person: Person, key: Key) -> list[Earlier]:
    """What a plan was before, the latest first."""
    return of_person(session, [enrolment.id], person, key)[enrolment.id]


def of_person(
    session: Session, enrolment_ids: Collection[UUID], person: Person, key: Key
) -> Mapping[UUID, list[Earlier]]:
    """What the plans of one person were before, each the latest first, by enrolment."""
    found: dict[UUID, list[Earlier]] = defaultdict(list)
    for row in session.scalars(_newest_first(enrolment_ids)):
        said = json.loads(sealing.unseal(key, _place(person), row.said))
        found[row.enrolment_id].append(Earlier(Version(**said), row.until))
    return found


def _newest_first(enrolment_ids: Collection[UUID]) -> Select[EarlierPlan]:
    return (
        select(EarlierPlan)
        .where(EarlierPlan.enrolment_id.in_(enrolment_ids))
        .order_by(EarlierPlan.until.desc(), EarlierPlan.id)
    )


def _place(person: Person) -> sealing.Place:
    return sealing.Place(person.organisation_id, person.id, "earlier_plan.said")
