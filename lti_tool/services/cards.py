"""What a team card shows: what gets in the way most, one thing to do, and a guide for the talk."""

from collections.abc import Sequence
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
from lti_tool.domain.paces import Pace
from lti_tool.domain.words import Words
from lti_tool.models.contacts import GONE, ContactStatus
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.services import contact_facts, figures, one_card
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.contact_facts import Follower
from lti_tool.services.one_card import Letter

# What to do first where nothing is known of what gets in the way.
FIRST_TO_DO = {
    DigestStep.OPENED: "work.find_task",
    DigestStep.LEADER: "time.protect",
    DigestStep.CLOSED: "leader.own_story",
    DigestStep.VALUE_CHECK: "time.can_wait",
}
TALK, TEAM_MEETING, VALUE_CHECK = "talk", "team_meeting", "value_check"
GUIDES = {DigestStep.TALK: TALK, DigestStep.VALUE_CHECK: VALUE_CHECK}


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
    """What a card says of one training.

    has_figures: it is about a group that was counted, whether or not anything may be shown.
    people: how many take part, in a group that is large enough for figures.
    """

    step: DigestStep
    to_do: Action
    has_figures: bool
    is_small: bool
    in_the_way: InTheWay | None = None
    people: int | None = None


@dataclass(frozen=True)
class Part:
    """One training on a card. title, pace: of that training."""

    title: str
    pace: Pace
    card: Card


@dataclass(frozen=True)
class OneCard:
    """A card of one training or more: one question and one thing to do, whatever it is about.

    step, pace: of what it asks about.
    """

    step: DigestStep
    pace: Pace
    to_do: Action
    parts: tuple[Part, ...]


def find(session: Session, delivery_id: UUID, now: datetime) -> list[Letter]:
    """What stands on the card behind a letter, what it asks about first; nothing when it is too old.

    Nor what its reader stopped or was taken back from, of a learner who left, or of a registration that
    was removed.
    """
    return [
        (delivery, follower)
        for delivery, follower in of_letter(session, delivery_id)
        if follower.contact.status is ContactStatus.CONFIRMED
        and not follower.is_over
        and follower.local_day(now) <= delivery.due_on + OPENS
    ]


def of_letter(session: Session, delivery_id: UUID) -> list[Letter]:
    """The same however old, and also what its reader stopped; nothing of who was taken back."""
    found = contact_facts.of_delivery(session, delivery_id)
    if found is None or found[0].kind is not Kind.DIGEST:
        return []
    letters = [found, *one_card.joined(session, found[0])]
    return one_card.in_order([each for each in letters if each[1].contact.status not in GONE])


def show(session: Session, delivery: Delivery, follower: Follower, catalogue: Catalogue) -> Card:
    """What stands on the card of a letter."""
    return _card(delivery, follower, figures.newest(session, follower.cohort.id), catalogue)


def show_all(session: Session, letters: Sequence[Letter], catalogue: Catalogue) -> OneCard:
    """The card of what went in one letter. The one thing to do is about what stands in the way somewhere."""
    cells = figures.newest_of(session, [follower.cohort.id for _, follower in letters])
    parts = tuple(
        Part(
            follower.track.title,
            follower.track.pace,
            _card(row, follower, cells[follower.cohort.id], catalogue),
        )
        for row, follower in letters
    )
    told = [part.card for part in parts if part.card.in_the_way]
    first = parts[0]
    return OneCard(first.card.step, first.pace, (told or [first.card])[0].to_do, parts)


def _card(delivery: Delivery, follower: Follower, cells: Sequence[Cell], catalogue: Catalogue) -> Card:
    step = DigestStep(delivery.step)
    if follower.is_leader or step is DigestStep.OPENED:
        return Card(step, catalogue.actions.action(FIRST_TO_DO[step]), has_figures=False, is_small=False)
    in_the_way = _in_the_way(cells)
    return Card(
        step,
        _to_do(step, in_the_way, catalogue),
        has_figures=True,
        is_small=not cells,
        in_the_way=in_the_way,
        people=_people(cells),
    )


def guide(delivery: Delivery, catalogue: Catalogue) -> Guide:
    """The guide that goes with a letter."""
    return catalogue.guide(GUIDES.get(DigestStep(delivery.step), TEAM_MEETING))


def others(delivery: Delivery, catalogue: Catalogue) -> list[Guide]:
    """The guides that a card offers beside its own."""
    own = guide(delivery, catalogue).key
    return [catalogue.guide(key) for key in (TEAM_MEETING, TALK) if key != own]


def labels(catalogue: Catalogue) -> dict[str, Words]:
    """What the obstacles are called, as people chose them."""
    items = catalogue.latest("post").part("plan").items
    asked = next(item for item in items if item.id == "post.obstacles")
    return {option.id: option.label for option in asked.options}


def _people(cells: Sequence[Cell]) -> int | None:
    everybody = (cell for cell in cells if cell.question is Question.PEOPLE and rules.is_in_digits(cell))
    return next((cell.count for cell in everybody), None)


def _in_the_way(cells: Sequence[Cell]) -> InTheWay | None:
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
