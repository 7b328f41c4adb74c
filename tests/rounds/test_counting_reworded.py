"""A trainer changes questions while people answer, or after: each figure stays with the words answered."""

import pytest
from sqlalchemy import select

from lti_tool.domain.adaptations import Adaptation, Wording
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import Words
from lti_tool.models.harvests import Snapshot
from lti_tool.rounds import figures
from lti_tool.services import adaptations, afterwards, endings, harvests, snapshots
from tests import factories
from tests.factories import ENDED_ON, at
from tests.rounds.test_counting import HARVEST_ON, answer, group, told

NOW = at(ENDED_ON).calendar
NOTHING = Words("", "")
WORKED = "post.training_worked"
OWN = "own.chosen.abcdefgh"


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def ask(session, where, draft):
    """The trainer has it asked in another way from now on."""
    for step in ("draft", "asked"):
        found = adaptations.find(session, where.track, where.activity.id, where.work.catalogue)
        if step == "draft":
            adaptations.change(session, found, draft, NOW)
        else:
            adaptations.ask(session, where.track, found, where.work.catalogue, NOW)


def reworded(words, **more):
    return Adaptation(wordings={WORKED: Wording(Words(words, words), NOTHING)}, **more)


def own(words):
    return Adaptation(own=(OwnItem(OWN, "harvest", "yes_no", Words(words, "")),))


def say(session, where, people, **said):
    for who in people:
        answer(
            session, where, who, "harvest", {item.replace("__", "."): (one,) for item, one in said.items()}
        )


def count(work, session):
    session.commit()
    figures.run(work, now=at(HARVEST_ON))


def shown(session, where):
    """In which words what is told of stands on the page, in Dutch, by question."""
    session.expire_all()
    found = afterwards.read(session, where.track, where.cohort, where.work.catalogue)
    answers = [*found.about, *(one for level in found.by_level.values() for one in level)]
    session.commit()
    return {one.item.id: one.item.ask.nl for one in answers if one.told}


def test_what_people_answered_stands_under_the_words_that_they_answered(work, session, where):
    people = group(session, where, 12)
    say(session, where, people, post__training_worked="good")
    ask(session, where, reworded("Werkte dit?"))

    count(work, session)

    assert shown(session, where) == {WORKED: work.catalogue.question(WORKED).ask.nl}


def test_a_figure_keeps_its_words_when_its_question_changes_later(work, session, where):
    ask(session, where, reworded("Werkte dit?"))
    say(session, where, group(session, where, 12), post__training_worked="good")
    count(work, session)
    session.expire_all()

    ask(session, where, reworded("Was het saai?"))

    assert shown(session, where) == {WORKED: "Werkte dit?"}


def test_a_figure_stays_when_its_question_is_left_out_later(work, session, where):
    say(session, where, group(session, where, 12), post__training_worked="good")
    count(work, session)
    session.expire_all()

    ask(session, where, Adaptation(left_out=frozenset({WORKED})))

    assert set(shown(session, where)) == {WORKED}


def test_of_two_wordings_the_one_that_most_people_answered_is_told_of_alone(work, session, where):
    people = group(session, where, 20)
    say(session, where, people[:12], post__training_worked="good")
    ask(session, where, reworded("Was het saai?"))
    say(session, where, people[12:], post__training_worked="good")

    count(work, session)

    assert told(session) == {(WORKED, "high"): "half"}
    assert shown(session, where) == {WORKED: work.catalogue.question(WORKED).ask.nl}


def test_other_help_under_a_question_makes_it_no_other_question(work, session, where):
    people = group(session, where, 20)
    say(session, where, people[:12], post__training_worked="good")
    ask(session, where, Adaptation(wordings={WORKED: Wording(NOTHING, Words("Iets kleins.", ""))}))
    say(session, where, people[12:], post__training_worked="good")

    count(work, session)

    assert told(session) == {(WORKED, "high"): "most"}


def test_a_question_that_went_back_to_the_source_is_told_of_without_numbers(work, session, where):
    people = group(session, where, 24)
    ask(session, where, reworded("Was het saai?"))
    say(session, where, people[:5], post__training_worked="good", post__experience="good")
    ask(session, where, Adaptation())
    say(session, where, people[5:], post__training_worked="good", post__experience="good")

    count(work, session)

    assert told(session) == {(WORKED, "high"): "most", ("post.experience", "high"): (24, 24)}


def test_an_own_question_in_other_words_is_not_added_to_what_was_answered_before(work, session, where):
    people = group(session, where, 18)
    ask(session, where, own("Lukte het?"))
    for who in people[:10]:
        answer(session, where, who, "harvest", {OWN: ("yes",)})
    ask(session, where, own("Lukte het niet?"))
    for who in people[10:]:
        answer(session, where, who, "harvest", {OWN: ("yes",)})

    count(work, session)

    assert told(session) == {(OWN, "yes"): "half"}
    assert shown(session, where) == {OWN: "Lukte het?"}


def test_a_question_that_few_were_asked_is_told_of_with_none_that_they_were_not_asked(work, session, where):
    people = group(session, where, 20)
    say(session, where, people[:11], post__training_worked="good")
    ask(session, where, reworded("Was het saai?", own=own("Lukte het?").own))
    for who in people[11:]:
        answer(session, where, who, "harvest", {WORKED: ("good",), OWN: ("yes",)})

    count(work, session)

    assert set(told(session)) == {(WORKED, "high")}


def test_a_training_that_was_removed_after_the_round_began_is_not_counted(work, session, where):
    say(session, where, group(session, where, 12), post__training_worked="good")
    now = at(HARVEST_ON)
    session.commit()
    waiting = snapshots.due(session, now.calendar)
    endings.remove(session, where.track, work.catalogue, now.calendar)

    for each in waiting:
        harvests.take(session, where.cohort, each.number, {}, work.catalogue, now.calendar)

    assert waiting
    assert session.scalars(select(Snapshot)).all() == []


def test_a_training_that_is_taken_back_is_counted_then_and_whole(work, session, where):
    say(session, where, group(session, where, 12), post__training_worked="good")
    now = at(HARVEST_ON)
    endings.remove(session, where.track, work.catalogue, now.calendar)
    session.commit()
    figures.run(work, now=now)
    nothing = told(session)

    endings.take_back(session, where.track, work.catalogue, now.calendar)
    count(work, session)

    assert nothing == {}
    assert told(session) == {(WORKED, "high"): "most"}
