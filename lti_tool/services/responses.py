"""What a person answers to a letter, and what follows, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.domain import moments, retention
from lti_tool.domain.answers import Answer
from lti_tool.domain.cadences import StepId
from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.services import check_ins, enrolments, learner_facts, nudges, plans, platforms
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.plans import Sentence

# A link stays open for a week after the window; then it points to the course.
STAYS_OPEN = timedelta(days=7)


@dataclass(frozen=True)
class Question:
    """A letter's question, or the same one asked in the tool (then without a delivery)."""

    learner: Learner
    delivery: Delivery | None
    check_in: CheckIn | None

    @property
    def asks_about_plan(self) -> bool:
        """Whether it asks how it goes, or what becomes of the plan; the letter to look back asks neither."""
        return self.delivery is None or self.delivery.step != StepId.HARVEST

    @property
    def part(self) -> str:
        """The part of the check-in that is asked: does the plan fit, what becomes of it, how it goes."""
        step = self.delivery.step if self.delivery is not None else ""
        has_plan = self.learner.facts.plan_made_on is not None
        return {"rehearse": "rehearse", "yield": "close" if has_plan else "used"}.get(step, "used")


def find(session: Session, delivery_id: UUID, *, to_change: bool) -> Question | None:
    """The question of a letter; None for what is no nudge, or whose registration was removed.

    to_change: lets others who change it wait.
    """
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.kind is not Kind.NUDGE or delivery.enrolment_id is None:
        return None
    if to_change:
        enrolments.hold(session, [delivery.enrolment_id])
    learner = learner_facts.gather(session, [delivery.enrolment_id], anew=to_change)[0]
    if platforms.find(session, learner.person.platform_id) is None:
        return None
    return Question(learner, delivery, check_ins.find(session, learner.enrolment, delivery.id))


def in_the_tool(session: Session, enrolment_id: UUID, now: datetime, *, to_change: bool) -> Question:
    """The question, asked in the tool; an answer of the same day is changed, not doubled."""
    if to_change:
        enrolments.hold(session, [enrolment_id])
    learner = learner_facts.gather(session, [enrolment_id], anew=to_change)[0]
    last = check_ins.find(session, learner.enrolment, None)
    same_day = last is not None and local_day(learner, last.answered_at) == local_day(learner, now)
    return Question(learner, None, last if same_day else None)


def is_open(question: Question, now: datetime) -> bool:
    """Whether it can still be answered: until a week after the window, or after the letter's last day.

    Not behind a letter that went to an address which is not the person's any more, nor by who left.
    """
    delivery = question.delivery
    if question.learner.facts.has_left:
        return False
    if delivery is not None and delivery.mailbox_id != question.learner.person.mailbox_id:
        return False
    facts = question.learner.facts
    last_on = retention.open_window(facts.anchor_on, facts.calendar).last_on
    if delivery is not None:
        last_on = max(last_on, delivery.last_on)
    return local_day(question.learner, now) <= last_on + STAYS_OPEN


def local_day(learner: Learner, now: datetime) -> date:
    """The learner's own day."""
    return moments.local(now, learner.facts.time_zone).date()


def answer(
    session: Session, question: Question, outcome: Outcome, catalogue: Catalogue, now: datetime
) -> CheckIn:
    """Records the answer and plans anew: "used it" ends the cues."""
    learner = question.learner
    check_in = question.check_in or check_ins.begin(learner.enrolment, question.delivery)
    check_ins.record(session, check_in, learner.plan, outcome, local_day(learner, now), now)
    nudges.replan(session, [learner.enrolment.id], catalogue, now)
    return check_in


def name_obstacles(session: Session, question: Question, said: Answer, key: Key) -> None:
    """Keeps what stood in the way; nothing without an answer to go with it."""
    if question.check_in is not None:
        check_ins.name_obstacles(session, question.check_in, question.learner.person, key, said)


def obstacles_of(question: Question, key: Key) -> Answer:
    """What stood in the way, as it was named with this answer."""
    if question.check_in is None:
        return Answer()
    return check_ins.obstacles_of(question.check_in, question.learner.person, key)


def tell(session: Session, question: Question, said: Mapping[str, Answer], key: Key) -> None:
    """Keeps what was told beside the answer; nothing without an answer to go with it."""
    if question.check_in is not None:
        check_ins.tell(session, question.check_in, question.learner.person, key, said)


def join(session: Session, question: Question, said: Mapping[str, Answer], key: Key) -> bool:
    """Adds what was told beside an answer where it is open; False, adding nothing, where others stand."""
    given = {item_id: one for item_id, one in said.items() if not one.is_open}
    if question.check_in is None or not given:
        return False
    known = check_ins.told(question.check_in, question.learner.person, key)
    if any(known.get(item_id, one) != one for item_id, one in given.items()):
        return False
    check_ins.tell(session, question.check_in, question.learner.person, key, given)
    return True


def change_plan(
    session: Session,
    question: Question,
    sentence: Sentence,
    own_on: date | None,
    key: Key,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Changes sentence and own date; what was left empty stays. A new date gets a cue of its own."""
    learner = question.learner
    if learner.plan is None:
        return
    if question.check_in is not None and own_on is not None:
        question.check_in.new_on = own_on
    plans.change(session, learner.plan, learner.person, key, sentence, own_on, now)
    nudges.replan(session, [learner.enrolment.id], catalogue, now)
