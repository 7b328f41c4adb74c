"""From whom and with what an export is made, and how an answer stands in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.exports import Place, Said
from lti_tool.domain.instruments import Instrument
from lti_tool.models.activities import Activity
from lti_tool.models.people import Person
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key, NamedKeys


@dataclass(frozen=True)
class Source:
    """From whom and with what an export is made. locale: of the questions."""

    session: Session
    person: Person
    key: Key
    named: NamedKeys
    catalogue: Catalogue
    locale: str


def said_of(
    source: Source, instrument: Instrument, item_id: str, answer: Answer, at: datetime | None
) -> Said:
    """An answer with its question. at: when it was given, where that is known."""
    item = instrument.items.get(item_id) or source.catalogue.question(item_id)
    labels = {option.id: option.label[source.locale] for option in item.options} if item else {}
    return Said(
        item=item_id,
        asked=item.ask[source.locale] if item else "",
        chosen=tuple(labels.get(one, one) for one in answer.choices),
        days=item.days(answer) if item else (),
        words=answer.words,
        then=answer.then,
        does_not_know=answer.unknown,
        answered_at=at,
    )


def place_of(source: Source, instrument: Instrument, item_id: str, activity: Activity) -> Place | None:
    """The part that asks something; None when no part of the instrument does."""
    for part in instrument.parts:
        if any(item.id == item_id for item in part.items):
            return Place(activity.id, part.key, part.title[source.locale], activity.meeting_number)
    return None
