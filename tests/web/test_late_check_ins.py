"""A check-in in the tool under a visit that ended: what only its writer reads is kept with it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.check_ins import CheckIn
from tests.factories import ENDED_ON
from tests.web.follow import asking
from tests.web.tables import dump

KEPT, TO_COPY = "Uw tekst is bewaard", "Kopieer eerst uw tekst"
BROUGHT, NOTICED = "checkin.brought", "checkin.noticed"
WORDS, OTHERS = "De inwoner begreep de brief.", "Een collega nam de opzet over."


@pytest.fixture
def learner(campus):
    campus.go_to(ENDED_ON, 10)
    campus.place(ends_on=ENDED_ON)
    return asking(campus, "sanne")


@pytest.fixture
def late(learner):
    """What she sends once her visit has ended."""

    def send(path, **said):
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
            return learner(path, **said)

    return send


def own_words(learner):
    return learner("mine").text


@pytest.mark.parametrize(("page", "item"), [("brought", BROUGHT), ("evidence", "checkin.evidence")])
def test_what_is_told_beside_the_answer_of_today_is_kept_with_it_sealed(campus, learner, late, page, item):
    learner("check-in", **{"checkin.used": "used"})

    answer = late(f"check-in/{page}", **{item: WORDS})

    assert answer.status_code == 403
    assert KEPT in answer.text
    assert "U vindt uw tekst bij ‘Uw woorden en keuzes’." in answer.text
    assert WORDS not in answer.text
    assert WORDS not in repr(dump(campus.work))
    assert WORDS in own_words(learner)


def test_it_joins_what_was_told_before(learner, late):
    learner("check-in", **{"checkin.used": "used"})
    learner("check-in/brought", **{BROUGHT: WORDS})

    answer = late("check-in/brought", **{BROUGHT: WORDS, NOTICED: OTHERS})

    assert KEPT in answer.text
    assert [words in own_words(learner) for words in (WORDS, OTHERS)] == [True, True]


@pytest.mark.parametrize("sent", [{BROUGHT: OTHERS}, {BROUGHT: OTHERS, NOTICED: OTHERS}])
def test_it_overwrites_nothing(campus, learner, late, sent):
    learner("check-in", **{"checkin.used": "used"})
    learner("check-in/brought", **{BROUGHT: WORDS})
    before = dump(campus.work)

    answer = late("check-in/brought", **sent)

    assert TO_COPY in answer.text
    assert OTHERS in answer.text
    assert dump(campus.work) == before


def test_what_is_left_open_takes_nothing_back(learner, late):
    learner("check-in", **{"checkin.used": "used"})
    learner("check-in/brought", **{BROUGHT: WORDS})

    late("check-in/brought", **{BROUGHT: "", NOTICED: OTHERS})

    assert WORDS in own_words(learner)


def test_sent_twice_it_is_kept_once(campus, learner, late):
    learner("check-in", **{"checkin.used": "used"})

    answers = [late("check-in/brought", **{BROUGHT: WORDS}) for _ in range(2)]

    assert [KEPT in answer.text for answer in answers] == [True, True]
    assert len(campus.all(CheckIn)) == 1


def test_without_an_answer_of_today_there_is_nothing_to_keep_it_with(campus, learner, late):
    learner("check-in", **{"checkin.used": "used"})
    campus.go_to(ENDED_ON + timedelta(days=1), 10)

    answer = late("check-in/brought", **{BROUGHT: WORDS})

    assert TO_COPY in answer.text
    assert WORDS in answer.text
    assert WORDS not in own_words(learner)


def test_a_text_that_is_too_long_is_shown_to_copy_in_full(campus, learner, late):
    learner("check-in", **{"checkin.used": "used"})
    before = dump(campus.work)

    answer = late("check-in/brought", **{BROUGHT: "x" * 201})

    assert TO_COPY in answer.text
    assert "x" * 201 in answer.text
    assert dump(campus.work) == before


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("obstacle", {"checkin.obstacle": "time", "checkin.obstacle:line": WORDS}),
        ("help", {"action": "own", "checkin.who": WORDS}),
        ("change", {"post.if_then": WORDS, "post.if_then:then": OTHERS}),
    ],
)
def test_what_a_figure_counts_or_a_plan_becomes_waits_for_a_visit_that_holds(
    campus, learner, late, page, said
):
    learner("check-in", **{"checkin.used": "not_yet"})
    before = dump(campus.work)

    answer = late(f"check-in/{page}", **said)

    assert TO_COPY in answer.text
    assert WORDS in answer.text
    assert dump(campus.work) == before


def test_who_skips_the_question_has_nothing_kept(campus, learner, late):
    learner("check-in", **{"checkin.used": "used"})
    before = dump(campus.work)

    late("check-in/brought", **{BROUGHT: WORDS, "skip": "1"})

    assert dump(campus.work) == before
