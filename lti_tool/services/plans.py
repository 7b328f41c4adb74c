"""The learner's own plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.models.sealed import Sealed
from lti_tool.models.tracks import Enrolment
from lti_tool.services import plan_history, sealing
from lti_tool.services.keys import Key
from lti_tool.services.plan_history import Version

# A cue that is over, or on its way out: the next own date gets a cue of its own.
GONE_OUT = frozenset(DeliveryStatus) - {DeliveryStatus.PLANNED, DeliveryStatus.CANCELLED}


@dataclass(frozen=True)
class Sentence:
    """The learner's own words: when this happens, I will do that."""

    when: str
    then: str
    cue: str = ""


def find(session: Session, enrolment_id: UUID) -> Plan | None:
    """The plan of an enrolment."""
    return session.scalar(select(Plan).where(Plan.enrolment_id == enrolment_id))


def begin(session: Session, enrolment: Enrolment, now: datetime) -> Plan:
    """The plan of an enrolment, begun when there is none yet."""
    plan = find(session, enrolment.id)
    if plan is None:
        plan = Plan(
            organisation_id=enrolment.organisation_id,
            enrolment_id=enrolment.id,
            status=PlanStatus.PREPARED,
            own_date_number=1,
            changed_at=now,
        )
        session.add(plan)
        session.flush()
    return plan


def prepare(
    session: Session,
    person: Person,
    enrolment: Enrolment,
    said: Mapping[str, Answer],
    key: Key,
    now: datetime,
) -> Plan:
    """Takes the task from the preparation; a plan that was made already keeps its own."""
    plan = begin(session, enrolment, now)
    task, before = said.get("pre.task", Answer()).words, _version(plan, person, key)
    if plan.status is PlanStatus.PREPARED:
        plan.task = _sealed(person, key, "plan.task", task)
        plan.changed_at = now
    _remember(session, plan, person, key, before)
    return plan


def make(
    session: Session,
    person: Person,
    enrolment: Enrolment,
    said: Mapping[str, Answer],
    key: Key,
    today: date,
    now: datetime,
) -> Plan:
    """Makes or remakes the plan from the answers of `post.plan`.

    Without a sentence it stays open, or is open again; a day, which is ticked beforehand, makes none.
    today: the person's local day on the calendar, which is when the plan was made.
    """
    plan = begin(session, enrolment, now)
    sentence, before = said.get("post.if_then", Answer()), _version(plan, person, key)
    is_made = bool(sentence.words or sentence.then)
    plan.task = _sealed(person, key, "plan.task", said.get("post.task", Answer()).words)
    plan.cue = _sealed(person, key, "plan.cue", said.get("post.cue", Answer()).words)
    _rewrite(plan, person, key, Sentence(sentence.words, sentence.then))
    day = said.get("post.task_on", Answer()).words if is_made else ""
    _set_own_date(session, plan, date.fromisoformat(day) if day else None)
    if is_made and plan.status is PlanStatus.PREPARED:
        plan.status, plan.made_on = PlanStatus.MADE, today
    elif not is_made and plan.status is PlanStatus.MADE:
        plan.status, plan.made_on = PlanStatus.PREPARED, None
    hour = said.get("post.hour", Answer()).choices
    if hour:
        # The person at hand may come from a page's own reading, and be no part of this session.
        session.get_one(Person, person.id).mail_hour = time.fromisoformat(hour[0])
    plan.changed_at = now
    _remember(session, plan, person, key, before)
    session.flush()
    return plan


def as_answers(plan: Plan | None, person: Person, key: Key) -> dict[str, Answer]:
    """The plan as it is now, in the words of the questions that made it; empty while it is not made."""
    if plan is None or plan.made_on is None:
        return {}
    sentence = sentence_of(plan, person, key)
    said = {"post.task_on": Answer(words=plan.own_on.isoformat())} if plan.own_on else {}
    if sentence is not None:
        said["post.if_then"] = Answer(words=sentence.when, then=sentence.then)
    return said


def change(
    session: Session,
    plan: Plan,
    person: Person,
    key: Key,
    sentence: Sentence,
    own_on: date | None,
    now: datetime,
) -> None:
    """Changes what was filled in; what was left empty stays as it was."""
    before = _version(plan, person, key)
    if sentence.when:
        plan.when_words = _sealed(person, key, "plan.when_words", sentence.when)
    if sentence.then:
        plan.then_words = _sealed(person, key, "plan.then_words", sentence.then)
    if sentence.cue:
        plan.cue = _sealed(person, key, "plan.cue", sentence.cue)
    if own_on is not None:
        _set_own_date(session, plan, own_on)
    plan.changed_at = now
    _remember(session, plan, person, key, before)
    session.flush()


def mark_used(plan: Plan, today: date, now: datetime) -> None:
    """The learner used what was learned: the cues end."""
    plan.status, plan.used_on, plan.changed_at = PlanStatus.USED, plan.used_on or today, now


def mark_open(plan: Plan, now: datetime) -> None:
    """The learner took "used it" back."""
    plan.status, plan.used_on, plan.changed_at = PlanStatus.MADE, None, now


def sentence_of(plan: Plan | None, person: Person, key: Key | None) -> Sentence | None:
    """The learner's own sentence; None when there is none, or when the person was erased."""
    if plan is None or key is None or not (plan.when_words or plan.then_words):
        return None
    return Sentence(
        _opened(person, key, "plan.when_words", plan.when_words),
        _opened(person, key, "plan.then_words", plan.then_words),
        _opened(person, key, "plan.cue", plan.cue),
    )


def task_of(plan: Plan, person: Person, key: Key) -> str:
    """What was meant to be done, from before the training."""
    return _opened(person, key, "plan.task", plan.task)


def _version(plan: Plan, person: Person, key: Key) -> Version:
    """The plan as it is now."""
    sentence = sentence_of(plan, person, key) or Sentence("", "")
    own_on = plan.own_on.isoformat() if plan.own_on else ""
    return Version(task_of(plan, person, key), sentence.when, sentence.then, own_on)


def _remember(session: Session, plan: Plan, person: Person, key: Key, before: Version) -> None:
    """Keeps what the plan was, if it changed just now."""
    if not before.is_empty and before != _version(plan, person, key):
        plan_history.keep(session, plan.enrolment_id, person, key, before, plan.changed_at)


def _set_own_date(session: Session, plan: Plan, own_on: date | None) -> None:
    if own_on == plan.own_on:
        return
    gone_out = session.scalar(
        select(Delivery.id).where(
            Delivery.enrolment_id == plan.enrolment_id,
            Delivery.step == "own_date",
            Delivery.occurrence == plan.own_date_number,
            Delivery.status.in_(GONE_OUT),
        )
    )
    plan.own_date_number += 1 if gone_out is not None else 0
    plan.own_on = own_on
    if own_on is not None and plan.status is PlanStatus.USED:
        # Whoever used it and chooses another day wants to be reminded again; the answer itself stays.
        plan.status, plan.used_on = PlanStatus.MADE, None


def _rewrite(plan: Plan, person: Person, key: Key, sentence: Sentence) -> None:
    plan.when_words = _sealed(person, key, "plan.when_words", sentence.when)
    plan.then_words = _sealed(person, key, "plan.then_words", sentence.then)


def _sealed(person: Person, key: Key, column: str, text: str) -> Sealed | None:
    place = sealing.Place(person.organisation_id, person.id, column)
    return sealing.seal(key, place, text) if text else None


def _opened(person: Person, key: Key, column: str, sealed: Sealed | None) -> str:
    place = sealing.Place(person.organisation_id, person.id, column)
    return sealing.unseal(key, place, sealed) if sealed else ""
