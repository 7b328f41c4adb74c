"""A launch that names nobody: the questions of the activity, and no trace of whoever read them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from demo_lms.vocabulary import RESOURCE_LINK
from lti_tool.models.people import Person
from lti_tool.models.platforms import Platform
from lti_tool.services import platforms
from tests.web.campus import LOOK_BACK, PREPARE
from tests.web.tables import dump

KEPT_BY_ANY_LAUNCH = {"pending_login": [], "key_set": []}


@pytest.fixture
def allowed(campus):
    """The registration lets launches of nobody open."""
    with campus.work.sessions.begin() as session:
        session.get_one(Platform, campus.platform.id).allow_anonymous = True


def launch(campus, *changes, name="sanne", link_id=LOOK_BACK):
    """Somebody opens an activity, and the platform does not say who; the page that comes."""
    browser = campus.sign_in(name)
    named = ("sub", "name", "given_name", "family_name", "email")
    campus.next_claims(lambda claims: [claims.pop(one, None) for one in named], *changes)
    return browser, browser.launch(link_id)


def test_unless_the_registration_allows_it_nobody_in_particular_gets_in(campus, caplog):
    campus.place()

    _, page = launch(campus)

    assert page.status == 400
    assert "reason=bad_subject" in caplog.text


def test_the_questions_are_on_one_page_and_nothing_is_kept(campus, allowed, caplog):
    campus.place()
    before = dump(campus.work) | KEPT_BY_ANY_LAUNCH

    _, page = launch(campus)

    assert page.status == 200
    assert "Vragen om over na te denken" in page.text
    for part in campus.work.catalogue.latest("post").parts:
        assert part.title["nl"] in page.text
    assert not re.search(r"<(?:input|textarea|select)", page.text)
    assert dump(campus.work) | KEPT_BY_ANY_LAUNCH == before
    assert "type=anonymous" in caplog.text


def test_two_who_are_not_named_are_nobody_and_not_one_person(campus, allowed):
    campus.place()

    pages = [launch(campus, name=name)[1] for name in ("sanne", "youssef")]

    assert [page.status for page in pages] == [200, 200]
    assert {one.sub for one in campus.all(Person)} == {"1007"}


def test_why_and_how_to_do_it_with_a_name_is_said(campus, allowed):
    campus.place()

    _, page = launch(campus)

    assert "Uw leeromgeving vertelt Beklijf niet wie u bent." in page.text
    assert "Log in bij uw leeromgeving en open dit onderdeel opnieuw." in page.text
    assert "Naar uw" not in page.text


def test_whether_a_trainer_may_read_along_is_no_question_here(campus, allowed):
    campus.place(PREPARE, instrument="pre")

    _, page = launch(campus, link_id=PREPARE)

    assert "Wat wilt u straks anders doen in uw werk?" in page.text
    assert "Mag uw trainer deze twee antwoorden lezen?" not in page.text


@pytest.mark.parametrize("link", [LOOK_BACK, "never-opened"])
def test_what_is_not_set_up_is_being_prepared(campus, allowed, link):
    before = dump(campus.work) | KEPT_BY_ANY_LAUNCH

    _, page = launch(campus, lambda claims: claims.update({RESOURCE_LINK: {"id": link}}))

    assert page.status == 200
    assert "Uw trainer zet dit nog klaar" in page.text
    assert dump(campus.work) | KEPT_BY_ANY_LAUNCH == before


def test_the_page_may_stand_in_the_frame_of_its_own_platform_only(campus, allowed):
    campus.place()

    _, page = launch(campus)

    policy = page.response.headers["Content-Security-Policy"]
    assert f"frame-ancestors {campus.lms.url}" in policy


def test_the_address_holds_eight_hours_and_nothing_of_a_person(campus, allowed):
    campus.place()
    _, page = launch(campus)

    def status(hours):
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)):
            return campus.http.get(page.url).status_code

    assert [status(7), status(9)] == [200, 410]
    gone = campus.http.get(page.url.replace("/v/", "/v/x"))
    assert gone.status_code == 410
    assert "Beklijf bewaarde hier niets van u." in gone.text


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda row: setattr(row, "allow_anonymous", False), id="launches of nobody refused"),
        pytest.param(platforms.remove, id="registration removed"),
    ],
)
def test_the_address_holds_no_longer_than_the_registration_lets_nobody_in(campus, allowed, end):
    campus.place()
    _, page = launch(campus)

    with campus.work.sessions.begin() as session:
        end(session.get_one(Platform, campus.platform.id))

    assert campus.http.get(page.url).status_code == 410
