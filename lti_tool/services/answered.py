"""What most of a group were asked, where a trainer changed the questions while people answered.

A figure stands under the words that people answered, so of each part a group is told of one way in which it
was asked: that of most people. Answers to other words are left out, as if their question had been left open.
One way for all questions of a part: of two ways, each person had one, and figures of both would tell who is
in neither (`domain/harvests.py`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import harvests as rules
from lti_tool.domain.harvests import Chosen
from lti_tool.domain.instruments import Instrument, Item
from lti_tool.models.activities import Activity
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.reflections import Reflection
from lti_tool.services import asked
from lti_tool.services.asked import Asked, Asking
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.plan_answers import Line

FOLLOWS_FROM_A_PLAN = "plan"
"""The part whose answers are of people with a plan, who are counted already."""

Parts = Mapping[str, tuple[Item, ...]]


@dataclass(frozen=True)
class Way:
    """A part as most people were asked it. items: those that are counted. adaptation_id: as of a reflection.

    alike: the questions that everybody who answered was asked, in the words of the catalogue.
    """

    items: tuple[Item, ...]
    adaptation_id: UUID | None
    alike: frozenset[str]


def parts(instrument: Instrument) -> Parts:
    """What an instrument asks that is counted, by part."""
    found = {
        part.key: tuple(item for item in part.items if rules.asked(item) is not None)
        for part in instrument.parts
        if part.key != FOLLOWS_FROM_A_PLAN
    }
    return {key: items for key, items in found.items() if items}


def askings(session: Session, activity_ids: Collection[UUID]) -> list[Asking]:
    """In which ways people were asked these activities, in one statement."""
    rows = session.execute(
        select(InstrumentVersion.key, InstrumentVersion.version, Reflection.adaptation_id)
        .join(Activity, Activity.instrument_version_id == InstrumentVersion.id)
        .join(Reflection, Reflection.activity_id == Activity.id)
        .where(Activity.id.in_(activity_ids))
        .distinct()
    )
    return [Asking(*row) for row in rows]


def ways(
    known: Asked, now: Sequence[Asking], people: Collection[Mapping[str, Line]], catalogue: Catalogue
) -> dict[str, Way]:
    """How most people were asked each part; as it is asked now where nobody answered.

    now: how it is asked of who begins. people: the answers of each.
    """
    answered = {line.asking for each in people for line in each.values() if line.asking is not None}
    of = {each: parts(known.get(*each)) for each in (*now, *answered)}
    keys = dict.fromkeys(key for found in of.values() for key in found)
    return {key: _way(key, of, now, _had(key, of, people), catalogue) for key in keys}


def chosen(found: Iterable[Way], answers: Mapping[str, Line]) -> Chosen:
    """What somebody chose, of the questions that they were asked in the words of most."""
    words = {item.id: words_of(item) for way in found for item in way.items}
    own = {name: line for name, line in answers.items() if words_of(line.item) == words.get(name)}
    return {name: line.said.choices for name, line in own.items()}


def words_of(item: Item) -> object:
    """The question and its answers, as far as one to other words is no answer to it."""
    return item.ask, tuple((option.id, option.label) for option in item.options)


def is_as_written(item: Item | None, source: Item | None) -> bool:
    """Whether a question asks what the catalogue asks, in its words."""
    return item is not None and source is not None and (item.ask, item.help) == (source.ask, source.help)


def _had(key: str, of: Mapping[Asking, Parts], people: Iterable[Mapping[str, Line]]) -> Counter[Asking]:
    """How many answered a part in each way."""
    return Counter(
        asking
        for each in people
        for asking in {line.asking for line in each.values() if line.asking and _is_of(line, of, key)}
    )


def _is_of(line: Line, of: Mapping[Asking, Parts], key: str) -> bool:
    """Whether an answer is to a question of this part."""
    items = of[line.asking].get(key, ()) if line.asking else ()
    return any(item.id == line.item.id for item in items)


def _way(
    key: str, of: Mapping[Asking, Parts], now: Sequence[Asking], had: Counter[Asking], catalogue: Catalogue
) -> Way:
    asking = [each for each in (*now, *had) if key in of[each]]
    if not asking:
        return Way((), None, frozenset())
    # What differs elsewhere, or in its order or its help, is the same way.
    number: Counter[object] = Counter()
    for each, people in had.items():
        number[_signature(of[each][key])] += people
    best = max(asking, key=lambda each: number[_signature(of[each][key])])
    return Way(
        of[best][key], best.adaptation_id, frozenset(_alike(of[best][key], key, of, [best, *had], catalogue))
    )


def _alike(
    items: Iterable[Item],
    key: str,
    of: Mapping[Asking, Parts],
    askings: Iterable[Asking],
    catalogue: Catalogue,
) -> Iterable[str]:
    """The questions that each of these ways asks as the catalogue does."""
    asking = [(each, {item.id: item for item in of[each].get(key, ())}) for each in askings]
    return (
        item.id
        for item in items
        if all(
            is_as_written(found.get(item.id), catalogue.get(each.key, each.version).items.get(item.id))
            for each, found in asking
        )
    )


def _signature(items: Iterable[Item]) -> object:
    return frozenset((item.id, words_of(item)) for item in items)


def as_told(
    session: Session,
    told_in: Mapping[str, UUID | None],
    now: Parts,
    sources: Sequence[Instrument],
    catalogue: Catalogue,
) -> Parts:
    """Parts in the words in which they were counted; in those of now where nothing of them is told.

    told_in: by question of which something is told, the adaptation in which it was asked.
    """
    known = asked.read(session, catalogue, told_in.values())
    found = dict(now)
    for item_id, adaptation_id in told_in.items():
        of = [known.adapted[adaptation_id]] if adaptation_id else sources
        each_part = [part for instrument in of for part in parts(instrument).items()]
        found |= {key: items for key, items in each_part if any(item.id == item_id for item in items)}
    return found
