"""What was typed but could not become an answer: kept, and offered to the person.

The visit had expired, or another page had saved something else meanwhile.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.models.people import Person
from lti_tool.models.reflections import LateDraft
from lti_tool.services import sealed_answers, sealing
from lti_tool.services.keys import Key
from lti_tool.services.reflections import Desk


def keep(
    session: Session, desk: Desk, page: tuple[str, int], said: Mapping[str, Answer], now: datetime
) -> None:
    """Keeps answers sealed. page: key of the part, and number of the step."""
    part, step = page
    person, activity = desk.person, desk.activity
    draft = of_page(session, person, activity.id, page)
    if draft is None:
        draft = LateDraft(
            organisation_id=person.organisation_id,
            person_id=person.id,
            activity_id=activity.id,
            part=part,
            step=step,
        )
        session.add(draft)
    draft.adaptation_id = desk.adaptation_id
    draft.answers, draft.saved_at = sealed_answers.seal(desk.key, _place(person), said), now


def of_page(session: Session, person: Person, activity_id: UUID, page: tuple[str, int]) -> LateDraft | None:
    """The draft of one page. page: key of the part, and number of the step."""
    part, step = page
    return session.scalar(
        select(LateDraft).where(
            LateDraft.person_id == person.id,
            LateDraft.activity_id == activity_id,
            LateDraft.part == part,
            LateDraft.step == step,
        )
    )


def is_there(session: Session, draft_id: UUID) -> bool:
    """Whether there is such a draft, of anybody."""
    return session.get(LateDraft, draft_id) is not None


def waiting(session: Session, person: Person, activity_id: UUID) -> list[LateDraft]:
    """The drafts that wait for a person's word, oldest first."""
    return list(
        session.scalars(
            select(LateDraft)
            .where(LateDraft.person_id == person.id, LateDraft.activity_id == activity_id)
            .order_by(LateDraft.saved_at)
        )
    )


def read(draft: LateDraft, person: Person, key: Key) -> dict[str, Answer]:
    """What was typed, by item."""
    return sealed_answers.unseal(key, _place(person), draft.answers)


def _place(person: Person) -> sealing.Place:
    return sealing.Place(person.organisation_id, person.id, "late_draft.answers")


def find(session: Session, person: Person, activity_id: UUID, draft_id: UUID) -> LateDraft | None:
    """One of a person's own drafts, of this activity."""
    return session.scalar(
        select(LateDraft).where(
            LateDraft.id == draft_id, LateDraft.person_id == person.id, LateDraft.activity_id == activity_id
        )
    )
