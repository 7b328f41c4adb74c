"""A plan on one page, put together from what was answered: it keeps no words of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, case, select
from sqlalchemy.orm import Session

from lti_tool.domain import openings, plan_pages
from lti_tool.domain.instruments import Part, Phase
from lti_tool.domain.openings import Opening
from lti_tool.domain.plan_pages import SectionKey
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.reflections import Reflection
from lti_tool.services import asked, plan_answers, plans
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.mailboxes import Reach
from lti_tool.services.plan_answers import AskedAt, Line, Writer
from lti_tool.services.plans import Sentence

# The day of an if-then plan and its sentence stand on the plan itself.
SENTENCE, DAY = "post.if_then", "post.task_on"


@dataclass(frozen=True)
class Section:
    """One part of the page. still_open: the steps that hold a question without an answer."""

    key: SectionKey
    lines: tuple[Line, ...]
    still_open: tuple[AskedAt, ...]


@dataclass(frozen=True)
class PlanPage:
    """All of a plan. sentence_at: where its sentence is asked, if the training asks it.

    opens_on: the day from which it does, where its trainer lets nobody begin before.
    """

    sentence: Sentence | None
    sentence_at: AskedAt | None
    sections: tuple[Section, ...]
    opens_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of the person's own on it yet."""
        return self.sentence is None and not any(section.lines for section in self.sections)

    @property
    def has_days(self) -> bool:
        """Whether a day stands on it."""
        return any(line.days for section in self.sections for line in section.lines)


@dataclass(frozen=True)
class _Asked:
    """Where each item is asked, by id. is_shut: something is, that nobody may begin yet."""

    places: Mapping[str, AskedAt]
    is_shut: bool


def gather(session: Session, learner: Learner, key: Key, catalogue: Catalogue, today: date) -> PlanPage:
    """The plan of a learner as it is now, in a fixed number of statements. today: of that learner."""
    asking = _asked(session, learner, catalogue, today)
    places = asking.places
    said = _answered(session, learner, key, catalogue, places)
    plan = learner.plan
    has_day = {DAY} if plan is not None and plan.own_on is not None else set[str]()
    return PlanPage(
        plans.sentence_of(plan, learner.person, key),
        places.get(SENTENCE),
        tuple(_section(each, said, places, {*said, *has_day}) for each in plan_pages.SECTIONS),
        learner.enrolment.anchor_on if asking.is_shut else None,
    )


def _section(
    section: plan_pages.Section, said: Mapping[str, Line], places: Mapping[str, AskedAt], known: set[str]
) -> Section:
    lines = tuple(said[item] for item in plan_pages.shown(section, known) if item in said)
    still_open = (places[item] for item in plan_pages.open_items(section, places, known))
    return Section(section.key, lines, tuple(dict.fromkeys(still_open)))


def _answered(
    session: Session, learner: Learner, key: Key, catalogue: Catalogue, places: Mapping[str, AskedAt]
) -> dict[str, Line]:
    """What was said, by item."""
    writer = Writer(learner.enrolment, learner.person, key)
    found = plan_answers.read(session, [writer], plan_pages.ITEMS, catalogue)[learner.enrolment.id]
    return {item: replace(line, asked_at=places.get(item)) for item, line in found.items()}


def _asked(session: Session, learner: Learner, catalogue: Catalogue, today: date) -> _Asked:
    rows = _rows(session, learner)
    shut = [row for row in rows if row.began is None and _is_shut(learner, row.phase, row.opens, today)]
    open_rows = [row for row in rows if row not in shut]
    adapted = asked.read(session, catalogue, [row.adaptation_id for row in open_rows])
    parts = (
        part
        for row in open_rows
        for part in adapted.get(row.key, row.version, row.adaptation_id).parts
        if part.key == row.part
    )
    has_address = learner.reach is Reach.OPEN
    return _Asked(dict(_of_part(part.asked(has_address=has_address) for part in parts)), bool(shut))


def _is_shut(learner: Learner, phase: str, opens: Opening, today: date) -> bool:
    day = learner.enrolment.anchor_on if openings.has_day(phase, learner.track.pace) else None
    return not learner.person.is_trial and openings.is_shut(opens, day, today)


def _rows(session: Session, learner: Learner) -> Sequence[Row[Any]]:
    """The parts that the training asks, each with when it may be begun and whether it was."""
    began = (Reflection.activity_id == Activity.id) & (Reflection.part_id == InstrumentPart.id)
    # Who began a part keeps the questions that it was begun with.
    adaptation_id = case((Reflection.id.is_(None), Activity.adaptation_id), else_=Reflection.adaptation_id)
    return session.execute(
        select(
            InstrumentVersion.key,
            InstrumentVersion.version,
            InstrumentPart.key.label("part"),
            adaptation_id.label("adaptation_id"),
            InstrumentVersion.phase,
            Activity.opens,
            Reflection.id.label("began"),
        )
        .join(Activity, Activity.instrument_version_id == InstrumentVersion.id)
        .join(InstrumentPart, InstrumentPart.instrument_version_id == InstrumentVersion.id)
        .outerjoin(Reflection, began & (Reflection.enrolment_id == learner.enrolment.id))
        .where(Activity.track_id == learner.track.id, InstrumentVersion.phase.in_([Phase.PRE, Phase.POST]))
        .order_by(InstrumentVersion.version, Reflection.id.is_not(None), Activity.created_at)
    ).all()


def _of_part(parts: Iterable[Part]) -> Iterable[tuple[str, AskedAt]]:
    for part in parts:
        for number, step in enumerate(part.steps, start=1):
            for item in step.items:
                yield item.id, AskedAt(part, number)
