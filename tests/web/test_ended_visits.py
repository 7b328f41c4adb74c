"""Every form of a learner under a visit that ended: what was typed is kept, or shown to copy."""

import html
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.web.access import Access, access_of
from tests.web.campus import LOOK_BACK, TRAINER
from tests.web.follow import TYPED, asking, set_up
from tests.web.learner_forms import BUTTONS
from tests.web.tables import dump
from tests.web.test_bad_input import at_will, beside, in_between, in_the_tool, looking_back, preparing

KEPT, TO_COPY = "Uw tekst is bewaard", "Kopieer eerst uw tekst"
A_DAY, IN_WORDS = "21-12-2026", "21 december 2026"
BESIDE = {
    "logbook.write", "logbook.change", "contacts.buddies", "contacts.leader", "own_addresses.choose",
    "availability.in_the_tool",
}  # fmt: skip
AREAS = {
    preparing: {"learner.write"},
    in_between: {"learner.write"},
    looking_back: {"learner.write"},
    at_will: {"entries.write"},
    beside: BESIDE,
    in_the_tool: {"check_ins.more", "check_ins.change"},
}
"""What is walked, with the endpoints that each area sends its forms to."""


def later():
    """When a visit that is left alone has ended."""
    return time_machine.travel(datetime.now(UTC) + timedelta(hours=1))


@pytest.fixture
def learner(campus):
    set_up(campus)
    return asking(campus, "sanne")


def test_every_form_of_a_visit_that_takes_words_is_walked(app):
    asked = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and access_of(app, rule.endpoint) in {Access.VISITOR, Access.LEARNER}
    }

    assert asked - {*BUTTONS} == set().union(*AREAS.values())


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.__name__)
def test_what_is_typed_under_an_ended_visit_is_kept_or_shown_to_copy(campus, area):
    sender, answers = area(campus), {}
    for number, form in enumerate(sender.forms):
        typed = {name: f"kwartel{number}merk{place}" for place, name in enumerate(form.words)}
        days = {} if typed else dict.fromkeys(form.days, A_DAY)
        with later():
            answers[form.path] = ({**typed, **days}, sender.send(form, **typed, **days))

    own = html.unescape(campus.http.get(f"{sender.url}mine", headers=sender.headers).text)

    assert {form.endpoint for form in sender.forms} == AREAS[area]
    assert {path: told for path, sent in answers.items() if (told := lost(*sent, own))} == {}


def lost(typed, answer, own):
    """What is neither kept where its writer finds it, as the page says, nor shown to copy."""
    page = html.unescape(answer.text)
    says, where = (KEPT, own) if KEPT in page else (TO_COPY, page)
    said = [words.replace(A_DAY, IN_WORDS) if where is own else words for words in typed.values()]
    faults = [words for words in said if words not in where]
    faults += [] if says in page and answer.status_code == 403 else [f"status {answer.status_code}"]
    return faults if typed else []


def test_a_form_with_nothing_in_it_leaves_what_was_kept_before(campus, learner):
    with later():
        learner("reflect/plan/1", **{"post.task": "de brief over het terras"})
        before = dump(campus.work)

        learner("reflect/plan/1", x="y")

    assert dump(campus.work) == before


@pytest.mark.parametrize("path", ["buddies", "leader"])
def test_who_somebody_wants_to_name_is_shown_to_copy_and_kept_nowhere(campus, learner, path):
    before = dump(campus.work)

    with later():
        answer = learner(path, **TYPED)

    assert answer.status_code == 403
    assert TYPED["name"] in answer.text
    assert TYPED["address"] in answer.text
    assert "Dit is niet bewaard." in answer.text
    assert dump(campus.work) == before


def test_a_day_that_was_chosen_is_shown_as_people_write_one(learner):
    with later():
        page = learner("check-in/date", **{"checkin.new_date": "2026-12-15"})

    assert ">15-12-2026<" in page.text


def test_an_answer_that_cannot_be_stored_is_shown_beside_what_was(learner):
    with later():
        page = html.unescape(learner("reflect/plan/2", **{"post.task_on": "31-2-2027"}).text)

    assert KEPT in page
    assert "Niet elk antwoord past bij de vraag." in page
    assert ">31-2-2027<" in page


def test_what_is_shown_to_copy_stands_above_the_way_back_to_the_course(campus, learner):
    with later():
        page = learner("buddies", **TYPED).text

    assert page.index(TYPED["name"]) < page.index(f'href="{campus.lms.url}/courses/311/return"')


def test_who_only_looks_is_shown_nothing_to_copy(learner):
    with later():
        page = learner("buddies?name=Ingrid")

    assert page.status_code == 403
    assert TO_COPY not in page.text
    assert ">Ingrid" not in page.text


@pytest.mark.parametrize("headers", [{}, {"Cookie": "beklijf_browser=somebody-elses"}])
def test_another_browser_is_shown_nothing_of_what_it_sends(campus, headers):
    campus.place(LOOK_BACK)
    _browser, page = campus.open("sanne")

    with later():
        answer = campus.http.post(f"{page.url}buddies", headers=headers, data=TYPED)

    assert answer.status_code == 403
    assert TYPED["name"] not in answer.text


TO_NAME = {"name": "Groep noord", "starts_on": "3-11-2026", "ends_on": "27-11-2026", "between": "10-11-2026"}
TO_ASK = {"question-1": "Wie leest uw brief?", "answer-1": "De inwoner.", "question-4": "Wat schrapt u?"}


@pytest.mark.parametrize(("path", "said"), [("groups", TO_NAME), ("recall", TO_ASK), ("contacts", TYPED)])
def test_what_a_trainer_types_is_shown_to_copy_too(campus, path, said):
    campus.place(LOOK_BACK)
    trainer = asking(campus, TRAINER)
    before = dump(campus.work)

    with later():
        page = html.unescape(trainer(path, **said).text)

    assert TO_COPY in page
    assert [words for name, words in said.items() if name != "locale" and words not in page] == []
    assert dump(campus.work) == before
