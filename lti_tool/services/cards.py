"""What a team card shows: what gets in the way most, one thing to do, and a guide for the talk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import actions
from lti_tool.domain import figures as rules
from lti_tool.domain.actions import Action, Who
from lti_tool.domain.digests import OPENS, DigestStep
from lti_tool.domain.figures import Cell, Question
from lti_tool.domain.guides import Guide
from lti_tool.domain.words import Words
from lti_tool.models.contacts import GONE, ContactStatus
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.services import contact_facts, figures
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.contact_facts import Follower

# What to do first where nothing is known of what gets in the way.
FIRST_TO_DO = {
    DigestStep.OPENED: "work.find_task",
    DigestStep.LEADER: "time.protect",
    DigestStep.CLOSED: "leader.own_story",
    DigestStep.VALUE_CHECK: "time.can_wait",
}
GUIDES = {DigestStep.TALK: "talk", DigestStep.VALUE_CHECK: "value_check"}
TEAM_MEETING = "team_meeting"


@dataclass(frozen=True)
class InTheWay:
    """What was named most: an option of the list of obstacles. share: how many said so, in words.

    number: how many, in a group that is large enough for figures.
    """

    obstacle: str
    share: str
    number: int | None


@dataclass(frozen=True)
class Card:
    """One card. has_figures: it is about a group that was counted, whether or not anything may be shown."""

    step: DigestStep
    to_do: Action
    has_figures: bool
    is_small: bool
    in_the_way: InTheWay | None = None


def find(session: Session, delivery_id: UUID, now: datetime) -> tuple[Delivery, Follower] | None:
    """The letter behind a card; None when it is too old, or its reader stopped or was taken back.

    Nor of a learner who left, or of a registration that was removed.
    """
    found = of_letter(session, delivery_id)
    if found is None or found[1].contact.status is not ContactStatus.CONFIRMED or found[1].is_over:
        return None
    delivery, follower = found
    return found if follower.local_day(now) <= delivery.due_on + OPENS else None


def of_letter(session: Session, delivery_id: UUID) -> tuple[Delivery, Follower] | None:
    """The letter behind a card and whom it went to, however old; None for one who was taken back."""
    found = contact_facts.of_delivery(session, delivery_id)
    if found is None or found[0].kind is not Kind.DIGEST:
        return None
    return None if found[1].contact.status in GONE else found


def show(session: Session, delivery: Delivery, follower: Follower, catalogue: Catalogue) -> Card:
    """What stands on the card of a letter."""
    step = DigestStep(delivery.step)
    if follower.is_leader or step is DigestStep.OPENED:
        return Card(step, catalogue.actions.action(FIRST_TO_DO[step]), has_figures=False, is_small=False)
    cells = figures.newest(session, follower.cohort.id)
    in_the_way = _in_the_way(cells)
    return Card(
        step,
        _to_do(step, in_the_way, catalogue),
        has_figures=True,
        is_small=not cells,
        in_the_way=in_the_way,
    )


def guide(delivery: Delivery, catalogue: Catalogue) -> Guide:
    """The guide that goes with a letter."""
    return catalogue.guide(GUIDES.get(DigestStep(delivery.step), TEAM_MEETING))


def labels(catalogue: Catalogue) -> dict[str, Words]:
    """What the obstacles are called, as people chose them."""
    items = catalogue.latest("post").part("plan").items
    asked = next(item for item in items if item.id == "post.obstacles")
    return {option.id: option.label for option in asked.options}


def _in_the_way(cells: list[Cell]) -> InTheWay | None:
    named = [cell for cell in cells if cell.question is Question.OBSTACLE]
    shown = [cell for cell in named if cell.cell not in figures.ABOUT_THE_READER]
    if not shown:
        return None
    most = shown[0]
    return InTheWay(most.cell, rules.share(most), most.count if rules.is_in_digits(most) else None)


def _to_do(step: DigestStep, in_the_way: InTheWay | None, catalogue: Catalogue) -> Action:
    """What fits what gets in the way; a second thing once the window is closed."""
    named = [in_the_way.obstacle] if in_the_way else []
    fitting = actions.suggest(catalogue.actions, named, Who.LEADER)
    if not fitting:
        return catalogue.actions.action(FIRST_TO_DO[step])
    return fitting[0] if step is DigestStep.LEADER else fitting[-1]
