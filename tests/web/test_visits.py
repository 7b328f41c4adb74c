"""A visit: for one browser, for a while, and nothing that was typed is lost when it ends."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Answer, LateDraft, Reflection
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER
from tests.web.tables import dump

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TYPED = "de brief over de dakkapel"
STEP = "reflect/plan/1"


@contextmanager
def after(time: timedelta):
    """That long from now, by the real clock."""
    with time_machine.travel(datetime.now(UTC) + time):
        yield


@pytest.fixture
def learner(campus):
    """Sanne, whose activity is set up: her browser, the address of her visit, and her cookie."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, page.url, campus.cookie_of(browser)


def test_a_visit_shows_whose_it_is(campus, learner):
    _, url, cookie = learner

    page = campus.http.get(url, headers=cookie)

    assert re.search(r'class="bk-who">.*Sanne de Wit', page.text)


@pytest.mark.parametrize("cookie", [{}, {"Cookie": "beklijf_browser=somebody-elses"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", STEP), ("POST", STEP), ("GET", "check-in"), ("POST", "check-in")],
)
def test_an_address_that_is_pasted_elsewhere_shows_and_changes_nothing(campus, learner, cookie, method, path):
    before = dump(campus.work)

    page = campus.http.request(method, learner[1] + path, headers=cookie, data={"post.task": TYPED})

    assert page.status_code == 403
    assert "Sanne" not in page.text
    assert "Doorvragen" not in page.text
    assert dump(campus.work) == before


def test_an_address_pasted_elsewhere_says_to_open_it_from_the_course(campus, learner):
    page = campus.http.get(learner[1])

    assert "Open het vanuit uw leeromgeving" in page.text
    assert f'href="{campus.lms.url}/courses/311/return"' in page.text


@pytest.mark.parametrize("token", ["x", "0" * 43, "é", "%00"])
def test_a_token_that_was_never_given_opens_nothing(campus, learner, token):
    page = campus.http.get(f"/v/{token}/", headers=learner[2])

    assert page.status_code == 404
    assert re.search(r"BK-\w{4}-\w{4}", page.text)


def test_a_visit_that_is_left_alone_for_45_minutes_ends(campus, learner):
    _, url, cookie = learner

    with after(44 * MINUTE):
        in_time = campus.http.get(url, headers=cookie)
    with after(44 * MINUTE + 45 * MINUTE + MINUTE):
        too_late = campus.http.get(url, headers=cookie)

    assert (in_time.status_code, too_late.status_code) == (200, 403)
    assert "U was even weg" in too_late.text
    assert "Sanne" not in too_late.text


def test_a_visit_that_is_used_all_day_ends_after_8_hours(campus, learner):
    _, url, cookie = learner

    statuses = []
    for minutes in range(40, 8 * 60 + 1, 40):
        with after(minutes * MINUTE):
            statuses.append(campus.http.get(url, headers=cookie).status_code)

    assert statuses == [200] * 11 + [403]


def test_reading_pages_hardly_ever_writes(campus, learner):
    _, url, cookie = learner
    before = dump(campus.work)

    for path in ("", STEP, "check-in", ""):
        assert campus.http.get(url + path, headers=cookie).status_code == 200

    assert dump(campus.work) == before


def test_what_is_sent_under_an_ended_visit_is_kept_sealed(campus, learner):
    _, url, cookie = learner

    with after(HOUR):
        page = campus.http.post(url + STEP, headers=cookie, data={"post.task": TYPED})

    assert page.status_code == 403
    assert "Uw tekst is bewaard" in page.text
    assert TYPED not in page.text
    assert campus.only(LateDraft).step == 1
    assert TYPED not in repr(dump(campus.work))
    assert campus.all(Reflection) == []


def test_the_next_launch_offers_it_and_taking_it_over_fills_it_in(campus, learner):
    browser, url, cookie = learner
    with after(HOUR):
        campus.http.post(url + STEP, headers=cookie, data={"post.task": TYPED})
    home = browser.launch(LOOK_BACK)

    page = browser.submit(home, having="take")

    assert "is er nog" in home.text
    assert TYPED not in home.text
    assert page.url.endswith(f"/{STEP}")
    assert f'value="{TYPED}"' in page.text
    assert campus.all(LateDraft) == []


def test_the_next_launch_offers_it_and_it_can_be_thrown_away(campus, learner):
    browser, url, cookie = learner
    with after(HOUR):
        campus.http.post(url + STEP, headers=cookie, data={"post.task": TYPED})
    home = browser.launch(LOOK_BACK)

    away = next(button.text for button in home.form("take").buttons if button.name == "drop")
    page = browser.submit(home, button=away, having="take")

    assert "is er nog" not in page.text
    assert campus.all(LateDraft) == []
    assert campus.all(Answer) == []


def test_it_is_offered_to_nobody_else_and_at_no_other_activity(campus, learner):
    campus.place(PREPARE, instrument="pre")
    browser, url, cookie = learner
    with after(HOUR):
        campus.http.post(url + STEP, headers=cookie, data={"post.task": TYPED})

    _, of_another = campus.open("youssef")
    elsewhere = browser.launch(PREPARE)

    assert "is er nog" not in of_another.text
    assert "is er nog" not in elsewhere.text


def test_a_draft_of_another_activity_is_not_taken_over_here(campus, learner):
    campus.place(PREPARE)
    browser, url, cookie = learner
    with after(HOUR):
        campus.http.post(url + STEP, headers=cookie, data={"post.task": TYPED})
    draft_id = campus.only(LateDraft).id
    elsewhere = browser.launch(PREPARE)

    answer = campus.http.post(f"{elsewhere.url}drafts/{draft_id}", headers=cookie, data={"take": "1"})

    assert answer.status_code == 404
    assert campus.only(LateDraft).id == draft_id
    assert campus.all(Answer) == []


def test_of_one_page_only_the_last_text_is_offered(campus, learner):
    browser, url, cookie = learner
    with after(HOUR):
        for text in ("eerst dit", TYPED):
            campus.http.post(url + STEP, headers=cookie, data={"post.task": text})

    page = browser.submit(browser.launch(LOOK_BACK), having="take")

    assert f'value="{TYPED}"' in page.text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2030-01-01"])
def test_a_day_that_was_never_offered_gets_into_no_plan_by_way_of_an_ended_visit(campus, learner, day):
    browser, url, cookie = learner
    with after(HOUR):
        campus.http.post(f"{url}reflect/plan/2", headers=cookie, data={"post.task_on": day})
    browser.submit(browser.launch(LOOK_BACK), having="take")

    answer = campus.http.post(f"{url}reflect/plan/5", headers=cookie)

    assert answer.headers["Location"].endswith("?notice=submitted")
    assert campus.only(Plan).own_on is None


def test_a_page_that_is_saved_after_all_is_not_offered_again(campus, learner):
    browser, url, cookie = learner
    with after(HOUR):
        campus.http.post(url + STEP, headers=cookie, data={"post.task": TYPED})
    home = browser.launch(LOOK_BACK)

    page = browser.submit(browser.open(home, "/reflect/"), {"post.task": "iets anders"}, having="later")

    assert page.status == 200
    assert campus.all(LateDraft) == []


@pytest.mark.parametrize(
    "path", ["reflect/plan/99", "reflect/plan/0", "reflect/nothing/1", "check-in", "language", "set-up"]
)
def test_under_an_ended_visit_nothing_but_a_page_of_a_reflection_is_kept(campus, learner, path):
    _, url, cookie = learner
    before = dump(campus.work)

    with after(HOUR):
        page = campus.http.post(url + path, headers=cookie, data={"post.task": TYPED})

    assert page.status_code == 403
    assert "Uw tekst is bewaard" not in page.text
    assert dump(campus.work) == before


def test_without_the_cookie_nothing_is_kept_under_an_ended_visit_either(campus, learner):
    before = dump(campus.work)

    with after(HOUR):
        page = campus.http.post(learner[1] + STEP, data={"post.task": TYPED})

    assert page.status_code == 403
    assert dump(campus.work) == before


@pytest.mark.parametrize("name", ["sanne", TRAINER])
def test_no_link_of_a_visit_opens_a_new_tab(campus, name):
    campus.place()
    browser, page = campus.open(name)

    pages = [page, *(browser.open(page, part) for part in ("/reflect/",) if name == "sanne")]

    assert not any(re.search(r"target=.?_blank", one.text) for one in pages)


def test_the_language_of_a_visit_is_that_of_the_pages_and_of_the_persons_letters(campus, learner):
    _, url, cookie = learner

    answer = campus.http.post(url + "language", headers=cookie, data={"locale": "en", "return_to": "/v/x/"})

    page = campus.http.get(url, headers=cookie)
    assert answer.headers["Location"] == url.removeprefix(campus.tool)
    assert '<html lang="en"' in page.text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "//[", "/\\evil.example", "/m/x"]
)
def test_changing_the_language_leads_nowhere_but_to_the_visit(campus, learner, back):
    _, url, cookie = learner

    answer = campus.http.post(url + "language", headers=cookie, data={"locale": "en", "return_to": back})

    assert answer.headers["Location"] == url.removeprefix(campus.tool)


def test_the_way_back_begins_no_header(campus, learner):
    _, url, cookie = learner
    path = url.removeprefix(campus.tool)

    said = {"locale": "en", "return_to": f"{path}\r\nSet-Cookie: beklijf_browser=x"}
    answer = campus.http.post(url + "language", headers=cookie, data=said)

    assert (answer.status_code, answer.headers["Location"]) == (303, path)


@pytest.mark.parametrize("locale", ["de", "", "../nl"])
def test_a_language_that_is_not_there_is_refused(campus, learner, locale):
    _, url, cookie = learner

    assert campus.http.post(url + "language", headers=cookie, data={"locale": locale}).status_code == 400
