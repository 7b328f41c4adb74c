"""What people let others read: each thing by itself, as it stands now, until it is taken back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from lti_tool.domain import releases
from lti_tool.domain.releases import Reader, Shareable
from lti_tool.models.plans import Plan
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Enrolment
from lti_tool.services import plan_answers, plans
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.plan_answers import Line, Writer
from lti_tool.services.plans import Sentence


@dataclass(frozen=True)
class Thing:
    """Something of somebody's own that others may read.

    lines: of what was answered. words: of a task. sentence: the plan's. day: the own day.
    """

    item: Shareable
    lines: tuple[Line, ...] = ()
    words: str = ""
    sentence: Sentence | None = None
    day: date | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.lines or self.words or self.sentence or self.day)


@dataclass(frozen=True)
class Audience:
    """Who reads something of one enrolment. contact_id: of a buddy."""

    enrolment: Enrolment
    reader: Reader
    contact_id: UUID | None = None


def things(
    session: Session, writers: Iterable[Writer], catalogue: Catalogue
) -> dict[UUID, tuple[Thing, ...]]:
    """All that there is to show, by enrolment, in a fixed order: answers as they were last submitted."""
    of = {each.enrolment.id: each for each in writers}
    said = plan_answers.read(session, of.values(), releases.ITEMS, catalogue, only_submitted=True)
    rows = session.scalars(select(Plan).where(Plan.enrolment_id.in_(of)))
    plan_of = {plan.enrolment_id: plan for plan in rows}
    return {id_: _things(writer, plan_of.get(id_), said[id_]) for id_, writer in of.items()}


def released(session: Session, audience: Audience) -> frozenset[Shareable]:
    """What an audience may read now."""
    return frozenset(session.scalars(select(Release.item).where(*_of(audience))))


def released_to(session: Session, contact_ids: Collection[UUID]) -> Mapping[UUID, frozenset[Shareable]]:
    """What each of these buddies may see, in one statement."""
    found: dict[UUID, set[Shareable]] = {contact_id: set() for contact_id in contact_ids}
    for row in session.scalars(select(Release).where(Release.contact_id.in_(contact_ids))):
        if row.contact_id is not None:
            found[row.contact_id].add(row.item)
    return {contact_id: frozenset(items) for contact_id, items in found.items()}


def to_many(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, dict[Reader, set[Shareable]]]:
    """What a trainer and a team may read of these people, by enrolment."""
    found: dict[UUID, dict[Reader, set[Shareable]]] = defaultdict(lambda: defaultdict(set))
    rows = select(Release).where(Release.enrolment_id.in_(enrolment_ids), Release.contact_id.is_(None))
    for row in session.scalars(rows):
        found[row.enrolment_id][row.reader].add(row.item)
    return found


def readers(session: Session, enrolment_id: UUID) -> dict[Shareable, set[Reader]]:
    """Who may read each thing of somebody's plan now, buddies among them."""
    found: dict[Shareable, set[Reader]] = defaultdict(set)
    for row in session.scalars(select(Release).where(Release.enrolment_id == enrolment_id)):
        found[row.item].add(row.reader)
    return found


def release(session: Session, audience: Audience, items: Collection[Shareable], now: datetime) -> None:
    """Lets an audience read these things and nothing else (calendar clock). Whoever calls holds its row."""
    before = released(session, audience)
    session.execute(delete(Release).where(*_of(audience), Release.item.not_in(list(items))))
    session.add_all(
        Release(
            organisation_id=audience.enrolment.organisation_id,
            enrolment_id=audience.enrolment.id,
            reader=audience.reader,
            contact_id=audience.contact_id,
            item=item,
            released_at=now,
        )
        for item in items
        if item not in before
    )
    session.flush()


def shown(
    session: Session, writers: Sequence[Writer], reader: Reader, catalogue: Catalogue
) -> dict[UUID, tuple[Thing, ...]]:
    """What a trainer or a team reads of these people now, by enrolment; of who shows nothing, nothing."""
    may_read = to_many(session, [each.enrolment.id for each in writers])
    there = things(session, [one for one in writers if may_read[one.enrolment.id][reader]], catalogue)
    found = {
        id_: tuple(one for one in of_one if one.item in may_read[id_][reader])
        for id_, of_one in there.items()
    }
    return {id_: of_one for id_, of_one in found.items() if of_one}


def hide_from_team(session: Session, enrolment_ids: Collection[UUID]) -> None:
    """Takes back what a team reads: in another group other people would."""
    session.execute(
        delete(Release).where(Release.enrolment_id.in_(enrolment_ids), Release.reader == Reader.TEAM)
    )


def _of(audience: Audience) -> tuple[ColumnElement[bool], ...]:
    return (
        Release.enrolment_id == audience.enrolment.id,
        Release.reader == audience.reader,
        Release.contact_id == audience.contact_id,
    )


def _things(writer: Writer, plan: Plan | None, said: Mapping[str, Line]) -> tuple[Thing, ...]:
    found = (_thing(item, writer, plan, said) for item in Shareable)
    return tuple(thing for thing in found if thing.is_there)


def _thing(item: Shareable, writer: Writer, plan: Plan | None, said: Mapping[str, Line]) -> Thing:
    match item:
        case Shareable.TASK:
            return Thing(item, words=plans.task_of(plan, writer.person, writer.key) if plan else "")
        case Shareable.PLAN:
            return Thing(item, sentence=plans.sentence_of(plan, writer.person, writer.key))
        case Shareable.DAY:
            return Thing(item, day=plan.own_on if plan else None)
        case _:
            return Thing(item, tuple(said[each] for each in releases.answers_of(item, said)))
