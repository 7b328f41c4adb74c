"""What a learner lets a buddy see: each thing by itself, as it stands now, until it is taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.models.contacts import GONE, Contact, ContactStatus, Release, Shareable
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.tracks import Enrolment
from lti_tool.services import contact_facts, plans, reflections, sealing
from lti_tool.services.contact_facts import Follower
from lti_tool.services.keys import Key
from lti_tool.services.plans import Sentence

GOAL = "pre.goal"


@dataclass(frozen=True)
class Thing:
    """Something of a learner's own that a buddy may see. words: of a goal or a task. sentence: the plan's."""

    item: Shareable
    words: str = ""
    sentence: Sentence | None = None
    day: date | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.words or self.sentence or self.day)


def things(
    session: Session, enrolment: Enrolment, person: Person, key: Key, wanted: Collection[Shareable]
) -> list[Thing]:
    """Those of these things that there are, in a fixed order. key: of the learner whose they are."""
    plan = plans.find(session, enrolment.id)
    found = [_thing(session, item, enrolment, plan, person, key) for item in Shareable if item in wanted]
    return [thing for thing in found if thing.is_there]


def shown_to(session: Session, buddy: Follower, key: Key | None) -> list[Thing]:
    """What a buddy sees now; nothing without a yes, and nothing of who was erased."""
    is_on = buddy.contact.status is ContactStatus.CONFIRMED
    if not is_on or key is None or buddy.enrolment is None or buddy.person is None:
        return []
    return things(session, buddy.enrolment, buddy.person, key, released(session, buddy.contact.id))


def released_to(session: Session, contact_ids: Collection[UUID]) -> Mapping[UUID, frozenset[Shareable]]:
    """What each of these buddies may see, in one statement."""
    found: dict[UUID, set[Shareable]] = {contact_id: set() for contact_id in contact_ids}
    for row in session.scalars(select(Release).where(Release.contact_id.in_(contact_ids))):
        found[row.contact_id].add(row.item)
    return {contact_id: frozenset(items) for contact_id, items in found.items()}


def released(session: Session, contact_id: UUID) -> frozenset[Shareable]:
    """What a buddy may see now."""
    return frozenset(session.scalars(select(Release.item).where(Release.contact_id == contact_id)))


def release(session: Session, contact: Contact, items: Collection[Shareable], now: datetime) -> None:
    """Lets a buddy see these things and nothing else; of one who was taken back nothing (calendar clock)."""
    session.refresh(contact, with_for_update=True)
    if contact.status in GONE:
        return
    before = released(session, contact.id)
    session.execute(delete(Release).where(Release.contact_id == contact.id, Release.item.not_in(list(items))))
    session.add_all(
        Release(organisation_id=contact.organisation_id, contact_id=contact.id, item=item, released_at=now)
        for item in items
        if item not in before
    )
    session.flush()


def of_letter(session: Session, delivery_id: UUID) -> Follower | None:
    """The buddy whom a letter went to, however long ago; None for one who was taken back."""
    found = contact_facts.of_delivery(session, delivery_id)
    if found is None or not found[1].is_buddy or found[1].contact.status in GONE:
        return None
    return found[1]


def find(session: Session, delivery_id: UUID, now: datetime) -> Follower | None:
    """The same while the page is open: up to a week after the two weeks (calendar clock)."""
    buddy = of_letter(session, delivery_id)
    if buddy is None or buddy.is_over or buddy.local_day(now) > buddy.closes_on:
        return None
    return buddy


def _thing(
    session: Session, item: Shareable, enrolment: Enrolment, plan: Plan | None, person: Person, key: Key
) -> Thing:
    match item:
        case Shareable.GOAL:
            return Thing(item, words=_goal(session, enrolment, person, key))
        case Shareable.TASK:
            return Thing(item, words=plans.task_of(plan, person, key) if plan else "")
        case Shareable.PLAN:
            return Thing(item, sentence=plans.sentence_of(plan, person, key))
        case Shareable.DAY:
            return Thing(item, day=plan.own_on if plan else None)


def _goal(session: Session, enrolment: Enrolment, person: Person, key: Key) -> str:
    """What the learner wants to learn, as it was last submitted."""
    answer = session.scalar(
        select(Answer)
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .where(
            Reflection.enrolment_id == enrolment.id,
            Answer.item_id == GOAL,
            Answer.answered_at <= func.coalesce(Reflection.revised_at, Reflection.submitted_at),
        )
        .order_by(Answer.answered_at.desc())
        .limit(1)
    )
    if answer is None:
        return ""
    return Said.from_json(sealing.unseal(key, reflections.answer_place(person, answer), answer.value)).words
