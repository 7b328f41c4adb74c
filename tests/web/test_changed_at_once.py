"""Two trainers who change the same at once: the second sees what the first did, and nothing is lost."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from lti_tool.domain.aims import Kind
from lti_tool.domain.openings import Opening
from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.contacts import Contact
from lti_tool.models.recalls import RecallQuestion
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import organisations
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, switch_on
from tests.web.statements import let_launch, let_take_part
from tests.web.tables import dump

CHANGED = "Iemand anders heeft dit intussen veranderd"
OPTION = r'<option value="([-\d]+)"'
FIRST, SECOND = date(2027, 3, 2), date(2027, 4, 6)


@pytest.fixture
def both(campus):
    """Two browsers of trainers on the first page of the same training."""
    campus.place()
    return [campus.open(TRAINER), campus.open("youssef", roles=["Instructor"])]


def page_of(campus, one, path, to=None):
    """A page as it stands in the browser of one of them: what it would send, and how to send it.

    to: where it sends that, if not to its own address.
    """
    browser, home = one
    url, cookie = f"{home.url}{path}", campus.cookie_of(browser)
    text = campus.http.get(url, headers=cookie).text

    def send(typed, text=text):
        marks = re.findall(r'name="filled_from" value="(\w+)"', text)
        where = f"{home.url}{to or path}"
        return campus.http.post(where, data={"filled_from": marks[0], **typed}, headers=cookie)

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


def test_an_opening_rule_that_the_first_chose_is_told_to_the_second(campus, both):
    path = f"items/{campus.only(Activity).id}/opening"
    first, second = (page_of(campus, each, path) for each in both)
    first({"opens": "on_its_day"})

    answer = second({"opens": "at_once"})

    assert answer.status_code == 409
    assert "laatste dag van de training" in answer.text.split(CHANGED)[1].split("</section>")[0]
    assert campus.only(Activity).opens is Opening.ON_ITS_DAY


def remind(campus, both):
    """A training in six weeks that asks to prepare: the page of the reminder in two browsers, and days."""
    first_day = campus.today + timedelta(weeks=6)
    campus.place(PREPARE, instrument="pre")
    with campus.work.sessions.begin() as session:
        session.execute(update(Cohort).values(starts_on=first_day, ends_on=first_day))
    browser, home = both[0]
    page = campus.http.get(f"{home.url}before/remind", headers=campus.cookie_of(browser))
    return *(page_of(campus, each, "before/remind") for each in both), re.findall(OPTION, page.text)


def test_the_day_that_the_first_chose_for_the_reminder_is_told_to_the_second(campus, both):
    first, second, offered = remind(campus, both)
    first({"day": offered[0]})

    answer = second({"day": offered[-1]})

    assert answer.status_code == 409
    assert CHANGED in answer.text
    assert f'value="{offered[-1]}" selected' in answer.text
    assert str(campus.only(Cohort).remind_on) == offered[0]


def test_a_reminder_that_the_first_took_back_is_not_planned_again_unseen(campus, both):
    first, _, offered = remind(campus, both)
    first({"day": offered[0]})
    first, second = (page_of(campus, each, "before/remind") for each in both)
    first({"take_back": "1"})

    answer = second({"day": offered[-1]})

    assert answer.status_code == 409
    assert campus.only(Cohort).remind_on is None


def test_the_same_day_for_the_reminder_sent_twice_is_planned_once(campus, both):
    first, second, offered = remind(campus, both)
    first({"day": offered[0]})

    answer = second({"day": offered[0]})

    assert answer.status_code == 303


def test_hints_that_both_put_away_both_stay_away(campus, both):
    for one, name in zip(both, ("contacts", "journey"), strict=True):
        browser, home = one
        campus.http.post(f"{home.url}hints/{name}/away", headers=campus.cookie_of(browser))

    assert campus.only(Track).hints_away == "contacts journey"


def test_what_a_training_is_for_is_asked_about_too(campus, both):
    first, second = (page_of(campus, each, "hints", "hints/aim") for each in both)
    first({"goal_level": "team", "kind": "skill"})

    answer = second({"goal_level": "society", "kind": "knowledge"})

    assert answer.status_code == 409
    assert "Een vaardigheid" in answer.text.split(CHANGED)[1]
    assert campus.only(Track).kind is Kind.SKILL


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


def test_only_whom_the_second_moved_is_carried_along(campus, both, people):
    first, second = (page_of(campus, each, "groups") for each in both)
    browser, home = both[1]
    shown = campus.http.get(f"{home.url}groups", headers=campus.cookie_of(browser)).text
    were = dict(re.findall(r'name="(was-[^"]+)" value="(\d+)"', shown))
    where_they_are = {**were, **dict.fromkeys(people, "1")}
    first({**where_they_are, people[0]: "2"})

    told = second({**where_they_are, people[1]: "2"})
    lists = re.findall(r'<select[^>]*name="([^"]+)".*?value="(\d)" selected', told.text, re.DOTALL)

    assert told.status_code == 409
    assert dict(lists) == {people[0]: "2", people[1]: "2", people[2]: "1"}


def test_at_ones_own_pace_the_second_sees_both_days_that_the_first_chose(campus, both):
    with campus.work.sessions.begin() as session:
        session.execute(update(Track).values(pace=Pace.OWN))
        session.execute(update(Cohort).values(starts_on=date(2026, 11, 1)))
    first, second = (page_of(campus, each, "dates") for each in both)
    agree(first, {"starts_on": str(FIRST), "ends_on": str(SECOND)})

    answer = second({"starts_on": "2026-11-01", "ends_on": str(FIRST)})
    now_there = answer.text.split(CHANGED)[1].split("</dl>")[0]

    assert "2 maart 2027" in now_there
    assert "6 april 2027" in now_there


def test_naming_contacts_at_once_loses_none(campus, both):
    with campus.work.sessions.begin() as session:
        session.execute(update(Track).values(title="Doorvragen"))
        organisations.allow_mail(session, organisations.find(session, "default"), ["gemeente.example"])
    for (browser, home), name in zip(both, ("sanne", "tjerk"), strict=True):
        typed = {"name": name, "address": f"{name}@gemeente.example", "locale": "nl"}
        campus.http.post(f"{home.url}contacts", data=typed, headers=campus.cookie_of(browser))

    assert len(campus.all(Contact)) == 2


def test_a_link_that_both_set_up_is_set_up_once_and_the_second_is_told(campus):
    browser, page = campus.open(TRAINER, LOOK_BACK)
    other, late = campus.open("youssef", roles=["Instructor"])
    switch_on(browser, page, days(FIRST))
    before = dump(campus.work, ["track", "cohort", "activity", "meeting"])

    after = other.submit(late, days(SECOND), having="starts_on")

    assert "Een andere trainer zette deze training al klaar" in after.text
    assert dump(campus.work, ["track", "cohort", "activity", "meeting"]) == before
