"""What people let their trainer read."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from lti_tool.domain.answers import Answer
from lti_tool.models.reflections import Answer as AnswerRow
from lti_tool.services import goals, reflections
from lti_tool.services.reflections import Desk
from tests import factories
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON, 17).calendar
YES, NO = Answer(choices=("yes",)), Answer(choices=("no",))


@pytest.fixture
def where(work, session):
    return factories.place(work, session, instrument="pre")


def write(session, where, sub, may_read, *, submits=True):
    who = factories.learner(session, where, sub)
    part, _ = reflections.parts(session, who.enrolment, where.activity)[0]
    desk = Desk(who.person, who.key, who.enrolment, where.activity, part)
    said = {"pre.goal": Answer(words=f"doel van {sub}"), "pre.share_trainer": may_read}
    reflection = reflections.save(session, desk, said, 1, NOW)
    if submits:
        reflections.submit(session, reflection, NOW)
    return who, desk


def read(session, where, *people):
    keys = {who.person.key_id: who.key for who in people}
    return [goal.goal for goal in goals.of_track(session, where.track.id, keys)]


def test_a_trainer_reads_only_the_goals_of_who_said_yes(session, where):
    yes, _ = write(session, where, "a", YES)
    no, _ = write(session, where, "b", NO)
    silent, _ = write(session, where, "c", Answer())

    assert read(session, where, yes, no, silent) == ["doel van a"]


def test_what_is_not_submitted_is_not_released(session, where):
    who, _ = write(session, where, "a", YES, submits=False)

    assert read(session, where, who) == []


def test_what_was_only_saved_since_waits_for_the_next_submit(session, where):
    who, desk = write(session, where, "a", NO)
    later = NOW + timedelta(minutes=5)
    reflection = reflections.save(session, desk, {"pre.share_trainer": YES}, 1, later)
    saved_only = read(session, where, who)

    reflections.submit(session, reflection, later + timedelta(minutes=1))

    assert (saved_only, read(session, where, who)) == ([], ["doel van a"])


def test_taking_it_back_hides_it_again(session, where):
    who, desk = write(session, where, "a", YES)

    reflections.save(session, desk, {"pre.share_trainer": NO}, 1, NOW)

    assert read(session, where, who) == []


def test_a_yes_that_was_moved_within_the_database_lets_nobody_read(session, where):
    who, desk = write(session, where, "a", NO)
    reflection = reflections.save(session, desk, {"pre.other": YES}, 1, NOW)
    answers = session.scalars(select(AnswerRow).where(AnswerRow.reflection_id == reflection.id))
    rows = {row.item_id: row for row in answers}
    rows["pre.share_trainer"].value = rows["pre.other"].value
    reflections.submit(session, reflection, NOW)

    with pytest.raises(InvalidTag):
        read(session, where, who)


def test_goals_of_somebody_who_was_erased_are_gone(session, where):
    write(session, where, "a", YES)

    assert goals.of_track(session, where.track.id, {}) == []


def test_test_people_count_nowhere(session, where):
    who, _ = write(session, where, "a", YES)
    who.person.is_test = True
    session.flush()

    assert read(session, where, who) == []


def test_people_of_a_group_who_wrote_the_same_share_an_entry_that_stands_whole(session, where):
    people = [write(session, where, sub, YES) for sub in ("a", "b", "c")]
    for (_, desk), (goal, reason) in zip(
        people, [("Doorvragen.", "Rust."), ("doorvragen", "Tijd."), ("Doorvragen aan tafel", "")], strict=True
    ):
        said = {"pre.goal": Answer(words=goal), "pre.relevance.self": Answer(words=reason)}
        reflections.submit(session, reflections.save(session, desk, said, 1, NOW), NOW)

    found = goals.of_track(session, where.track.id, {who.person.key_id: who.key for who, _ in people})

    assert {(goal.goal, goal.reasons, goal.people) for goal in found} == {
        ("Doorvragen.", ("Rust.", "Tijd."), 2),
        ("Doorvragen aan tafel", (), 1),
    }
