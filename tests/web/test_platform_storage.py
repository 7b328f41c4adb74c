"""Launches of browsers without cookies: what the platform keeps for them, and what opens nothing."""

import re
from urllib.parse import urlencode

import pytest

from lti_tool.models.platforms import PendingLogin
from lti_tool.models.privacy import PrivacyVisit
from lti_tool.models.visits import Proof, Visit
from tests.web.about_people import about
from tests.web.campus import LOOK_BACK
from tests.web.fetching import IN_FRAME, OWN, PASTED
from tests.web.platform_storage import Launch, launch_of_sanne, log_in, opening, to_keep
from tests.web.tables import PEOPLES, dump


@pytest.fixture
def launch(campus):
    return launch_of_sanne(campus)


def test_a_login_that_names_a_storage_is_bound_to_a_value_of_which_only_the_hash_is_kept(campus, launch):
    kept = launch.kept

    pending = campus.only(PendingLogin)
    assert (kept["storage"], kept["origin"], kept["target"]) == ("put", campus.lms.url, "_parent")
    assert re.fullmatch(r"[\w-]{43}", kept["value"])
    assert kept["go-on"].startswith(f"{campus.lms.url}/auth?")
    assert pending.storage_target == "_parent"
    assert kept["value"] not in repr(dump(campus.work)) + kept["go-on"] + kept["key"]
    assert launch.state not in kept["key"] + kept["value"]


def test_no_two_logins_have_a_value_or_a_key_in_common(campus, launch):
    other = to_keep(log_in(campus, opening(campus) | {"lti_storage_target": "_parent"}).text)

    assert not {launch.kept["value"], launch.kept["key"]} & {other["value"], other["key"]}


def test_the_launch_is_asked_for_its_value_and_nothing_is_used_up_by_that(campus, launch, caplog):
    answer, before = launch.answer(), dump(campus.work)

    pages = [launch.post(answer, Sec_Fetch_Site="cross-site") for _ in range(2)]

    asked = to_keep(pages[0].text)
    assert [page.status_code for page in pages] == [200, 200]
    assert asked == {**{name: launch.kept[name] for name in ("origin", "target", "key")}, "storage": "get"}
    assert 'name="proof" value=""' in pages[0].text
    assert launch.kept["value"] not in pages[0].text
    assert pages[0].headers["Cache-Control"] == "no-store"
    assert dump(campus.work) == before
    assert "lti.launch result=asked proof=storage" in caplog.text
    assert answer["id_token"] not in caplog.text


def test_with_the_value_the_launch_becomes_a_visit_that_lives_without_a_cookie(campus, launch, caplog):
    answer = launch.post(launch.answer() | {"proof": launch.kept["value"]})

    page = campus.http.get(answer.headers["Location"], headers=OWN)
    visit = campus.only(Visit)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert (page.status_code, visit.proof) == (200, Proof.STORAGE)
    assert "Sanne de Wit" in page.text
    assert campus.all(PendingLogin) == []
    assert launch.kept["value"] not in repr(dump(campus.work)) + caplog.text
    assert "lti.launch result=opened" in caplog.text


def test_what_is_kept_of_somebody_opens_by_it_too_and_only_inside_the_course(campus, launch):
    campus.next_claims(about())

    answer = launch.post(launch.answer() | {"proof": launch.kept["value"]})

    page = campus.http.get(answer.headers["Location"], headers=OWN)
    pasted = campus.http.get(answer.headers["Location"], headers=PASTED)
    assert (page.status_code, pasted.status_code) == (200, 403)
    assert campus.only(PrivacyVisit).proof is Proof.STORAGE


WRONG = ["x", "0" * 43, "é\ud7ff", " ", "x" * 5000]


@pytest.mark.parametrize("value", WRONG)
def test_with_another_value_it_is_refused_for_good(campus, launch, caplog, value):
    answer, before = launch.answer(), dump(campus.work, PEOPLES)

    wrong = launch.post(answer | {"proof": value})
    after = launch.post(answer | {"proof": launch.kept["value"]})

    assert (wrong.status_code, after.status_code) == (400, 400)
    assert "reason=storage_wrong_value" in caplog.text
    assert dump(campus.work, PEOPLES) == before


def test_of_two_logins_neither_opens_with_the_value_of_the_other(campus, launch):
    other = Launch(campus, to_keep(log_in(campus, opening(campus) | {"lti_storage_target": "_parent"}).text))

    answer = launch.post(launch.answer() | {"proof": other.kept["value"]})

    assert answer.status_code == 400
    assert campus.all(Visit) == []


def test_without_a_value_it_is_refused_and_the_log_says_that_the_platform_was_silent(campus, launch, caplog):
    answer = launch.post(launch.answer() | {"proof": ""})

    assert answer.status_code == 400
    assert "Open het opnieuw vanuit uw leeromgeving" in answer.text
    assert "reason=storage_silent" in caplog.text
    assert campus.all(Visit) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_a_value_that_no_page_of_ours_posted_signs_nobody_in(campus, launch, caplog, site):
    """Else anybody could let somebody else work on in a visit of theirs."""
    answer = launch.post(launch.answer() | {"proof": launch.kept["value"]}, Sec_Fetch_Site=site)

    assert answer.status_code == 400
    assert "reason=storage_from_elsewhere" in caplog.text
    assert campus.all(Visit) == []


def test_a_stolen_state_and_token_open_nothing_in_a_browser_with_a_cookie_of_its_own(campus, launch):
    answer = launch.answer()
    thief, _ = campus.open("youssef")
    before = dump(campus.work, PEOPLES)

    pages = [
        campus.http.post("/lti/launch", data=answer | extra, headers=campus.cookie_of(thief) | OWN)
        for extra in ({}, {"proof": ""}, {"proof": campus.cookie_of(thief)["Cookie"].partition("=")[2]})
    ]

    assert "Sanne" not in "".join(page.text for page in pages)
    assert dump(campus.work, PEOPLES) == before


def test_a_value_does_not_replace_the_cookie_of_a_login_that_had_one(campus):
    campus.place()
    browser = campus.sign_in("sanne")
    answer = dict(browser.answer(LOOK_BACK).form("id_token").filled({}, None))

    page = campus.http.post("/lti/launch", data=answer | {"proof": "x"}, headers=OWN)

    assert page.status_code == 400
    assert campus.all(Visit) == []


def test_the_value_works_once(campus, launch):
    form = launch.answer() | {"proof": launch.kept["value"]}

    statuses = [launch.post(form).status_code for _ in range(2)]

    assert statuses == [303, 400]
    assert len(campus.all(Visit)) == 1


def test_a_bad_login_is_refused_before_the_platform_is_told_anything(campus, caplog):
    asked = opening(campus) | {"lti_storage_target": "_parent", "iss": "https://evil.example"}

    page = log_in(campus, asked)

    assert page.status_code == 400
    assert "data-storage" not in page.text
    assert "lti.login result=rejected reason=unknown_registration" in caplog.text
    assert campus.all(PendingLogin) == []


@pytest.mark.parametrize("target", ["x" * 256, "a\nb"])
def test_a_name_of_a_frame_that_is_none_is_refused(campus, caplog, target):
    page = log_in(campus, opening(campus) | {"lti_storage_target": target})

    assert page.status_code == 400
    assert "reason=parameter_unfit detail=lti_storage_target" in caplog.text


def test_a_login_that_names_no_storage_lets_its_page_ask_for_one_and_come_back_with_it(campus):
    page = log_in(campus, opening(campus))
    found = to_keep(page.text)

    asked = urlencode({"lti_storage_target": "lti_storage_frame"})
    again = campus.http.get(f"{found['go-on']}&{asked}", headers=OWN)

    assert (found["storage"], "value" in found) == ("find", False)
    assert to_keep(again.text)["target"] == "lti_storage_frame"
    assert campus.only(PendingLogin).storage_target == "lti_storage_frame"


def test_a_browser_that_will_not_say_where_a_form_comes_from_gets_a_tab_at_once(campus):
    asked = opening(campus) | {"lti_storage_target": "_parent"}
    first = campus.http.post("/lti/login", data=asked, headers={"Sec-Fetch-Dest": "iframe"})

    page = campus.http.get(first.headers["Location"])

    assert 'target="_blank"' in page.text
    assert "data-storage=" not in page.text
    assert campus.all(PendingLogin) == []


def test_a_browser_with_cookies_has_no_need_of_a_storage(campus):
    asked = opening(campus) | {"lti_storage_target": "_parent"}
    first = campus.http.post("/lti/login", data=asked, headers=IN_FRAME)
    cookie = {"Cookie": first.headers["Set-Cookie"].split(";")[0]}

    second = campus.http.get(first.headers["Location"], headers=cookie | IN_FRAME)

    assert second.headers["Location"].startswith(f"{campus.lms.url}/auth?")
    assert campus.only(PendingLogin).storage_target is None


def test_a_browser_that_got_a_cookie_elsewhere_still_shows_the_value(campus, launch):
    browser, _ = campus.open("sanne")

    page = campus.http.post("/lti/launch", data=launch.answer(), headers=campus.cookie_of(browser) | OWN)

    assert to_keep(page.text)["storage"] == "get"
