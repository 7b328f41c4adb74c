"""Choosing content over HTTP: who may, how it ends, and what goes back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo_lms.vocabulary import MEMBERSHIP_ROLE
from lti_tool.models.deep_links import ContentSelection, SelectionStatus
from lti_tool.models.tracks import Track
from lti_tool.models.visits import Proof
from lti_tool.services import visits
from tests import factories
from tests.web.choosing import DATA, DL, NOTHING, ask, settings_of, told
from tests.web.fetching import OWN, PASTED
from tests.web.tables import PEOPLES, dump

FIELDS = ["name", "when", "starts_on", "between", "ends_on", "sessions", "cadence", "purposes", "track"]


def test_who_edits_the_course_chooses_and_nobody_is_recorded(campus, caplog):
    _, page = ask(campus)

    assert page.status == 200
    assert "/choose" in page.url
    assert {table for table, rows in dump(campus.work, PEOPLES).items() if rows} == {"course"}
    assert "lti.launch result=opened" in caplog.text


def test_adding_nothing_returns_an_empty_response_with_a_message(campus):
    browser, page = ask(campus)

    page = browser.submit(page, button=NOTHING)

    claims = told(page)
    assert claims[DL + "content_items"] == []
    assert claims[DL + "msg"] == "U hebt niets toegevoegd."
    assert claims[DL + "data"] == DATA
    assert page.form(having="JWT").action == settings_of(campus)["deep_link_return_url"]
    assert campus.only(ContentSelection).status is SelectionStatus.CANCELLED


def test_the_last_page_may_post_to_the_return_address_and_nowhere_else(campus):
    browser, page = ask(campus)

    policy = browser.submit(page, button=NOTHING).response.headers["content-security-policy"]

    assert f"form-action {campus.lms.url}/content/return;" in policy


def test_a_return_address_cannot_write_rules_into_the_policy(campus):
    url = campus.lms.url + "/return;script-src,*/x"
    browser, page = ask(campus, deep_link_return_url=url)

    policy = browser.submit(page, button=NOTHING).response.headers["content-security-policy"]

    assert f"form-action {campus.lms.url}/return%3Bscript-src%2C*/x;" in policy


@pytest.mark.parametrize("data", [None, "", {"a": [1, None]}])
def test_data_goes_back_as_it_came_and_only_if_it_came(campus, data):
    browser, page = ask(campus, data=data)

    claims = told(browser.submit(page, button=NOTHING))

    assert claims.get(DL + "data") == data
    assert (DL + "data" in claims) == (data is not None)


def test_a_second_post_leads_to_the_same_response(campus):
    browser, page = ask(campus)

    first, again = (told(browser.submit(page, button=NOTHING)) for _ in range(2))

    assert first["nonce"] == again["nonce"]
    assert first[DL + "content_items"] == again[DL + "content_items"]


@pytest.mark.parametrize(
    ("name", "roles"),
    [("sanne", None), ("youssef", [MEMBERSHIP_ROLE + "Mentor"]), ("tjerk", ["http://x.example/role"])],
    ids=["dl-not-instructor", "mentor", "unknown"],
)
def test_who_may_not_edit_the_course_goes_back_with_the_reason(campus, caplog, name, roles):
    _, page = ask(campus, name, roles=roles)

    assert page.status == 403
    claims = told(page)
    assert claims[DL + "content_items"] == []
    assert claims[DL + "errormsg"] == "Alleen een trainer kan onderdelen van Beklijf toevoegen."
    assert claims[DL + "data"] == DATA
    assert "result=rejected reason=not_an_editor" in caplog.text
    assert not any(dump(campus.work, PEOPLES | {"content_selection"}).values())


def test_a_place_that_takes_no_links_says_so_and_leads_back(campus):
    browser, page = ask(campus, accept_types=["html", "file"])

    assert "Hier past geen onderdeel van Beklijf" in page.text
    assert told(browser.submit(page))[DL + "content_items"] == []


def test_a_choice_opens_in_its_own_browser_only(campus):
    _, page = ask(campus)
    stranger, _ = campus.open("sanne")

    for path in ("", "/done"):
        answer = campus.http.get(page.url + path, headers=campus.cookie_of(stranger))

        assert answer.status_code == 403
        assert campus.http.get(page.url + path).status_code == 403


def test_a_choice_closes_after_eight_hours(campus):
    browser, page = ask(campus)
    own = campus.cookie_of(browser)

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=8, minutes=1)):
        answer = campus.http.post(page.url, data={"cancel": "1"}, headers=own)

    assert answer.status_code == 403
    assert "Kies opnieuw in uw leeromgeving" in answer.text
    assert campus.only(ContentSelection).status is SelectionStatus.OPEN


def test_a_choice_that_is_long_over_is_forgotten_when_another_begins(campus):
    ask(campus)
    with campus.work.sessions.begin() as session:
        session.get(ContentSelection, campus.only(ContentSelection).id).opened_at -= timedelta(hours=9)

    ask(campus)

    assert campus.only(ContentSelection).opened_at > datetime.now(UTC) - timedelta(hours=1)


def test_the_token_of_a_choice_opens_no_page_of_a_visit_nor_the_other_way_round(campus):
    browser, page = ask(campus)
    own = campus.cookie_of(browser)

    assert campus.http.get(page.url.removesuffix("choose"), headers=own).status_code == 404
    visit = browser.launch("3111")
    assert campus.http.get(visit.url.replace("set-up", "choose"), headers=own).status_code == 404


def test_a_choice_that_began_without_a_cookie_lives_in_the_frame_only(campus):
    ask(campus)
    with campus.work.sessions.begin() as session:
        begun = session.get(ContentSelection, campus.only(ContentSelection).id)
        begun.proof, begun.token_hash = Proof.STORAGE, visits.fingerprint("a-token")
    url = campus.tool + "/v/a-token/choose"

    statuses = [campus.http.get(url, headers=headers).status_code for headers in (OWN, PASTED, {})]

    assert statuses == [200, 403, 403]


def test_the_trainings_of_another_organisation_are_not_offered_and_cannot_be_joined(campus):
    with campus.work.sessions.begin() as session:
        theirs = factories.place(campus.work, session, organisation="second", course_title="Van de ander")
        track_id = str(theirs.track.id)
    browser, page = ask(campus, accept_multiple=False)

    typed = {"track": track_id, "purposes": "pre", "when": "later", "name": "Doorvragen aan het loket"}
    answer = campus.http.post(page.url, data=typed, headers=campus.cookie_of(browser))

    assert answer.status_code == 303
    assert "Van de ander" not in page.text
    assert [row.title for row in campus.all(Track) if str(row.id) != track_id] == ["Doorvragen aan het loket"]


@pytest.fixture
def choice(campus):
    """The address of a choice, and the cookie that opens it."""
    browser, page = ask(campus)
    return page.url, campus.cookie_of(browser)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text(max_size=40), max_size=3)))
def test_a_form_of_any_words_is_answered(campus, choice, sent):
    url, own = choice

    answer = campus.http.post(url, data=sent, headers=own)

    assert answer.status_code in {303, 422}


def test_the_session_key_of_the_return_address_is_stored_and_logged_nowhere(campus, tmp_path, caplog):
    browser, page = ask(campus)
    browser.submit(page, button=NOTHING)

    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"s3sKey" not in stored
    assert "s3sKey" not in caplog.text


def test_the_other_language_stays_until_the_end(campus):
    browser, page = ask(campus)

    page = browser.follow(page, "English")
    claims = told(browser.submit(page, button="Add nothing"))

    assert claims[DL + "msg"] == "You added nothing."
