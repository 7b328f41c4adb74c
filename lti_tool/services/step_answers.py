"""What one person said so far to the questions of a step, and before them: read in two statements."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Step
from lti_tool.services import plans, reflections
from lti_tool.services.desks import Seat
from lti_tool.services.reflections import Earlier

# What a later question starts from: the answer given before the training.
TAKEN_OVER = {"post.task": "pre.task"}


@dataclass(frozen=True)
class StepAnswers:
    """By item. kept: the answers to the step as they are now; where a plan changed since, what it says.

    first: what a first look starts from, as the preparation holds it.
    shown: said before, to stand above the questions that refer to it; of a plan, what it says now.
    """

    kept: Mapping[str, Answer]
    first: Mapping[str, Answer]
    shown: Mapping[str, Earlier]


def read(session: Session, seat: Seat, step: Step) -> StepAnswers:
    """The answers around a step of a seat."""
    desk, asked = seat.desk, [item.id for item in step.items]
    plan = plans.find(session, desk.enrolment.id)
    planned = plans.as_answers(plan, desk.person, desk.key)
    refers_to = {item_id for item in step.items for item_id in item.shows}
    here: dict[str, Answer] = {}
    before: dict[str, Earlier] = {}
    wanted = {*asked, *refers_to, *planned, *TAKEN_OVER.values()}
    for row in reflections.in_training(session, desk, wanted):
        earlier = Earlier(desk.open(row), row.answered_at)
        before[row.item_id] = earlier
        if seat.reflection is not None and row.reflection_id == seat.reflection.id:
            here[row.item_id] = earlier.said

    shown = {item_id: before[item_id] for item_id in refers_to if item_id in before}
    for item_id, answer in planned.items():
        if plan is None or (item_id in before and before[item_id].at > plan.changed_at):
            continue
        # Changed after it was written, as behind a letter.
        here[item_id] = answer
        if item_id in refers_to and (item_id not in shown or shown[item_id].said != answer):
            shown[item_id] = Earlier(answer, plan.changed_at)
    return StepAnswers(
        {item_id: here[item_id] for item_id in asked if item_id in here},
        {} if seat.reflection else _taken_over(asked, before),
        shown,
    )


def _taken_over(asked: list[str], before: Mapping[str, Earlier]) -> dict[str, Answer]:
    return {to: before[of].said for to, of in TAKEN_OVER.items() if to in asked and of in before}
