"""Two trainers who change the same at once: the second sees what the first did, and nothing is lost."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from lti_tool.domain.paces import Pace
from lti_tool.models.contacts import Contact
from lti_tool.models.recalls import RecallQuestion
from lti_tool.models.tracks import Cohort, Enrolment, Track
from tests.web.campus import LOOK_BACK, TRAINER, switch_on
from tests.web.statements import let_launch, let_take_part
from tests.web.tables import dump

CHANGED = "Iemand anders heeft dit intussen veranderd"
FIRST, SECOND = date(2027, 3, 2), date(2027, 4, 6)


@pytest.fixture
def both(campus):
    """Two browsers of trainers on the first page of the same training."""
    campus.place()
    return [campus.open(TRAINER), campus.open("youssef", roles=["Instructor"])]


def page_of(campus, one, path):
    """A page as it stands in the browser of one of them: what it would send, and how to send it."""
    browser, home = one
    url, cookie = f"{home.url}{path}", campus.cookie_of(browser)
    text = campus.http.get(url, headers=cookie).text

    def send(typed, text=text):
        marks = re.findall(r'name="filled_from" value="(\w+)"', text)
        return campus.http.post(url, data={"filled_from": marks[0], **typed}, headers=cookie)

    return send


def agree(send, typed):
    """Sends days, and says yes to what becomes of the mails."""
    answer = send(typed)
    moving = re.findall(r'name="moving" value="([-0-9]+)"', answer.text)
    return send({**typed, "moving": moving[0]}) if moving else answer


def days(day):
    return {"starts_on": str(day), "ends_on": str(day)}


def test_the_second_sees_which_days_the_first_chose_and_what_they_typed(campus, both):
    first, second = (page_of(campus, each, "dates") for each in both)
    assert agree(first, days(FIRST)).status_code == 303

    answer = second(days(SECOND))

    assert answer.status_code == 409
    assert CHANGED in answer.text
    assert "2 maart 2027" in answer.text.split(CHANGED)[1]
    assert str(SECOND) in answer.text
    assert campus.only(Cohort).ends_on == FIRST


def test_at_ones_own_pace_another_last_day_is_another_training_too(campus, both):
    with campus.work.sessions.begin() as session:
        session.execute(update(Track).values(pace=Pace.OWN))
        session.execute(update(Cohort).values(starts_on=date(2026, 11, 1)))
    first, second = (page_of(campus, each, "dates") for each in both)
    assert agree(first, {"starts_on": "2026-11-01", "ends_on": str(FIRST)}).status_code == 303

    answer = second({"starts_on": "2026-11-01", "ends_on": str(SECOND)})

    assert answer.status_code == 409
    assert campus.only(Cohort).ends_on == FIRST


def test_who_saves_again_after_seeing_that_takes_its_place(campus, both):
    first, second = (page_of(campus, each, "dates") for each in both)
    agree(first, days(FIRST))
    told = second(days(SECOND))

    mark = re.findall(r'name="filled_from" value="(\w+)"', told.text)[0]
    answer = agree(lambda typed: second({"filled_from": mark, **typed}), days(SECOND))

    assert answer.status_code == 303
    assert campus.only(Cohort).ends_on == SECOND


def test_what_was_mended_in_between_is_still_asked_about(campus, both):
    first, second = (page_of(campus, each, "dates") for each in both)
    agree(first, days(FIRST))
    wrong = second({"starts_on": "morgen", "ends_on": str(SECOND)})

    answer = second(days(SECOND), text=wrong.text)

    assert wrong.status_code == 422
    assert answer.status_code == 409


def test_the_same_sent_twice_is_done_once(campus, both):
    first = page_of(campus, both[0], "dates")
    agree(first, days(FIRST))

    answer = first(days(FIRST))

    assert answer.status_code == 303


def test_who_changed_it_back_leaves_nothing_to_ask(campus, both):
    first, second = (page_of(campus, each, "dates") for each in both)
    was = campus.only(Cohort).ends_on
    agree(first, days(FIRST))
    agree(page_of(campus, both[0], "dates"), days(was))

    answer = agree(second, days(SECOND))

    assert answer.status_code == 303


def test_questions_about_the_content_are_asked_about_too(campus, both):
    first, second = (page_of(campus, each, "recall") for each in both)
    first({"question-1": "Wat doet u eerst?", "answer-1": "Doorvragen."})

    answer = second({"question-1": "Wie belt u?", "answer-1": "De collega."})

    assert answer.status_code == 409
    assert "Doorvragen." in answer.text.split(CHANGED)[1]
    assert "De collega." in answer.text
    assert len(campus.all(RecallQuestion)) == 1


@pytest.fixture
def people(campus, both):
    """Three people, and two groups to be in."""
    where = campus.place()
    let_launch(campus, 0, 3)
    let_take_part(campus, where)
    add = {"add": "1", "name": "Groep Noord", **days(FIRST)}
    browser, home = both[0]
    for _ in range(2):
        campus.http.post(f"{home.url}groups", data=add, headers=campus.cookie_of(browser))
    return [str(each.id) for each in campus.all(Enrolment)]


def test_a_group_that_is_added_twice_is_there_once(campus, people):
    assert [each.number for each in campus.all(Cohort)] == [1, 2]


def test_whoever_was_moved_meanwhile_is_named_with_where_they_are(campus, both, people):
    first, second = (page_of(campus, each, "groups") for each in both)
    where_they_are = dict.fromkeys(people, "1")
    first({**where_they_are, people[0]: "2"})

    answer = second({**where_they_are, people[1]: "2"})

    assert answer.status_code == 409
    named = answer.text.split(CHANGED)[1].split("</ul>")[0]
    assert len(re.findall("Naam van learner", named)) == 2
    assert "Groep Noord" in named
    assert len({each.cohort_id for each in campus.all(Enrolment)}) == 2


def test_naming_contacts_at_once_loses_none(campus, both):
    with campus.work.sessions.begin() as session:
        session.execute(update(Track).values(title="Doorvragen"))
    for (browser, home), address in zip(both, ("sanne", "tjerk"), strict=True):
        campus.open(address)
        typed = {"name": address, "address": f"{address}@gemeente.example", "locale": "nl"}
        campus.http.post(f"{home.url}contacts", data=typed, headers=campus.cookie_of(browser))

    assert len({each.id for each in campus.all(Contact)}) == len(campus.all(Contact))


def test_a_link_that_both_set_up_is_set_up_once_and_the_second_is_told(campus):
    browser, page = campus.open(TRAINER, LOOK_BACK)
    other, late = campus.open("youssef", roles=["Instructor"])
    switch_on(browser, page, days(FIRST))
    before = dump(campus.work, ["track", "cohort", "activity", "meeting"])

    after = other.submit(late, days(SECOND), having="starts_on")

    assert "Een andere trainer zette deze training al klaar" in after.text
    assert dump(campus.work, ["track", "cohort", "activity", "meeting"]) == before
