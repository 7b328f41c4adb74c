"""A report on a training that prints: days, how many took part, figures, and words only where asked for."""

from datetime import timedelta

import pytest

from lti_tool.models.readings import Reading
from tests.web.buddies import opened
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part
from tests.web.test_exporting import publish

GOAL, APPLIED = "Eerst horen wat iemand zoekt.", "Ik bel nu eerst terug."


@pytest.fixture
def training(campus):
    """A training that is over, whose one learner lets the trainer read her goal and what changed."""
    ended_on = campus.today - timedelta(days=20)
    campus.place(PREPARE, instrument="pre", ends_on=ended_on)
    campus.place(LOOK_BACK, ends_on=ended_on)
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": GOAL, "pre.share_trainer": "yes"})
    write(browser, browser.launch(LOOK_BACK))
    write(browser, browser.launch(LOOK_BACK), {"post.experience": "good", "post.applied": APPLIED})
    ask, path = asking(campus, browser), "plan/shown/trainer"
    assert ask(path, item=["applied"], opened=opened(ask, path)).status_code == 303
    return campus


@pytest.fixture
def trainer(training):
    """What the trainer asks."""
    return asking(training, training.sign_in(TRAINER))


def test_the_report_says_how_many_took_part_and_names_nobody(trainer):
    page = trainer("after/report").text.partition("<main")[2]

    assert "Verslag van de training" in page
    assert "Mensen die meedoen</dt><dd>1</dd>" in page
    assert "Sanne" not in page


def test_words_stand_there_only_where_the_trainer_asks_for_them_and_without_names(trainer):
    without, with_words = (
        trainer(f"after/report{rest}").text.partition("<main")[2] for rest in ("", "?with=words")
    )

    assert [words for words in (GOAL, APPLIED) if words in without] == []
    assert [words for words in (GOAL, APPLIED) if words not in with_words] == []
    assert "Sanne" not in with_words


def test_a_report_without_words_speaks_of_none(campus):
    campus.place(LOOK_BACK, ends_on=campus.today - timedelta(days=20))

    page = asking(campus, campus.sign_in(TRAINER))("after/report?with=words").text

    assert "Niemand laat u woorden lezen" in page
    assert "Deze woorden zijn voor u" not in page


def test_of_what_somebody_hides_again_the_report_says_nothing(training, trainer):
    ask, path = asking(training, training.sign_in("sanne")), "plan/shown/trainer"

    ask(path, item=["x"], opened=opened(ask, path))

    assert APPLIED not in trainer("after/report?with=words").text


def test_who_reads_the_words_is_noted_for_those_whose_they_are(training, trainer):
    trainer("after/report")
    before = training.all(Reading)

    trainer("after/report?with=words")

    assert before == []
    assert {row.what for row in training.all(Reading)} == {"applied", "pre.goal"}


def test_figures_stand_there_once_they_may_be_shown(training, trainer):
    before = trainer("after/report").text

    publish(training, ("people", "all", 24, 24), ("obstacle", "time", 14, 24))

    page = trainer("after/report").text
    assert "Er zijn nog geen getallen om te laten zien" in before
    assert "In de weg: Te weinig tijd" in page
    assert "14 van 24" in page


def test_who_may_only_look_reads_the_report_and_no_words(training):
    browser = training.sign_in("youssef")
    training.next_role(ASSISTANT)

    page = asking(training, browser)("after/report?with=words")

    assert page.status_code == 200
    assert [words for words in (GOAL, APPLIED, "Woorden erbij") if words in page.text] == []


def test_the_report_asks_as_often_for_sixty_as_for_three(campus):
    where = campus.place()
    let_launch(campus, 0, FEW)
    let_take_part(campus, where)
    ask = asking(campus, campus.sign_in(TRAINER))
    ask("after/report?with=words")
    with counted() as for_few:
        ask("after/report?with=words")
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    with counted() as for_many:
        page = ask("after/report?with=words")

    assert f"<dd>{MANY}</dd>" in page.text
    assert len(for_many) == len(for_few)
