"""What people said that stands in their way: before a training, during it, and after."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.insights import When
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.people import Person
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.services import check_ins, reflections, sealing
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner

# The same list each time, in the words of the catalogue.
ASKED_IN: Mapping[str, When] = {
    "pre.obstacles": When.BEFORE,
    "mid.holding_back": When.DURING,
    "post.obstacles": When.AFTER,
}
Named = Mapping[When, Collection[str]]


def named(
    session: Session, learners: Collection[Learner], keys: Mapping[UUID, Key], when: Collection[When]
) -> dict[UUID, Named]:
    """What stood in the way of each, by enrolment: as submitted, and as answered to letters.

    keys: of all of them, by id. when: which of the three to open; nothing else is.
    """
    whose = {learner.enrolment.id: learner.person for learner in learners}
    found: dict[UUID, dict[When, set[str]]] = {id_: defaultdict(set) for id_ in whose}
    for answer, enrolment_id in session.execute(
        select(Answer, Reflection.enrolment_id)
        .join(Reflection, Reflection.id == Answer.reflection_id)
        .where(
            Reflection.enrolment_id.in_(whose),
            Reflection.submitted_at.is_not(None),
            Answer.item_id.in_([item for item, at in ASKED_IN.items() if at in when]),
        )
    ):
        said = _open(answer, whose[enrolment_id], keys)
        found[enrolment_id][ASKED_IN[answer.item_id]] |= set(said.choices)
    if When.AFTER in when:
        for check_in in session.scalars(
            select(CheckIn).where(CheckIn.enrolment_id.in_(whose), CheckIn.obstacles.is_not(None))
        ):
            person = whose[check_in.enrolment_id]
            told = check_ins.obstacles_of(check_in, person, keys[person.key_id])
            found[check_in.enrolment_id][When.AFTER] |= set(told.choices)
    return dict(found)


def _open(answer: Answer, person: Person, keys: Mapping[UUID, Key]) -> Said:
    place = reflections.answer_place(person, answer)
    return Said.from_json(sealing.unseal(keys[person.key_id], place, answer.value))
