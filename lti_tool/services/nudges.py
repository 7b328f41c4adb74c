"""Nudges as rows: planned anew on every change, decided upon at the last moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from lti_tool.domain import nudges as rules
from lti_tool.domain import schedules
from lti_tool.domain.cadences import Cadence, StepId
from lti_tool.domain.nudges import Decision, Due, SkipReason
from lti_tool.domain.schedules import LeftOut, PlannedStep, Standing
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import budgets, enrolments, learner_facts
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner

# A row that was moved by hand of the round, not by its plan; planning anew leaves it there.
MOVED = frozenset({"no_room_today", "waits", "refused_for_now", "connection_lost", "unreachable"})


def replan(session: Session, enrolment_ids: Iterable[UUID], catalogue: Catalogue, now: datetime) -> None:
    """Brings the rows of enrolments in line with what is known now (calendar clock).

    Planning twice adds nothing; what was sent, or is being sent, is never touched. What a round claimed and
    did not send yet is taken back from it: what the round decided may hold no more.
    """
    session.flush()
    ids = list(enrolment_ids)
    enrolments.hold(session, ids)
    held, changes = _hold(session, ids), Changes(session)
    _take_back(session, held)
    for learner in learner_facts.gather(session, ids, held):
        schedule = schedules.plan(cadence_of(learner, catalogue), learner.facts, now=now)
        rows = {(row.step, row.occurrence): row for row in learner.deliveries}
        for step in schedule.planned:
            _plan(changes, learner, rows.get((step.step, step.occurrence)), step, now)
        for left_out in schedule.left_out:
            _leave_out(changes, rows.get((left_out.step, left_out.occurrence)), left_out, now)
        for name, row in rows.items():
            if name not in schedule.names:
                _cancel(changes, row, SkipReason.NOT_IN_CADENCE, now)
    changes.write()


def cadence_of(learner: Learner, catalogue: Catalogue) -> Cadence:
    """The cadence that somebody is followed up by, with the reminder that their trainer asked for."""
    cadence = catalogue.cadence(learner.cadence)
    return cadence.reminding() if learner.cohort.remind_on else cadence


def elsewhere(session: Session, person_ids: Iterable[UUID]) -> list[Enrolment]:
    """The enrolments of these people whose nudges to come are planned for where their mail goes no more."""
    return list(
        session.scalars(
            select(Enrolment)
            .join(Person, Person.id == Enrolment.person_id)
            .where(
                Enrolment.person_id.in_(list(person_ids)),
                exists().where(
                    Delivery.enrolment_id == Enrolment.id,
                    Delivery.kind == Kind.NUDGE,
                    Delivery.status.in_([DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED]),
                    Delivery.mailbox_id.is_distinct_from(Person.mailbox_id),
                ),
            )
        )
    )


def decide(learner: Learner, delivery: Delivery, catalogue: Catalogue, now: datetime) -> Decision:
    """Whether a claimed nudge goes out (calendar clock)."""
    return rules.decide(cadence_of(learner, catalogue), learner.facts, due_of(delivery), now=now)


def after_an_answer(learner: Learner, catalogue: Catalogue, now: datetime) -> date | None:
    """The day of the letter that comes once a learner who is silent so far has answered (calendar clock)."""
    if learner.facts.answered_since_anchor:
        return None
    answered = replace(learner.facts, answered_since_anchor=True)
    schedule = schedules.plan(cadence_of(learner, catalogue), answered, now=now)
    return next((each.due_on for each in schedule.planned if each.step is StepId.YIELD), None)


def due_of(delivery: Delivery) -> Due:
    """A row as the rules see it."""
    return Due(delivery.step, delivery.occurrence, delivery.last_on)


def coming_of(learner: Learner, but: UUID) -> list[Delivery]:
    """The nudges still to come to somebody whom letters reach, in order. but: one that goes out now."""
    is_open = {DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED}
    rows = [row for row in learner.deliveries if row.status in is_open and row.id != but]
    return sorted(rows, key=lambda row: row.due_at)


def unknown(learner: Learner) -> list[Delivery]:
    """The nudges of which nobody knows whether they arrived, in order."""
    rows = [row for row in learner.deliveries if row.status is DeliveryStatus.UNKNOWN]
    return sorted(rows, key=lambda row: row.due_at)


def _hold(session: Session, enrolment_ids: list[UUID]) -> Sequence[Delivery]:
    """Reads the rows as they are now, and keeps rounds off: a letter may have gone since they were read."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.enrolment_id.in_(enrolment_ids), Delivery.kind == Kind.NUDGE)
        .order_by(Delivery.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _take_back(session: Session, rows: Sequence[Delivery]) -> None:
    claimed = [row for row in rows if row.status is DeliveryStatus.CLAIMED]
    for row in claimed:
        row.status, row.lease_until = DeliveryStatus.PLANNED, None
    budgets.give_back(session, [row.id for row in claimed])


class Changes:
    """What planning writes: rows by the thousand, and so beside the session's own list of what changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._values: list[tuple[Delivery, dict[str, object]]] = []

    def add(self, row: Delivery) -> None:
        """A letter that was not there."""
        self._session.add(row)

    def note(self, row: Delivery, **values: object) -> None:
        """Other values of a letter, as far as they are others."""
        others = {name: value for name, value in values.items() if getattr(row, name) != value}
        if others:
            self._values.append((row, others))

    def write(self) -> None:
        """Writes all: a statement for each set of columns, and the rows in the session as they are then."""
        self._session.flush()
        alike: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
        for row, values in self._values:
            alike[tuple(values)].append({"id": row.id, **values})
        for rows in alike.values():
            self._session.execute(update(Delivery), rows, execution_options={"synchronize_session": False})
        for row, values in self._values:
            for name, value in values.items():
                set_committed_value(row, name, value)


def _plan(changes: Changes, learner: Learner, row: Delivery | None, step: PlannedStep, now: datetime) -> None:
    values: dict[str, Any] = {
        "status": DeliveryStatus.PLANNED,
        "reason": step.reason,
        "rank": step.rank,
        "also": step.also,
        "due_at": step.due_at,
        "due_on": step.due_on,
        "last_on": step.last_on,
        "mailbox_id": learner.person.mailbox_id,
        "finished_at": None,
    }
    if row is None:
        new = Delivery(
            organisation_id=learner.enrolment.organisation_id,
            kind=Kind.NUDGE,
            enrolment_id=learner.enrolment.id,
            step=step.step,
            occurrence=step.occurrence,
            created_at=now,
            **values,
        )
        changes.add(new)
    elif row.status in {DeliveryStatus.PLANNED, DeliveryStatus.CANCELLED}:
        changes.note(row, **values)


def _leave_out(changes: Changes, row: Delivery | None, left_out: LeftOut, now: datetime) -> None:
    if row is None or row.status is not DeliveryStatus.PLANNED:
        return
    reason = schedules.given_up(left_out, Standing(row.due_at, row.due_on, row.reason in MOVED), now=now)
    if reason is not None:
        _cancel(changes, row, reason, now)
    elif left_out.last_on is not None:
        changes.note(row, last_on=left_out.last_on)


def _cancel(changes: Changes, row: Delivery, reason: SkipReason, now: datetime) -> None:
    if row.status is DeliveryStatus.PLANNED:
        changes.note(row, status=DeliveryStatus.CANCELLED, reason=reason, finished_at=now)
