"""The other language while somebody types: the page comes back in it as it is, and nothing is saved."""

import re
from uuid import uuid4

import pytest

from lti_tool.models.check_ins import CheckIn
from lti_tool.models.entries import Entry
from lti_tool.models.logbook import Note
from lti_tool.models.people import Person
from lti_tool.models.plans import EarlierPlan
from lti_tool.models.reflections import Answer, Reflection
from lti_tool.models.tracks import Enrolment
from tests.web.campus import TRAINER, write
from tests.web.planning import asking, place
from tests.web.tables import dump

TYPED = "Eerst stil zijn, dan pas praten."
SPEAK = {"speak": "en"}


@pytest.fixture
def training(campus):
    """A training in which a plan is made."""
    return place(campus)


@pytest.fixture
def sanne(training):
    """What a learner asks of the tool."""
    return asking(training, training.sign_in("sanne"))


def switch(page):
    """The button of the other language: its attributes, by name."""
    found = re.search(r'<button class="bk-lang"([^>]*)>', page.text)[1]
    return dict(re.findall(r'([a-z]+)="([^"]*)"', found))


def is_english(page):
    return '<html lang="en"' in page.text


def test_the_button_sends_along_the_form_in_which_somebody_types(sanne):
    for path in ("reflect/plan/1", "logbook", f"instruments/insight/{uuid4()}/1"):
        page = sanne(path)

        assert switch(page)["form"] == "typing"
        assert (switch(page)["name"], switch(page)["value"]) == ("speak", "en")
        assert page.text.index('form="typing" tabindex="-1" aria-hidden="true"') < page.text.index("bk-lang")
        assert page.text.count('<form id="typing"') == 1


def test_a_step_comes_back_with_what_was_typed_and_keeps_none_of_it(training, sanne):
    page = sanne("reflect/plan/1", **{"post.task": TYPED}, **SPEAK)

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert training.all(Answer) == []
    assert training.all(Reflection) == []


def test_after_that_the_step_is_saved_as_any_other(training, sanne):
    shown = sanne("reflect/plan/1", **{"post.task": TYPED}, **SPEAK)
    opened = re.search(r'name="opened" value="([^"]*)"', shown.text)[1]

    answer = sanne("reflect/plan/1", **{"post.task": TYPED}, opened=opened)

    assert answer.status_code == 303
    assert training.only(Answer)


def test_what_another_page_saved_meanwhile_is_still_asked(training, sanne):
    opened = re.search(r'name="opened" value="([^"]*)"', sanne("reflect/plan/1").text)[1]
    sanne("reflect/plan/1", **{"post.task": "Van de andere bladzijde."}, opened=opened)

    page = sanne("reflect/plan/1", **{"post.task": TYPED}, opened=opened, **SPEAK)

    assert page.status_code == 409
    assert is_english(page)
    assert TYPED in page.text
    assert "Van de andere bladzijde." in page.text


def test_what_is_too_long_comes_back_whole_and_is_not_told_yet(sanne):
    page = sanne("logbook", **{"log.note": "x" * 1200}, **SPEAK)

    assert page.status_code == 200
    assert "x" * 1200 in page.text
    assert "to-mend" not in page.text


def test_a_note_comes_back_as_the_same_page(training, sanne):
    name = str(uuid4())

    page = sanne("logbook", **{"log.note": TYPED, "log.kind": "doing"}, page=name, **SPEAK)

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert f'name="page" value="{name}"' in page.text
    assert re.search(r'value="doing"[^>]* checked', page.text)
    assert training.all(Note) == []


def test_other_words_of_a_note_come_back_and_the_note_stays(training, sanne):
    sanne("logbook", **{"log.note": "Zoals het was."})
    path = f"logbook/{training.only(Note).id}"

    page = sanne(path, **{"log.note": TYPED}, **SPEAK)

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert training.only(Note).changed_at is None


def test_behind_the_link_of_a_logbook_the_address_says_the_language(training, sanne):
    link = re.search(r'bk-ref--long">([^<]+)<', sanne("logbook/link", make="1").text)[1]
    button = switch(training.http.get(link))

    page = training.http.post(f"{link}{button['formaction']}", data={"log.note": TYPED, **SPEAK})

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert switch(page)["formaction"] == "?lang=nl"
    assert training.all(Note) == []


def test_an_entry_comes_back_with_what_was_typed(training, sanne):
    path = f"instruments/insight/{uuid4()}/1"
    name = re.search(r'<textarea[^>]* name="([^"]+)"', sanne(path).text)[1]

    page = sanne(path, **{name: TYPED}, **SPEAK)

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert training.all(Entry) == []


def test_a_change_of_the_plan_comes_back_and_the_plan_stays(training, sanne):
    write(training.browsers[0], training.browsers[0].launch("3112"))

    page = sanne("check-in/change", **{"post.if_then": TYPED, "post.if_then:then": "vraag ik door"}, **SPEAK)

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert training.all(EarlierPlan) == []


def test_what_follows_on_an_answer_comes_back_and_nothing_is_told(training, sanne):
    write(training.browsers[0], training.browsers[0].launch("3112"))
    sanne("check-in", **{"checkin.used": "used"})

    page = sanne("check-in/evidence", **{"checkin.evidence": TYPED}, **SPEAK)

    assert page.status_code == 200
    assert TYPED in page.text
    assert training.only(CheckIn).said is None


@pytest.mark.parametrize(
    ("who", "path", "typed"),
    [
        ("sanne", "buddies", {"name": "Bram", "address": TYPED}),
        ("sanne", "leader", {"name": TYPED, "address": ""}),
        ("sanne", "address", {"address": TYPED}),
        (TRAINER, "contacts", {"name": TYPED, "address": ""}),
        (TRAINER, "recall", {"question-1": TYPED}),
        (TRAINER, "dates", {"starts_on": TYPED, "ends_on": ""}),
    ],
)
def test_every_page_on_which_somebody_types_does_so(training, who, path, typed):
    training.open("sanne")
    ask = asking(training, training.sign_in(who))
    before = dump(training.work, ["contact", "own_address", "recall_question", "cohort", "delivery"])
    assert switch(ask(path))["form"] == "typing"

    page = ask(path, **typed, **SPEAK)

    assert page.status_code == 200
    assert is_english(page)
    assert TYPED in page.text
    assert "to-mend" not in page.text
    assert dump(training.work, list(before)) == before


def test_it_is_the_language_of_all_pages_from_then_on(training, sanne):
    sanne("logbook", **{"log.note": TYPED}, **SPEAK)

    (person,) = [one for one in training.all(Person) if one.id == training.only(Enrolment).person_id]
    assert is_english(sanne("mine"))
    assert person.locale == "en"


@pytest.mark.parametrize("locale", ["de", ""])
def test_a_language_that_there_is_not_changes_nothing_and_saves_nothing(training, sanne, locale):
    page = sanne("logbook", **{"log.note": TYPED}, speak=locale)

    assert page.status_code == 200
    assert not is_english(page)
    assert TYPED in page.text
    assert training.all(Note) == []


def test_who_may_not_use_a_page_changes_no_language_there(training):
    trainer = asking(training, training.sign_in(TRAINER))

    assert trainer("logbook", **{"log.note": TYPED}, **SPEAK).status_code == 403
    assert not is_english(trainer(""))
