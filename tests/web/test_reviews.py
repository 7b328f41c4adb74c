"""Somebody opens a result from the gradebook: the status of one person, and nobody's words."""

from datetime import UTC, datetime

import pytest

from lti_tool.models.courses import Membership
from lti_tool.models.people import Person
from lti_tool.models.visits import Visit
from lti_tool.services import organisations
from lti_tool.web import languages
from tests import factories
from tests.web.about_people import heading, reviewing
from tests.web.campus import ASSISTANT, LOOK_BACK, OTHER_COURSE, PREPARE, TRAINER, write
from tests.web.follow import asking
from tests.web.tables import dump

SANNE, YOUSSEF = "1041", "1042"
NOTHING = "Hier is niets om te bekijken"
GOALS = {
    "pre.goal": "Doorvragen zonder haast",
    "pre.relevance.self": "Dan bellen mensen minder terug",
    "pre.share_trainer": "yes",
}


@pytest.fixture
def review(campus):
    """Opens somebody's result; the page that comes."""

    def open_result(name, for_user, link_id=LOOK_BACK, **more):
        browser = campus.sign_in(name)
        campus.next_claims(reviewing(for_user, **more))
        return browser.launch(link_id)

    return open_result


@pytest.fixture
def sanne(campus):
    """A learner who did what the activity asks."""
    campus.place()
    browser, page = campus.open("sanne")
    return write(browser, page)


def test_a_trainer_reads_that_it_is_done_and_on_which_day(campus, sanne, review):
    page = review(TRAINER, SANNE)

    today = campus.work.now().calendar
    with campus.app.test_request_context("/?lang=nl"):
        day = languages.day_plain(today)
    assert (page.status, heading(page)) == (200, "Sanne de Wit")
    assert f"Klaar op {day}." in page.text


def test_what_is_not_done_is_no_reproach(campus, review):
    campus.place()
    campus.open("sanne")

    page = review(TRAINER, SANNE)

    assert "Nog niet klaar. U hoeft niets te doen." in page.text


def test_nothing_that_the_person_wrote_is_on_the_page(sanne, review):
    page = review(TRAINER, SANNE)

    assert not [words for words in ("terras", "inwoner belt", "vraag ik eerst door") if words in page.text]
    assert "Dat leest u hier niet." in page.text


def test_what_was_released_without_a_name_gets_none_here(campus, review):
    campus.place(PREPARE, instrument="pre")
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, GOALS)

    page = review(TRAINER, SANNE, PREPARE)
    goals = asking(campus, TRAINER, link_id=PREPARE)("before/goals")

    assert "Doorvragen zonder haast" in goals.text
    assert "Doorvragen zonder haast" not in page.text
    assert "Wat mensen u laten lezen, staat bij ‘Vooraf’, ‘Tijdens’ en ‘Na’." in page.text


def test_who_may_only_look_sees_the_status_too(sanne, review):
    page = review("youssef", SANNE, roles=[ASSISTANT])

    assert (page.status, heading(page)) == (200, "Sanne de Wit")
    assert "Wat mensen u laten lezen" not in page.text


def test_ones_own_result_is_ones_own_first_page(sanne, review):
    page = review("sanne", SANNE)

    assert page.status == 200
    assert "vraag ik eerst door" in page.text


def test_a_learner_opens_nobody_elses_result(campus, sanne, review, caplog):
    campus.open("youssef")
    before = dump(campus.work, {"visit", "person", "membership"})

    page = review("youssef", SANNE)

    assert page.status == 403
    assert "Sanne" not in page.text
    assert "reason=work_of_somebody_else" in caplog.text
    assert dump(campus.work, {"visit", "person", "membership"}) == before


def test_a_page_about_somebody_is_open_in_no_other_visit(campus, sanne):
    browser, page = campus.open(TRAINER)

    answer = campus.http.get(page.url + "review", headers=campus.cookie_of(browser))

    assert answer.status_code == 404


def test_an_item_without_days_says_that_it_waits_for_its_trainer(campus, review, caplog):
    campus.open(TRAINER)
    before = dump(campus.work, {"visit", "person", "membership"})

    page = review(TRAINER, SANNE)

    assert (page.status, heading(page)) == (404, "Dit onderdeel wacht nog op de dagen")
    assert "Open het onderdeel zelf vanuit uw leeromgeving en vul de dagen in." in page.text
    assert "BK-" not in page.text
    assert "reason=waits_for_days" in caplog.text
    assert dump(campus.work, {"visit", "person", "membership"}) == before


@pytest.fixture
def elsewhere(campus):
    """A learner of the same name at the LMS, in another organisation."""
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        organisations.add(session, "second", "Andere gemeente", "Europe/Amsterdam", now.real)
        where = factories.place(campus.work, session, organisation="second", now=now)
        factories.learner(session, where, "somebody-elsewhere", now=now)


@pytest.mark.parametrize("for_user", ["never-seen", "somebody-elsewhere", "1007", "1043"])
def test_whoever_takes_no_part_here_gives_the_same_page(campus, sanne, elsewhere, review, caplog, for_user):
    before = dump(campus.work)

    page = review(TRAINER, for_user)

    assert (page.status, heading(page)) == (404, NOTHING)
    assert "reason=nothing_to_review" in caplog.text
    assert {**dump(campus.work), "pending_login": [], "key_set": []} == {
        **before,
        "pending_login": [],
        "key_set": [],
    }


def test_a_result_of_no_activity_of_the_course_gives_that_page_too(campus, sanne, review):
    column = {"lineitem": "https://lms.example/another/column", "scope": []}
    other = {"id": "999", "title": "Een andere training"}

    pages = [
        review(TRAINER, SANNE, grades=column),
        review(TRAINER, SANNE, course=other),
        review(TRAINER, SANNE, OTHER_COURSE),
    ]

    assert [(page.status, heading(page)) for page in pages] == [(404, NOTHING)] * 3
    assert [one.course_id for one in campus.all(Membership)] == [campus.all(Membership)[0].course_id] * 2


def test_a_platform_that_names_no_link_is_understood_by_its_column(sanne, review):
    assert heading(review(TRAINER, SANNE, link=None)) == "Sanne de Wit"


def test_whoever_opens_a_result_first_becomes_known_like_at_any_launch(campus, sanne, review):
    review("emma", SANNE, roles=["Instructor"])

    newcomer = next(one for one in campus.all(Person) if one.sub == "1045")
    assert [one.role for one in campus.all(Membership) if one.person_id == newcomer.id] == ["trainer"]
    assert newcomer.created_at <= datetime.now(UTC)


def test_a_first_look_that_opens_nothing_leaves_nobody(campus, sanne, review):
    review("emma", "never-seen", roles=["Instructor"])

    assert "1045" not in {one.sub for one in campus.all(Person)}


def test_a_visit_about_somebody_is_the_trainers_own_visit_for_the_rest(campus, sanne, review):
    page = review(TRAINER, SANNE)

    assert [one.about_id is None for one in campus.all(Visit)] == [True, False]
    assert "Sanne de Wit" in page.text
