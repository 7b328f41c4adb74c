"""The questions behind a letter: looking changes nothing, pressing the button does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.deliveries import Delivery
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services import plans
from lti_tool.services.links import Purpose
from tests.web.mail import MONDAY, NEXT_TUESDAY, THURSDAY, Mail, link
from tests.web.tables import dump

LATE, WINDOW_ENDS = date(2026, 12, 14), date(2026, 12, 18)
DAY = timedelta(days=1)


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


def test_looking_changes_nothing_however_often_and_however_a_scanner_looks(campus, cue):
    urls = [link(cue, f"answer={one}") for one in ("used", "partly", "not_yet")]
    pages = [
        url.partition("?")[0] + path
        for url in urls[:1]
        for path in ("/obstacle", "/date", "/change", "/thanks")
    ]
    before = dump(campus.work)

    for _ in range(10):
        for url in (*urls, *pages):
            assert campus.http.get(url).status_code in {200, 303}
            assert campus.http.head(url).status_code in {200, 303}
            campus.http.options(url)

    assert dump(campus.work) == before


def test_the_page_shows_the_answer_of_the_link_chosen_but_nothing_is_sent_yet(campus, cue):
    page = campus.http.get(link(cue, "answer=partly"))

    assert 'value="partly" checked' in page.text
    assert "een inwoner belt" in page.text
    assert campus.all(CheckIn) == []


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


def test_a_link_that_is_forged_or_of_another_purpose_has_expired(campus, mail, cue):
    real = link(cue, "answer=used").partition("?")[0].rsplit("/", 1)[1]
    delivery = campus.all(Delivery)[0].id
    forged = [
        "x",
        real[:-5] + ("A" if real[-5] != "A" else "B") + real[-4:],
        mail.token(Purpose.PREFERENCES, delivery),
        mail.token(Purpose.ANSWER, uuid4()),
        mail.token(Purpose.PREFERENCES, mail.who.enrolment.id),
    ]
    before = dump(campus.work)

    for token in forged:
        for method in ("GET", "POST"):
            answer = campus.http.request(method, f"/c/{token}", data={"checkin.used": "used"})
            assert answer.status_code == 410
            assert "Deze link werkt niet meer" in answer.text

    assert dump(campus.work) == before


def test_a_link_works_until_a_week_after_the_window_and_then_points_to_the_course(campus, mail, cue):
    with campus.work.sessions.begin() as session:
        session.get_one(
            type(mail.where.link), mail.where.link.id
        ).return_url = f"{campus.lms.url}/courses/311/return"
    url = link(cue, "answer=used")
    campus.go_to(WINDOW_ENDS + 7 * DAY, 23, 0)
    in_time = campus.http.get(url)

    campus.go_to(WINDOW_ENDS + 8 * DAY, 0, 5)
    too_late = campus.http.post(url, data={"checkin.used": "used"})

    assert (in_time.status_code, too_late.status_code) == (200, 410)
    assert f'href="{campus.lms.url}/courses/311/return"' in too_late.text
    assert "een inwoner belt" not in too_late.text
    assert campus.all(CheckIn) == []


def test_the_link_of_somebody_who_was_erased_has_expired(campus, mail, cue):
    campus.work.keyring.forget(mail.who.key.id)

    answer = campus.http.post(link(cue, "answer=used"), data={"checkin.used": "used"})

    assert answer.status_code == 410
    assert campus.all(CheckIn) == []


@pytest.mark.parametrize("what", ["left", "removed"])
def test_the_link_closes_with_the_course_and_the_platform(campus, mail, cue, what):
    with campus.work.sessions.begin() as session:
        if what == "left":
            session.execute(update(Enrolment).values(status=EnrolmentStatus.LEFT))
        else:
            session.execute(update(Platform).values(status=PlatformStatus.REMOVED))

    shown = campus.http.get(link(cue, "answer=used"))
    answer = campus.http.post(link(cue, "answer=used"), data={"checkin.used": "used"})

    assert (shown.status_code, answer.status_code) == (410, 410)
    assert "een inwoner belt" not in shown.text
    assert campus.all(CheckIn) == []


def test_the_pages_behind_a_letter_speak_the_language_of_its_reader(campus):
    mail = Mail(campus, locale="en")
    url = link(mail.on(MONDAY), "/c/")

    pages = [campus.http.get(url), campus.http.get(f"{url}{'&' if '?' in url else '?'}lang=nl")]

    assert ['<html lang="en"' in page.text for page in pages] == [True, False]


@pytest.fixture
def in_the_tool(campus, mail):
    """The address of the question in a visit, and the cookie that it needs."""
    mail.on(MONDAY)
    browser, page = campus.open("sanne")
    return page.url + "check-in", campus.cookie_of(browser)


def test_the_same_question_can_be_answered_in_the_tool(campus, mail, in_the_tool):
    url, cookie = in_the_tool

    answer = campus.http.post(url, data={"checkin.used": "used"}, headers=cookie)

    assert answer.headers["Location"].endswith("/check-in/brought")
    assert campus.http.get(answer.headers["Location"], headers=cookie).status_code == 200
    assert campus.only(CheckIn).delivery_id is None
    assert {step for step, _ in mail.planned()} == {"harvest", "yield"}


def test_two_answers_in_the_tool_on_one_day_are_one(campus, in_the_tool):
    url, cookie = in_the_tool

    for outcome in ("partly", "not_yet"):
        campus.http.post(url, data={"checkin.used": outcome}, headers=cookie)

    assert campus.only(CheckIn).outcome is Outcome.NOT_YET


def test_not_yet_in_the_tool_leads_to_a_new_day_as_well(campus, mail, in_the_tool):
    url, cookie = in_the_tool
    campus.http.post(url, data={"checkin.used": "not_yet"}, headers=cookie)

    to_help = campus.http.post(url + "/obstacle", data={"checkin.obstacle": "time"}, headers=cookie)
    chosen = {"action": "own", "checkin.new_date": NEXT_TUESDAY.isoformat()}
    campus.http.post(to_help.headers["Location"], data=chosen, headers=cookie)

    assert campus.only(Plan).own_on == NEXT_TUESDAY
    assert mail.planned()["own_date", 1] == NEXT_TUESDAY


def test_a_plan_changed_behind_a_letter_is_what_the_form_in_the_course_opens_with(campus, mail, cue):
    to_change = campus.http.post(link(cue, "answer=partly"), data={"checkin.used": "partly"})
    campus.http.post(to_change.headers["Location"], data={"skip": ""})
    path = to_change.headers["Location"].rpartition("/")[0]
    new_words = {"post.if_then": "de telefoon gaat", "post.task_on": NEXT_TUESDAY.isoformat()}
    campus.http.post(f"{path}/change", data=new_words)

    browser, page = campus.open("sanne")
    form = browser.submit(browser.open(page, "/reflect/"), having="later").form("later")

    assert ("post.if_then", "de telefoon gaat") in form.filled({}, None)
