"""The questions behind a letter: what an answer leads to, and what it leaves."""

from datetime import date

import pytest

from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.services import plans
from tests.web.mail import MONDAY, NEXT_TUESDAY, THURSDAY, Mail, link
from tests.web.tables import dump

LATE = date(2026, 12, 14)


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def cue(mail):
    """The letter of the own day, after that of Monday."""
    mail.on(MONDAY)
    return mail.on(THURSDAY)


def sentence(mail):
    plan = mail.campus.only(Plan)
    return plans.sentence_of(plan, mail.who.person, mail.who.key)


def test_used_ends_the_cues(campus, mail, cue):
    answer = campus.http.post(link(cue, "answer=used"), data={"checkin.used": "used"})

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/brought")
    assert campus.http.get(answer.headers["Location"]).status_code == 200
    assert campus.only(CheckIn).outcome is Outcome.USED
    assert campus.only(Plan).status is PlanStatus.USED
    assert {step for step, _ in mail.planned()} == {"harvest", "yield"}


def test_not_yet_leads_by_an_obstacle_and_a_new_day_to_a_second_cue_on_that_day(campus, mail, cue):
    to_obstacle = campus.http.post(link(cue, "answer=not_yet"), data={"checkin.used": "not_yet"})
    obstacles = {"checkin.obstacle": ["time", "other"], "checkin.obstacle:line": "de balie was dicht"}
    to_help = campus.http.post(to_obstacle.headers["Location"], data=obstacles)

    to_thanks = campus.http.post(
        to_help.headers["Location"], data={"action": "own", "checkin.new_date": NEXT_TUESDAY.isoformat()}
    )

    pages = [one.headers["Location"].rsplit("/", 1)[1] for one in (to_obstacle, to_help, to_thanks)]
    assert pages == ["obstacle", "help", "thanks"]
    assert campus.only(CheckIn).new_on == campus.only(Plan).own_on == NEXT_TUESDAY
    assert mail.planned()["own_date", 2] == NEXT_TUESDAY
    assert "de balie was dicht" not in repr(dump(campus.work))
    again = mail.on(NEXT_TUESDAY)
    assert again.subject == cue.subject
    assert ("nieuwe dag" in again.text, "nieuwe dag" in cue.text) == (True, False)


def test_obstacle_and_new_day_may_both_be_skipped(campus, mail, cue):
    before = mail.planned()
    to_obstacle = campus.http.post(link(cue, "answer=partly"), data={"checkin.used": "partly"})
    to_date = campus.http.post(to_obstacle.headers["Location"], data={"skip": ""})

    to_thanks = campus.http.post(to_date.headers["Location"], data={"skip": ""})

    check_in = campus.only(CheckIn)
    assert to_thanks.headers["Location"].endswith("/thanks")
    assert (check_in.outcome, check_in.obstacles, check_in.new_on) == (Outcome.PARTLY, None, None)
    assert campus.only(Plan).own_on == THURSDAY
    assert set(mail.planned()) <= {*before, ("yield", 1)}


@pytest.mark.parametrize(
    ("on", "hint"),
    [(THURSDAY, "Vanaf dinsdag 15 december blijft er weinig tijd over om terug te kijken."), (LATE, None)],
)
def test_a_day_late_in_the_two_weeks_may_be_chosen_and_a_hint_says_what_that_leaves(campus, mail, on, hint):
    letter = mail.on(THURSDAY)
    campus.go_to(on, 12)
    to_obstacle = campus.http.post(link(letter, "answer=not_yet"), data={"checkin.used": "not_yet"})
    date_url = to_obstacle.headers["Location"].replace("/obstacle", "/date")

    page = campus.http.get(date_url)
    campus.http.post(date_url, data={"checkin.new_date": "2026-12-17"})

    assert ("weinig tijd over" in page.text) is (hint is not None)
    assert hint is None or hint in page.text
    assert campus.only(Plan).own_on == date(2026, 12, 17)


@pytest.mark.parametrize("day", ["2026-12-13", "2026-12-10", "2026-12-25", "", "morgen"])
def test_a_day_that_was_not_offered_is_told(campus, cue, day):
    to_obstacle = campus.http.post(link(cue, "answer=not_yet"), data={"checkin.used": "not_yet"})
    date_url = to_obstacle.headers["Location"].replace("/obstacle", "/date")

    answer = campus.http.post(date_url, data={"checkin.new_date": day})

    assert answer.status_code == 422
    assert campus.only(Plan).own_on == THURSDAY


def test_who_answers_a_letter_twice_has_one_answer_the_last(campus, mail, cue):
    before = mail.planned()
    campus.http.post(link(cue, "answer=used"), data={"checkin.used": "used"})

    campus.http.post(link(cue, "answer=used"), data={"checkin.used": "not_yet"})

    assert campus.only(CheckIn).outcome is Outcome.NOT_YET
    assert campus.only(Plan).status is PlanStatus.MADE
    assert mail.planned().keys() <= {*before, ("yield", 1)}


@pytest.mark.parametrize("sent", [{}, {"checkin.used": ""}, {"checkin.used": "invented"}, {"other": "used"}])
def test_an_answer_that_was_not_offered_is_told_and_not_recorded(campus, cue, sent):
    answer = campus.http.post(link(cue, "answer=used"), data=sent)

    assert answer.status_code == 422
    assert campus.all(CheckIn) == []


@pytest.mark.parametrize("page", ["obstacle", "help", "date", "change", "brought", "evidence", "thanks"])
def test_what_comes_after_an_answer_waits_for_one(campus, cue, page):
    url = link(cue, "answer=used").partition("?")[0]

    answer = campus.http.get(f"{url}/{page}")

    assert answer.status_code == 303
    assert answer.headers["Location"] == url.removeprefix(campus.tool)


@pytest.mark.parametrize("outcome", ["right", "change", "used"])
def test_the_letter_to_rehearse_asks_whether_the_plan_is_right(campus, mail, outcome):
    rehearse = mail.on(MONDAY)

    answer = campus.http.post(link(rehearse, "/c/").partition("?")[0], data={"checkin.plan": outcome})

    follows = {"right": "/thanks", "change": "/change", "used": "/brought"}[outcome]
    assert answer.headers["Location"].endswith(follows)
    assert campus.only(CheckIn).outcome == outcome
    assert campus.only(Plan).status is (PlanStatus.USED if outcome == "used" else PlanStatus.MADE)


def test_a_plan_that_is_changed_keeps_what_was_left_empty(campus, mail):
    url = link(mail.on(MONDAY), "/c/").partition("?")[0]
    campus.http.post(url, data={"checkin.plan": "change"})

    campus.http.post(f"{url}/change", data={"post.if_then": "de brief klaar is", "post.if_then:then": ""})

    assert sentence(mail).when == "de brief klaar is"
    assert sentence(mail).then == "vraag ik eerst door"
    assert campus.only(Plan).own_on == THURSDAY


def test_the_plan_of_one_letter_is_not_changed_before_its_question_is_answered(campus, mail):
    url = link(mail.on(MONDAY), "/c/").partition("?")[0]

    answer = campus.http.post(f"{url}/change", data={"post.if_then": "iemand anders dit leest"})

    assert answer.status_code == 303
    assert sentence(mail).when == "een inwoner belt"


def test_the_pages_behind_a_letter_speak_the_language_of_its_reader(campus):
    mail = Mail(campus, locale="en")
    url = link(mail.on(MONDAY), "/c/")

    pages = [campus.http.get(url), campus.http.get(f"{url}{'&' if '?' in url else '?'}lang=nl")]

    assert ['<html lang="en"' in page.text for page in pages] == [True, False]
