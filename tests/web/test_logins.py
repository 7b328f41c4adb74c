"""The way from the LMS to the tool and back, with and without cookies."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from config import gunicorn
from demo_lms.cookies import CookieStore, Navigation, site
from lti_tool.models.platforms import PendingLogin
from lti_tool.models.visits import Visit
from tests.web.campus import LOOK_BACK, OTHER_COURSE, Campus
from tests.web.tables import dump

IN_FRAME = {"Sec-Fetch-Dest": "iframe"}
IN_TAB = {"Sec-Fetch-Dest": "document"}


class KeepsNoneInFrames(CookieStore):
    """The cookies of a browser that keeps none of another site's frames, partitioned or not."""

    def keep(self, line: str, url: str, navigation: Navigation, now: datetime) -> bool:
        is_third_party = navigation.top is not None and site(navigation.top) != site(url)
        return not is_third_party and super().keep(line, url, navigation, now)


def asked(campus: Campus) -> dict[str, str]:
    """The parameters of a login."""
    registration = campus.lms.platform.registration
    return {
        "iss": registration.issuer,
        "client_id": registration.client_id,
        "login_hint": "1041",
        "lti_message_hint": '{"cmid":3112,"launchid":"ltilaunch3112_7"}',
        "target_link_uri": registration.launch_url,
        "lti_deployment_id": "1",
    }


def cookie_in(answer) -> dict[str, str]:
    return {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}


def test_a_first_login_gets_the_cookie_and_is_sent_to_itself_once(campus):
    before = dump(campus.work)

    answer = campus.http.post("/lti/login", data=asked(campus), headers=IN_FRAME)

    pair, *attributes = answer.headers["Set-Cookie"].split("; ")
    assert re.fullmatch(r"beklijf_browser=[\w-]{43}", pair)
    assert {"Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"} <= set(attributes)
    assert not any(one.startswith("Domain") for one in attributes)
    assert answer.status_code == 303
    assert list(parse_qs(urlsplit(answer.headers["Location"]).query)) == ["again"]
    assert urlsplit(answer.headers["Location"]).path == "/lti/login"
    assert dump(campus.work) == before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_when_the_cookie_came_back_the_login_goes_on_to_the_lms_with_what_it_brought(campus, method):
    given = {"params": asked(campus)} if method == "GET" else {"data": asked(campus)}
    first = campus.http.request(method, "/lti/login", **given)

    second = campus.http.get(first.headers["Location"], headers=cookie_in(first))

    location = urlsplit(second.headers["Location"])
    sent = {name: values[0] for name, values in parse_qs(location.query).items()}
    assert second.status_code == 302
    assert f"{location.scheme}://{location.netloc}{location.path}" == f"{campus.lms.url}/auth"
    assert sent["lti_message_hint"] == asked(campus)["lti_message_hint"]
    assert (sent["login_hint"], sent["client_id"]) == ("1041", "leerhuis-beklijf")
    assert "Set-Cookie" not in second.headers
    assert campus.only(PendingLogin).deployment_id == "1"


def test_the_login_address_of_one_registration_goes_the_same_way(campus):
    given = {**asked(campus), "client_id": ""}
    first = campus.http.post(f"/lti/login/{campus.platform.id}", data=given)

    second = campus.http.get(first.headers["Location"], headers=cookie_in(first))

    assert second.headers["Location"].startswith(f"{campus.lms.url}/auth?")


def test_when_the_cookie_does_not_come_back_one_button_opens_the_same_in_a_new_tab(campus):
    first = campus.http.post("/lti/login", data=asked(campus), headers=IN_FRAME)

    page = campus.http.get(first.headers["Location"], headers=IN_FRAME)

    shown = page.text.partition("data-storage-access hidden")[0]
    (form,) = re.findall(r"<form[^>]*>", shown)
    assert 'target="_blank"' in form
    assert 'method="post"' in form
    assert shown.count("<button") == 1
    assert campus.all(PendingLogin) == []
    assert "Set-Cookie" not in page.headers


def test_a_browser_that_keeps_no_cookies_in_frames_gets_there_in_a_new_tab(campus):
    browser = campus.sign_in("sanne")
    own = browser.cookies.all()
    browser.cookies = KeepsNoneInFrames()
    browser.cookies._cookies.update({(c.host, c.name, c.path, c.partition): c for c in own})
    in_frame = browser.launch(LOOK_BACK)

    landed = browser.submit(replace(in_frame, top=None))
    landed = browser.submit(landed) if landed.has_form("repost") else landed
    page = browser.submit(landed)

    assert in_frame.document.heading == "Nog één klik"
    assert (page.status, page.top) == (200, None)
    assert "/v/" in page.url
    assert len(campus.all(Visit)) == 1


def test_a_browser_that_keeps_no_cookies_at_all_is_told_what_to_do(campus, caplog):
    first = campus.http.post("/lti/login", data=asked(campus), headers=IN_TAB)

    page = campus.http.get(first.headers["Location"], headers=IN_TAB)

    reference = re.search(r"BK-\w{4}-\w{4}", page.text)[0]
    assert "Uw browser houdt Beklijf tegen" in page.text
    assert f"ref={reference}" in caplog.text
    assert "<form" not in page.text


@pytest.mark.parametrize("again", ["forged", "", "eyJpc3MiOiJ4In0.a2RrZA.AAAA"])
def test_a_forged_way_back_to_the_login_is_refused(campus, again):
    page = campus.http.get("/lti/login", params={"again": again}, headers={"Cookie": "beklijf_browser=x"})

    assert page.status_code == 400
    assert campus.all(PendingLogin) == []


def test_the_way_back_to_the_login_works_for_ten_minutes(campus):
    first = campus.http.post("/lti/login", data=asked(campus))

    def after(seconds: int) -> int:
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
            return campus.http.get(first.headers["Location"], headers=cookie_in(first)).status_code

    assert [after(590), after(620)] == [302, 400]


def test_a_new_login_never_replaces_a_live_cookie(campus):
    browser, _ = campus.open("sanne")
    before = campus.cookie_of(browser)

    browser.launch(OTHER_COURSE)

    assert campus.cookie_of(browser) == before
    assert {visit.browser for visit in campus.all(Visit)} == {campus.all(Visit)[0].browser}


def test_two_visits_in_two_courses_work_side_by_side(campus):
    campus.place(LOOK_BACK)
    campus.place(OTHER_COURSE)
    browser, one = campus.open("sanne", LOOK_BACK)
    other = browser.launch(OTHER_COURSE)

    cookie = campus.cookie_of(browser)
    pages = [campus.http.get(url, headers=cookie) for url in (one.url, other.url, one.url)]

    assert one.url != other.url
    assert ["Doorvragen" in page.text for page in pages] == [True, False, True]
    assert ["Brieven schrijven" in page.text for page in pages] == [False, True, False]


def test_the_tools_keys_are_public_halves_that_platforms_may_keep_for_an_hour(campus):
    answer = campus.http.get("/lti/jwks.json")

    assert answer.status_code == 200
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert all(not {"d", "p", "q", "dp", "dq", "qi"} & set(key) for key in answer.json()["keys"])
    assert all({"kid", "alg", "use", "n", "e"} <= set(key) for key in answer.json()["keys"])


def test_the_hint_of_a_login_may_be_a_long_token(campus):
    hint = token_urlsafe(4500)

    answer = campus.http.post("/lti/login", data={**asked(campus), "lti_message_hint": hint})

    line = f"GET {answer.headers['Location']} HTTP/1.1"
    assert len(line) <= gunicorn.limit_request_line
