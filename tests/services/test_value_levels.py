"""What somebody told of what a training brought, by level, and never as a number."""

from uuid import uuid4

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.domain.value_levels import Level
from lti_tool.models.check_ins import Outcome
from lti_tool.services import check_ins, desks, learner_facts, reflections, value_levels
from lti_tool.services.entries import Entries
from tests import factories
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON, 17).calendar


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def say(session, where, who, part, **said):
    seat = desks.find(session, who.person, who.key, where.link, where.work.catalogue, part)
    said = {name.replace("__", "."): answer for name, answer in said.items()}
    reflections.save(session, seat.desk, said, 1, NOW)


def answer(session, who, outcome, **said):
    row = check_ins.begin(who.enrolment, None)
    check_ins.record(session, row, None, outcome, ENDED_ON, NOW)
    said = {name.replace("__", "."): answer for name, answer in said.items()}
    check_ins.tell(session, row, who.person, who.key, said)


def told(session, where, who):
    (learner,) = learner_facts.gather(session, [who.enrolment.id])
    found = value_levels.told(session, learner, who.key, where.work.catalogue)
    return [(one.level, one.said.words) for one in found]


def test_who_told_nothing_yet_has_no_levels(session, where, who):
    assert told(session, where, who) == []


def test_words_tell_of_the_level_that_their_question_is_about(session, where, who):
    say(session, where, who, "harvest", post__applied=Answer(words="Ik vroeg eerst door."))
    say(session, where, who, "yield", post__reframing=Answer(words="Bellen is ook schrijven."))

    assert told(session, where, who) == [
        (Level.APPLIED, "Ik vroeg eerst door."),
        (Level.REFRAMING, "Bellen is ook schrijven."),
    ]


@pytest.mark.parametrize(
    ("choice", "levels"),
    [("good", [Level.IMMEDIATE]), ("very_hard", [Level.IMMEDIATE]), ("not_applicable", [])],
)
def test_how_an_experience_was_tells_of_it_whatever_it_was(session, where, who, choice, levels):
    say(session, where, who, "harvest", post__experience=Answer(choices=(choice,)))

    assert [level for level, _ in told(session, where, who)] == levels


@pytest.mark.parametrize("said", [Answer(unknown=True), Answer(choices=("no",)), Answer(choices=("unsure",))])
def test_not_knowing_yet_and_a_bare_choice_tell_of_no_level(session, where, who, said):
    item = "post__reframing_peers" if said.choices else "post__reframing"
    say(session, where, who, "yield", **{item: said})

    assert told(session, where, who) == []


@pytest.mark.parametrize(
    ("outcome", "levels"),
    [(Outcome.USED, [Level.APPLIED]), (Outcome.PARTLY, [Level.APPLIED]), (Outcome.NOT_YET, [])],
)
def test_a_check_in_tells_what_somebody_does_differently_once_they_used_it(
    session, where, who, outcome, levels
):
    answer(session, who, outcome)

    assert [level for level, _ in told(session, where, who)] == levels


def test_evidence_is_about_what_its_writer_says(session, where, who):
    evidence = {"checkin__evidence": Answer(words="Nog 3 meldingen op het bord.")}
    answer(session, who, Outcome.KEEP, **evidence, checkin__evidence__level=Answer(choices=("realised",)))

    assert told(session, where, who) == [(Level.REALISED, "Nog 3 meldingen op het bord.")]


def test_evidence_of_which_nobody_said_what_it_is_about_tells_of_no_level(session, where, who):
    answer(session, who, Outcome.KEEP, checkin__evidence=Answer(words="Nog 3 meldingen op het bord."))

    assert told(session, where, who) == []


def test_words_go_before_a_later_choice_without_any(session, where, who):
    say(session, where, who, "harvest", post__applied=Answer(words="Ik vroeg eerst door."))
    answer(session, who, Outcome.USED)

    assert told(session, where, who) == [(Level.APPLIED, "Ik vroeg eerst door.")]


def test_every_level_of_the_instruments_has_its_word(work):
    numbers = {
        item.value_level
        for instrument in work.catalogue.instruments
        for part in instrument.parts
        for item in part.items
        if item.value_level is not None
    }
    (asked,) = [
        item
        for part in work.catalogue.latest("check_in").parts
        for item in part.items
        if item.id == value_levels.EVIDENCE_LEVEL
    ]

    assert numbers == {1, 2, 3, 4, 5}
    assert [option.id for option in asked.options] == [level.value for level in Level]


def test_what_was_taken_up_at_will_tells_of_levels_too(work, session, where, who):
    own, today = Entries(who.person, who.key, work.catalogue), ENDED_ON
    said = {"informal.story": Answer(words="Een inwoner belde."), "informal.noticed": Answer(unknown=True)}
    own.save(session, work.catalogue.latest("insight"), uuid4(), said, today, at(ENDED_ON, 17))

    found = value_levels.told_at_will(session, own, "Europe/Amsterdam")

    assert [(one.level, one.said.words, one.on) for one in found] == [
        (Level.IMMEDIATE, "Een inwoner belde.", ENDED_ON)
    ]
