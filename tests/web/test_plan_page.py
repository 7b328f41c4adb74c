"""The plan on one page: put together from the answers, each with the way to change it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.plans import EarlierPlan
from lti_tool.models.reflections import LateDraft
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import erasing
from tests.web.about_people import about, unpacked
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking, place
from tests.web.statements import counted

GOAL, NEWER_GOAL = "Eerst horen wat iemand zoekt.", "Eerst stil zijn, dan pas praten."
PREPARED = {
    "pre.goal": GOAL,
    "pre.application": "Ik vat samen wat ik hoor.",
    "pre.task": "de brief over de parkeerzone",
}


@pytest.fixture
def training(campus):
    """A training that asks to prepare and to make a plan."""
    return place(campus)


def section(text, key):
    """One part of the page."""
    return text.split(f'aria-labelledby="plan-{key}"')[1].split("</section>")[0]


def test_all_of_a_plan_stands_on_one_page_wherever_it_was_asked(training):
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, PREPARED)
    write(browser, browser.launch(LOOK_BACK))
    ask = asking(training, browser, LOOK_BACK)

    text = ask("plan").text

    assert "een inwoner belt" in text
    assert "vraag ik eerst door" in text
    assert GOAL in section(text, "learn")
    assert "Ik vat samen wat ik hoor." in section(text, "use")
    assert "de brief over het terras" in section(text, "use")
    assert "de brief over de parkeerzone" not in section(text, "use")


def test_what_was_not_answered_is_offered_in_a_line_and_nothing_twice(training):
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, PREPARED)
    ask = asking(training, browser, PREPARE)

    text = ask("plan").text

    assert "Nog open" in section(text, "in_the_way")
    assert section(text, "in_the_way").count("/reflect/") == 1
    assert "/reflect/together/" in section(text, "help")


@pytest.mark.parametrize("opened", [PREPARE, LOOK_BACK])
def test_each_answer_is_changed_where_it_was_asked_from_any_link_of_the_training(training, opened):
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, PREPARED)
    ask = asking(training, browser, opened)
    (path,) = re.findall(r'(reflect/[^"]*)">Veranderen<[^>]*>: Wat wilt u straks', ask("plan").text)

    step = ask(path)
    after = ask(path, later="1", **{"pre.goal": NEWER_GOAL})

    assert GOAL in step.text
    assert after.headers["location"].endswith(
        "/plan?notice=saved" if opened == LOOK_BACK else "/?notice=saved"
    )
    assert NEWER_GOAL in ask("plan").text


def test_the_sentence_is_changed_on_the_page_of_the_sentence(training):
    browser, page = training.open("sanne")
    write(browser, page)

    text = asking(training, browser, LOOK_BACK)("plan").text

    assert "/check-in/change" in text


def test_without_anything_the_page_says_what_will_stand_there(training):
    browser = training.sign_in("sanne")

    text = asking(training, browser, PREPARE)("plan").text

    assert "Hier komen uw eigen woorden te staan" in text
    assert "/reflect/plan/2" in text


def test_nobody_sees_the_plan_of_another_and_a_trainer_has_none(training):
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, PREPARED)

    other = asking(training, training.sign_in("youssef"), PREPARE)("plan")
    trainer = asking(training, training.sign_in(TRAINER), PREPARE)("plan")

    assert GOAL not in other.text
    assert trainer.status_code == 403


def test_a_step_of_another_link_keeps_what_is_typed_after_the_visit_ended(training):
    browser, page = training.open("sanne", LOOK_BACK)
    url, cookie = page.url.partition("?")[0], training.cookie_of(browser)

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        answer = training.http.post(f"{url}reflect/short/1", data={"pre.goal": GOAL}, headers=cookie)

    assert answer.status_code == 403
    assert "Uw tekst is bewaard" in answer.text
    assert training.only(LateDraft).part == "short"


def test_the_page_asks_the_database_as_often_with_much_as_with_little(training):
    browser = training.sign_in("sanne")
    ask = asking(training, browser, PREPARE)
    with counted() as empty:
        ask("plan")
    write(browser, browser.launch(PREPARE), PREPARED)
    write(browser, browser.launch(LOOK_BACK))
    ask = asking(training, browser, LOOK_BACK)

    with counted() as full:
        ask("plan")

    assert len(full) == len(empty)


def test_what_the_plan_was_before_stands_on_it_dated_for_its_learner_alone(training):
    browser, page = training.open("sanne")
    write(browser, page)
    ask = asking(training, browser, LOOK_BACK)
    assert "Hoe uw plan eerder was" not in ask("plan").text

    ask("check-in/change", **{"post.if_then": "de telefoon gaat"})

    before = ask("plan").text.split("Hoe uw plan eerder was")[1]
    assert "een inwoner belt" in before
    assert "Tot " in before


def test_what_the_plan_was_goes_along_and_goes_with_its_learner(training):
    browser, page = training.open("sanne")
    write(browser, page)
    asking(training, browser, LOOK_BACK)("check-in/change", **{"post.if_then": "de telefoon gaat"})
    training.next_claims(about())
    page = browser.launch(LOOK_BACK)
    file = training.http.get(page.url + "download", headers=training.cookie_of(browser))
    html, taken = unpacked(file)
    (owner,) = {one.person_id for one in training.all(Enrolment)}

    erasing.erase(training.work, owner, now=training.work.now())

    assert [was["when"] for was in taken["trainings"][0]["plan"]["before"]] == ["een inwoner belt"]
    assert "Hoe uw plan eerder was" in html
    assert training.all(EarlierPlan) == []


def read_by_the_trainer(text):
    """What the page says that a trainer reads."""
    return " ".join(re.sub("<[^>]*>", " ", text.split("<span>Uw trainer")[1].split("</li>")[0]).split())


@pytest.mark.parametrize(
    ("may_read", "says"),
    [("yes", "leest 2 antwoorden uit uw voorbereiding, zonder uw naam"), ("no", "leest niets")],
)
def test_what_a_trainer_reads_without_a_name_is_said_too(training, may_read, says):
    browser, page = training.open("sanne", PREPARE)
    reason = {"pre.relevance.self": "Dan belt niemand twee keer.", "pre.share_trainer": may_read}
    write(browser, page, {**PREPARED, **reason})
    ask = asking(training, browser, PREPARE)

    text = read_by_the_trainer(ask("plan").text)

    assert says in text
    assert ("leest niets" in text) is (may_read == "no")
