"""What a trainer sees before the training: who has prepared, and the goals that people let be read."""

import re

import pytest
from sqlalchemy import select, update

from lti_tool.domain.paces import Pace
from lti_tool.models.people import Person
from lti_tool.models.readings import Reading
from lti_tool.models.tracks import Enrolment, Track
from lti_tool.services import participants
from lti_tool.services.participants import AT_ONCE
from tests import lives
from tests.factories import Learner
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part

SAID = {"pre.goal": "Rustig blijven", "pre.share_trainer": "yes"}


@pytest.fixture
def where(campus):
    """A training that asks to prepare and to make a plan."""
    campus.place(PREPARE, instrument="pre")
    return campus.place(LOOK_BACK)


@pytest.fixture
def training(campus, where):
    return campus


@pytest.fixture
def trainer(training):
    """What the trainer asks, opening the plan's link."""
    return asking(training, training.sign_in(TRAINER), LOOK_BACK)


def prepare(training, name, **said):
    browser, page = training.open(name, PREPARE)
    write(browser, page, {**SAID, **said})


def names(answer):
    """Who stands in the list, with what it says of each."""
    return re.findall(r"<li><span>([^<]*)</span><span[^>]*>([^<]*)</span>", answer.text)


def test_who_has_prepared_stands_below_who_has_not(training, trainer):
    prepare(training, "marloes")
    training.open("sanne", LOOK_BACK)

    answer = trainer("before")

    assert names(answer) == [("Sanne de Wit", "Nog niet"), ("Marloes Hendriks", "Klaar")]
    assert "Er doen 2 mensen mee. 1 van hen heeft zich voorbereid." in answer.text
    assert "Rustig blijven" not in answer.text


def test_who_only_began_looks_the_same_as_who_did_not(training, trainer):
    training.open("sanne", PREPARE)
    before = trainer("before").text.split("<main")[1]

    browser, page = training.open("sanne", PREPARE)
    page = browser.open(page, "/reflect/")
    browser.submit(page, {"pre.goal": "Rustig blijven"}, having="later")

    assert trainer("before").text.split("<main")[1].split("?")[0] == before.split("?")[0]
    assert names(trainer("before")) == [("Sanne de Wit", "Nog niet")]


def test_who_tries_something_in_the_work_itself_is_in_no_training(training, trainer):
    with training.work.sessions.begin() as session:
        session.execute(update(Track).values(pace=Pace.AT_WORK))

    text = trainer("before").text.split("<main")[1].split("</main>")[0]

    assert "Voordat mensen beginnen" in text
    assert "uw training aan" not in text


def test_a_test_person_stands_in_no_list_and_no_number(training, trainer):
    prepare(training, "marloes")
    with training.work.sessions.begin() as session:
        for person in session.scalars(select(Person)):
            person.is_test = True

    shown = [trainer(path).text for path in ("before", "before/goals", "before/goals/sheet")]

    assert [text for text in shown if "Marloes" in text or "Rustig blijven" in text] == []
    assert "Nu doet er nog niemand mee" in shown[0]


def test_a_training_without_a_preparation_says_so(campus):
    campus.place()
    campus.open("sanne")

    answer = asking(campus, campus.sign_in(TRAINER))("before")

    assert "staat nog geen voorbereiding" in answer.text
    assert names(answer) == []


def test_who_may_only_look_sees_who_has_prepared_and_no_goals(training):
    prepare(training, "marloes")
    browser = training.sign_in("youssef")
    training.next_role(ASSISTANT)
    ask = asking(training, browser)

    shown, refused = ask("before"), [ask("before/goals").status_code, ask("before/goals/sheet").status_code]

    assert names(shown) == [("Marloes Hendriks", "Klaar")]
    assert "before/goals" not in shown.text
    assert refused == [403, 403]


def test_who_may_only_look_is_not_told_to_read_goals_that_only_a_trainer_reads(training, trainer):
    prepare(training, "sanne")
    browser, page = training.open("ravi", LOOK_BACK)

    of_looker = training.http.get(page.url + "hints", headers=training.cookie_of(browser)).text

    assert "hint-goals" in trainer("hints").text
    assert "hint-goals" not in of_looker


def test_a_trainer_reads_what_was_released_without_a_name_from_whichever_link(training, trainer):
    prepare(training, "sanne", **{"pre.goal": "Rustig blijven (sanne)"})
    prepare(training, "marloes", **{"pre.goal": "Rustig blijven (marloes)", "pre.share_trainer": "no"})

    page, sheet = trainer("before/goals").text, trainer("before/goals/sheet").text

    for shown in (page, sheet):
        assert "Rustig blijven (sanne)" in shown
        assert "Rustig blijven (marloes)" not in shown
        assert "Sanne" not in shown


def test_it_is_noted_that_a_trainer_read_a_goal(training, trainer):
    prepare(training, "sanne")

    trainer("before")
    before = training.all(Reading)
    trainer("before/goals")

    assert before == []
    assert [row.what for row in training.all(Reading)] == ["pre.goal"]


def test_what_people_want_to_learn_and_why_each_have_a_label(training, trainer):
    prepare(training, "sanne", **{"pre.relevance.self": "Dan bel ik rustiger."})

    pages = [trainer(path).text for path in ("before/goals", "before/goals/sheet")]

    for text in pages:
        goal, reason = text.index("Rustig blijven"), text.index("Dan bel ik rustiger.")
        assert text.index("Wat iemand wil leren") < goal < text.index("Waarom iemand dat wil") < reason


def test_the_sheet_to_print_also_holds_the_goals_that_are_shown_under_a_name_and_nothing_else(
    training, trainer
):
    prepare(training, "sanne", **{"pre.goal": "Rustig blijven", "pre.task": "de brief"})
    own = asking(training, training.sign_in("sanne"))
    opened = re.search(r'name="opened" value="([^"]*)"', own("plan/shown/trainer").text)[1]
    own("plan/shown/trainer", item=["goal", "task"], opened=opened)

    page, sheet = trainer("before/goals").text, trainer("before/goals/sheet").text

    assert "Rustig blijven" not in page
    assert "1 persoon laat u dit lezen met de naam erbij" in page
    assert "Rustig blijven" in sheet.split('id="named"')[1]
    assert "Sanne de Wit" in sheet.split('id="named"')[1]
    assert "de brief" not in sheet


def test_each_sheet_holds_as_many_people_as_a_page_and_together_they_hold_all(training, trainer, monkeypatch):
    monkeypatch.setattr(participants, "WITH_WORDS", 1)
    for name in ("sanne", "marloes"):
        prepare(training, name, **{"pre.goal": f"Rustig blijven ({name})"})

    sheets = [trainer(f"before/goals/sheet?page={number}").text for number in (1, 2)]

    on_each = [re.findall(r"Rustig blijven \((\w+)\)", sheet) for sheet in sheets]
    assert sorted(on_each) == [["marloes"], ["sanne"]]


def test_who_shows_a_goal_under_a_name_comes_on_the_sheets_after_those_without(
    training, trainer, monkeypatch
):
    monkeypatch.setattr(participants, "WITH_WORDS", 1)
    for name in ("sanne", "marloes"):
        prepare(training, name, **{"pre.goal": f"Rustig blijven ({name})"})
    own = asking(training, training.sign_in("sanne"))
    opened = re.search(r'name="opened" value="([^"]*)"', own("plan/shown/trainer").text)[1]
    own("plan/shown/trainer", item=["goal"], opened=opened)

    sheets = [trainer(f"before/goals/sheet?page={number}").text for number in (1, 2)]

    on_each = [re.findall(r"Rustig blijven \((\w+)\)", sheet) for sheet in sheets]
    assert on_each == [["marloes"], ["sanne"]]
    assert ['id="named"' in sheet for sheet in sheets] == [False, True]
    assert ["Pagina 1 van 2" in sheets[0], "Pagina 2 van 2" in sheets[1]] == [True, True]


def test_no_page_asks_more_often_for_sixty_than_for_three_and_shows_fifty_at_a_time(training, trainer, where):
    paths = ("before", "before/goals", "before/goals/sheet", "let-read")
    take_part(training, where, 0, FEW)
    few = [statements(trainer, path) for path in paths]
    take_part(training, where, FEW, MANY)

    many = [statements(trainer, path) for path in paths]

    # On a sheet that those without a name fill, no names are read.
    assert [more for more, less in zip(many, few, strict=True) if more > less] == []
    assert max(many) < 20
    shown = [len(names(trainer(f"before?page={number}"))) for number in (1, 2, 99)]
    assert shown == [AT_ONCE, MANY - AT_ONCE, MANY - AT_ONCE]


def take_part(training, where, first, last):
    """People who did all that is asked, every other one showing the trainer their plan by name."""
    let_launch(training, first, last)
    let_take_part(training, where)
    now = training.work.now()
    with training.work.sessions.begin() as session:
        for number, one in enumerate(session.scalars(select(Enrolment).order_by(Enrolment.joined_at)).all()):
            person = session.get_one(Person, one.person_id)
            who = Learner(person, training.work.keyring.of([person.key_id])[person.key_id], one)
            lives.write_everything(session, where, who, now)
            if number % 2:
                lives.let_read(session, where, who, now)


def statements(ask, path):
    """How many a page takes, where everything of that day is noted already."""
    ask(path)
    with counted() as sent:
        assert ask(path).status_code == 200
    return len([one for one in sent if one != "BEGIN"])
