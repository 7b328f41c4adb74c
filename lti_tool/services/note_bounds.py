"""How many notes a day takes, so that nobody fills a logbook with a script, or with a link that got about."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.models.logbook import Note, Way
from lti_tool.models.people import Person

MOST_A_DAY = 100
"""Notes of one person on one local day, whichever way they came."""
MOST_BY_LINK = 50
"""Of those, the ones that came by the link: so a link that got about leaves room for its owner."""


def hold(session: Session, person: Person) -> None:
    """Lets whatever changes the logbook of a person wait for each other; what is counted then stays true."""
    held = select(Person.id).where(Person.id == person.id)
    session.execute(held.with_for_update(key_share=True))


def is_full(session: Session, person: Person, on: date, way: Way) -> bool:
    """Whether a day takes no more notes that come this way; right while the logbook is held."""
    by_link = func.count().filter(Note.way == Way.LINK)
    of_day = Note.person_id == person.id, Note.written_on == on
    in_all, came_by_link = session.execute(select(func.count(), by_link).where(*of_day)).one()
    return in_all >= MOST_A_DAY or (way is Way.LINK and came_by_link >= MOST_BY_LINK)
