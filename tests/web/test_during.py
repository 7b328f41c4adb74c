"""A page to open a session with, and its screen: status, and only the words that people chose to show."""

import re
from datetime import timedelta

import pytest

from lti_tool.domain.takeaways import Thing
from lti_tool.models.people import Person
from lti_tool.models.readings import Reading
from tests.web.buddies import opened
from tests.web.campus import ASSISTANT, TRAINER, write
from tests.web.planning import asking
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part

PATH = "session/shown"
PICKED_UP, MOMENT, KEPT = (
    "Eerst vragen wat iemand zoekt.",
    "Het rollenspel aan de balie.",
    "Dit houd ik voor mij.",
)


@pytest.fixture
def training(campus):
    """A training that asks to look back on a session, in which one learner did and another did not."""
    campus.place(instrument="mid", ends_on=campus.today - timedelta(days=1))
    campus.open("youssef")
    return campus


@pytest.fixture
def sanne(training):
    """What the learner who looked back asks of the tool."""
    browser, page = training.open("sanne")
    said = {"mid.picked_up": PICKED_UP, "mid.experience.text": MOMENT, "mid.reinforce": KEPT}
    write(browser, page, said)
    return asking(training, browser)


@pytest.fixture
def trainer(training, sanne):
    """What the trainer asks."""
    return asking(training, training.sign_in(TRAINER))


def show(ask, trainer=(), room=()):
    """A learner lets others read these things, and nothing else."""
    assert ask(PATH, trainer=[*trainer], room=[*room], opened=opened(ask, PATH)).status_code == 303


def main(answer):
    """What a page says, without what stands around it."""
    return answer.text.partition("<main")[2].partition("</main>")[0]


def screen(trainer, about=""):
    """All that goes over the screen, from the first to the last."""
    return [main(trainer(f"during/show?at={at}{about}")) for at in range(5)]


def test_it_says_who_looked_back_and_shows_no_words_that_nobody_let_be_read(trainer):
    page = main(trainer("during"))

    assert re.findall(r"<li><span>([^<]*)</span><span[^>]*>([^<]*)<", page) == [
        ("Youssef el Haddad", "Nog niet"),
        ("Sanne de Wit", "Klaar"),
    ]
    assert [words for words in (PICKED_UP, MOMENT, KEPT) if words in page] == []


def test_what_is_for_the_trainer_stands_there_with_the_name_and_is_not_for_the_screen(sanne, trainer):
    show(sanne, trainer=[Thing.PICKED_UP])

    page = main(trainer("during"))

    assert PICKED_UP in page.partition('id="told"')[2]
    assert "Sanne" in page.partition('id="told"')[2]
    assert [words for words in (MOMENT, KEPT) if words in page] == []
    assert PICKED_UP not in "".join(screen(trainer))


def test_what_is_for_the_room_goes_over_the_screen_word_for_word_and_without_any_name(sanne, trainer):
    show(sanne, room=[Thing.PICKED_UP, Thing.MOMENT])

    beforehand, seen = main(trainer("during")).partition('id="told"')[0], screen(trainer)

    assert [PICKED_UP in beforehand, MOMENT in beforehand] == [True, True]
    assert [sum(words in slide for slide in seen) for words in (PICKED_UP, MOMENT, KEPT)] == [1, 1, 0]
    whole = "".join(trainer(f"during/show?at={at}").text for at in range(5))
    assert [name for name in ("Sanne", "Ineke", "Youssef") if name in whole] == []


def test_only_the_answers_to_one_question_can_go_over_the_screen(sanne, trainer):
    show(sanne, room=[Thing.PICKED_UP, Thing.MOMENT])

    seen = "".join(screen(trainer, "&about=mid.picked_up"))

    assert PICKED_UP in seen
    assert MOMENT not in seen


def test_what_is_taken_back_is_neither_read_nor_shown_any_more(sanne, trainer):
    show(sanne, trainer=[Thing.PICKED_UP], room=[Thing.PICKED_UP])
    before = main(trainer("during"))

    show(sanne)

    assert PICKED_UP in before
    assert PICKED_UP not in main(trainer("during")) + "".join(screen(trainer))


def test_the_screen_turns_by_links_that_need_no_script(sanne, trainer):
    show(sanne, room=[Thing.PICKED_UP])

    turns = [re.findall(r'data-turn="(\w+)"[^>]*at=(\d)', slide) for slide in screen(trainer)[:3]]

    assert turns == [[("next", "1")], [("previous", "0"), ("next", "2")], [("previous", "1")]]


def test_who_opened_it_is_told_to_whose_words_they_are(training, sanne, trainer):
    show(sanne, trainer=[Thing.PICKED_UP], room=[Thing.MOMENT])
    before = training.all(Reading)

    trainer("during")

    assert before == []
    assert {row.what for row in training.all(Reading)} == {Thing.PICKED_UP, Thing.MOMENT}
    assert "Uw trainer opende dit op" in sanne("mine").text


def test_who_may_only_look_sees_who_looked_back_and_no_words(training, sanne):
    show(sanne, trainer=[Thing.PICKED_UP], room=[Thing.MOMENT])
    browser = training.sign_in("tjerk")
    training.next_role(ASSISTANT)
    ask = asking(training, browser)

    page, slide = ask("during"), ask("during/show?at=1")

    assert "Sanne de Wit" in page.text
    assert [words for words in (PICKED_UP, MOMENT) if words in page.text + slide.text] == []
    assert slide.status_code == 403


def test_people_who_only_try_stand_nowhere(training, sanne, trainer):
    show(sanne, trainer=[Thing.PICKED_UP], room=[Thing.PICKED_UP])
    with training.work.sessions.begin() as session:
        session.query(Person).where(Person.sub == "1041").one().is_test = True

    page = main(trainer("during"))

    assert [words for words in ("Sanne", PICKED_UP) if words in page + "".join(screen(trainer))] == []


@pytest.mark.parametrize(
    "asked", ["?group=9&session=9", "?group=x&session=-1&page=99", "/show?at=99999", "/show?at=x"]
)
def test_an_address_that_asks_for_what_is_not_there_shows_what_is(sanne, trainer, asked):
    assert trainer(f"during{asked}").status_code == 200


def test_a_course_without_a_look_back_says_what_will_stand_here(campus):
    campus.place()

    page = asking(campus, campus.sign_in(TRAINER))("during")

    assert "nog geen terugblik op een bijeenkomst" in page.text


def test_the_page_asks_as_often_for_sixty_as_for_three_and_shows_fifty(campus):
    where = campus.place(instrument="mid", ends_on=campus.today - timedelta(days=1))
    let_launch(campus, 0, FEW)
    let_take_part(campus, where)
    ask = asking(campus, campus.sign_in(TRAINER))
    ask("during")
    with counted() as for_few:
        ask("during")
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    with counted() as for_many:
        page = ask("during")

    assert len(set(re.findall(r"learner-\d+", page.text))) == 50
    assert len(for_many) == len(for_few)
