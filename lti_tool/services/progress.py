"""What somebody did with a plan: their answers about it and the notes that they keep with it, by day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.instruments import Item
from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.services import check_ins
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.logbook import Logbook, Written
from lti_tool.services.plan_answers import Line

OBSTACLE = "checkin.obstacle"


@dataclass(frozen=True)
class Progress:
    """Something done with a plan. outcome, told: of an answer about it. note: of the logbook."""

    on: date
    outcome: Outcome | None = None
    told: tuple[Line, ...] = ()
    note: Written | None = None


def of_plan(session: Session, learner: Learner, key: Key, catalogue: Catalogue) -> list[Progress]:
    """All that was done with a plan, the latest first, in a fixed number of statements."""
    rows = session.scalars(
        select(CheckIn).where(CheckIn.enrolment_id == learner.enrolment.id).order_by(CheckIn.answered_at)
    )
    items = catalogue.latest("check_in").items
    answered = [
        Progress(_day(learner, row), row.outcome, tuple(_told(row, learner, key, items))) for row in rows
    ]
    notes = Logbook(learner.person, key, catalogue).with_plan(session, learner.enrolment.id)
    noted = [Progress(each.note.written_on, note=each) for each in reversed(notes)]
    return sorted([*answered, *noted], key=lambda each: each.on)[::-1]


def _told(row: CheckIn, learner: Learner, key: Key, items: Mapping[str, Item]) -> Iterator[Line]:
    """What was said beside an answer: what stood in the way first, as it was asked."""
    said = {
        OBSTACLE: check_ins.obstacles_of(row, learner.person, key),
        **check_ins.told(row, learner.person, key),
    }
    for item_id, answer in said.items():
        if item_id in items and not answer.is_open:
            yield Line(items[item_id], answer, row.answered_at, None)


def _day(learner: Learner, row: CheckIn) -> date:
    return moments.local(row.answered_at, learner.facts.time_zone).date()
