"""What one person told of what a training brought, by the level that each question is about.

For that person alone: worked out when their own page is shown, never stored, counted or compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import moments, value_levels
from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.instruments import Item
from lti_tool.domain.item_types import scale
from lti_tool.domain.value_levels import Level
from lti_tool.models.activities import Activity
from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.services import asked, check_ins, entries, reflections, sealing
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.entries import Entries
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner

NOT_APPLICABLE = "not_applicable"
EVIDENCE, EVIDENCE_LEVEL = "checkin.evidence", "checkin.evidence.level"
USED = (Outcome.USED, Outcome.PARTLY)

Spoken = tuple[Level, Said, datetime]
"""Something that was told: on which level, in which words, and when."""


@dataclass(frozen=True)
class Told:
    """What somebody last told on a level. said: without words where only a choice tells it."""

    level: Level
    said: Said
    on: date


def told(session: Session, learner: Learner, key: Key, catalogue: Catalogue) -> list[Told]:
    """The levels that a learner told of, in the order of the guide, each with the last words on it."""
    said_in_training = (
        *_in_reflections(session, learner, key, catalogue),
        *_in_check_ins(session, learner, key, catalogue),
    )
    return _latest(said_in_training, learner.facts.time_zone)


def told_at_will(session: Session, own: Entries, time_zone: str) -> list[Told]:
    """The same of what somebody took up at will, with or without a training."""
    return _latest(_in_entries(session, own), time_zone)


def _latest(everything: Iterable[Spoken], time_zone: str) -> list[Told]:
    by_level: dict[Level, list[tuple[datetime, Said]]] = defaultdict(list)
    for level, said, at in everything:
        by_level[level].append((at, said))
    found = []
    for level in Level:
        if by_level[level]:
            at, said = max(by_level[level], key=lambda each: (bool(each[1].words), each[0]))
            found.append(Told(level, said, moments.local(at, time_zone).date()))
    return found


def _in_entries(session: Session, own: Entries) -> Iterator[Spoken]:
    for written in own.all(session):
        for item in entries.part(written.asked).items:
            yield from _of_item(item, written.said.get(item.id, Said()), written.entry.saved_at)


def _in_reflections(session: Session, learner: Learner, key: Key, catalogue: Catalogue) -> Iterator[Spoken]:
    rows = session.execute(
        select(Answer, Reflection.adaptation_id, InstrumentVersion.key, InstrumentVersion.version)
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Reflection.enrolment_id == learner.enrolment.id)
    ).all()
    adapted = asked.read(session, catalogue, [row.adaptation_id for row in rows])
    for answer, adaptation_id, name, version in rows:
        item = adapted.item(name, version, adaptation_id, answer.item_id)
        if item is not None and item.value_level is not None:
            place = reflections.answer_place(learner.person, answer)
            said = Said.from_json(sealing.unseal(key, place, answer.value))
            yield from _of_item(item, said, answer.answered_at)


def _in_check_ins(session: Session, learner: Learner, key: Key, catalogue: Catalogue) -> Iterator[Spoken]:
    items = catalogue.latest("check_in").items.values()
    for row in session.scalars(select(CheckIn).where(CheckIn.enrolment_id == learner.enrolment.id)):
        if row.outcome in USED:
            yield Level.APPLIED, Said(), row.answered_at
        said = check_ins.told(row, learner.person, key)
        for item in items:
            yield from _of_item(item, said.get(item.id, Said()), row.answered_at)
        # Of evidence the writer says what it is about.
        for level in said.get(EVIDENCE_LEVEL, Said()).choices:
            if said.get(EVIDENCE, Said()).words:
                yield Level(level), said[EVIDENCE], row.answered_at


def _of_item(item: Item, said: Said, at: datetime) -> Iterator[Spoken]:
    """A yes or a no tells nothing of a level; words do, and so does how an experience was."""
    tells = said.words or (item.type is scale.TYPE and set(said.choices) - {NOT_APPLICABLE})
    if item.value_level is not None and tells:
        yield value_levels.of_number(item.value_level), Said(words=said.words), at
