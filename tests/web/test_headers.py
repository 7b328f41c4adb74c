"""What every answer carries, and who may frame which page."""

import re

import pytest

from demo_lms.vocabulary import LAUNCH_PRESENTATION
from lti_tool.models.deliveries import Delivery
from lti_tool.models.platforms import PlatformOrigin
from lti_tool.models.visits import Visit
from lti_tool.services import links
from lti_tool.services.links import Purpose
from tests import factories
from tests.web.campus import LOOK_BACK, TRAINER
from tests.web.policies import directive

ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
BEFORE_A_LAUNCH = ["/lti/login", "/lti/launch", "/nowhere", "/lti/jwks.json"]


@pytest.fixture
def mail_links(campus):
    """The addresses behind the letters of one learner."""
    where = campus.place()
    with campus.work.sessions.begin() as session:
        who = factories.learner(session, where, now=campus.work.now())
        factories.plan(session, where, who, made_on=where.cohort.ends_on, now=campus.work.now())
    secret = campus.work.settings.secret_key.get_secret_value()
    nudge = next(row for row in campus.all(Delivery) if row.step == "rehearse")
    answer = links.token(secret, Purpose.ANSWER, nudge.id)
    preferences = links.token(secret, Purpose.PREFERENCES, who.enrolment.id)
    return [f"/c/{answer}", f"/m/{preferences}", "/c/forged", "/m/forged", f"/c/{answer}/thanks"]


def test_every_kind_of_answer_carries_the_same_protection(campus, mail_links):
    browser, page = campus.open("sanne")
    cookie = campus.cookie_of(browser)
    paths = [*BEFORE_A_LAUNCH, *mail_links, page.url, page.url + "reflect/plan/1", page.url + "set-up"]

    answers = [campus.http.get(path, headers=cookie) for path in paths]

    for answer in answers:
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
        assert directive(answer, "default-src") == {"'none'"}
        assert directive(answer, "script-src") == directive(answer, "style-src") == {"'self'"}
        assert directive(answer, "base-uri") == {"'none'"}
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    kept = [answer.headers["Cache-Control"] for answer in answers if "jwks" not in str(answer.url)]
    assert set(kept) == {"no-store"}


def test_no_page_holds_a_script_or_a_style_of_its_own(campus, mail_links):
    browser, page = campus.open("sanne")
    cookie = campus.cookie_of(browser)
    paths = [*BEFORE_A_LAUNCH[:3], *mail_links, page.url, page.url + "reflect/plan/2"]

    texts = [campus.http.get(path, headers=cookie).text for path in paths]

    for text in texts:
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", text)
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1|localhost)', text)


def test_the_pages_of_a_visit_may_be_framed_by_the_lms_and_by_nobody_else(campus):
    browser, page = campus.open("sanne")

    answer = campus.http.get(page.url, headers=campus.cookie_of(browser))

    assert directive(answer, "frame-ancestors") == {campus.lms.url}
    assert directive(answer, "form-action") == {"'self'"}


def test_origins_that_were_given_or_seen_in_a_launch_may_frame_its_pages_too(campus):
    with campus.work.sessions.begin() as session:
        session.add(PlatformOrigin(platform_id=campus.platform.id, origin="https://given.example"))
    browser = campus.sign_in("sanne")
    campus.next_claims(
        lambda claims: claims.update(
            {LAUNCH_PRESENTATION: {"return_url": "https://seen.example/course?sesskey=1"}}
        )
    )

    page = browser.launch(LOOK_BACK)

    answer = campus.http.get(page.url, headers=campus.cookie_of(browser))
    assert directive(answer, "frame-ancestors") == {
        campus.lms.url,
        "https://given.example",
        "https://seen.example",
    }


def test_a_launch_that_is_refused_adds_no_origin(campus):
    browser = campus.sign_in("sanne")
    campus.next_claims(
        lambda claims: claims.update(
            {LAUNCH_PRESENTATION: {"return_url": "https://evil.example/"}, "sub": None}
        )
    )
    refused = browser.launch(LOOK_BACK)

    page = browser.launch(LOOK_BACK)

    answer = campus.http.get(page.url, headers=campus.cookie_of(browser))
    assert refused.status == 400
    assert directive(answer, "frame-ancestors") == {campus.lms.url}


def test_an_address_that_is_pasted_elsewhere_may_be_framed_by_the_lms_only(campus):
    _, page = campus.open("sanne")

    answer = campus.http.get(page.url)

    assert directive(answer, "frame-ancestors") == {campus.lms.url}


@pytest.mark.parametrize("path", BEFORE_A_LAUNCH)
def test_pages_before_a_launch_may_be_framed_by_any_https_origin_and_in_local_mode_by_loopback(campus, path):
    answer = campus.http.get(path)

    assert directive(answer, "frame-ancestors") == {"https:", "http://127.0.0.1:*", "http://localhost:*"}


def test_outside_local_mode_only_https_may_frame_and_browsers_keep_to_https(build):
    behind_a_proxy = build(base_url="https://beklijf.example", local=False).test_client()

    answer = behind_a_proxy.get(
        "/lti/launch", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "beklijf.example"}
    )

    assert directive(answer, "frame-ancestors") == {"https:"}
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_outside_local_mode_no_neighbour_of_the_host_can_plant_the_cookie(build):
    behind_a_proxy = build(base_url="https://beklijf.example", local=False).test_client()

    answer = behind_a_proxy.get(
        "/lti/login", headers={"Cookie": "beklijf_browser=planted", "X-Forwarded-Host": "beklijf.example"}
    )

    name, *attributes = answer.headers["Set-Cookie"].replace("=", "; ").split("; ")
    assert name == "__Host-beklijf_browser"
    assert {"Secure", "Path", "/"} <= set(attributes)
    assert "Domain" not in attributes


def test_nobody_may_frame_what_stands_behind_a_letter(campus, mail_links):
    answers = [campus.http.get(path) for path in mail_links]

    assert [directive(answer, "frame-ancestors") for answer in answers] == [{"'none'"}] * len(mail_links)


def test_files_of_the_tool_itself_may_be_kept_for_a_day(campus):
    answer = campus.http.get("/static/app.css")

    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_no_answer_but_a_first_login_sets_a_cookie(campus, mail_links):
    browser, page = campus.open("sanne")
    cookie = campus.cookie_of(browser)

    answers = [campus.http.get(path, headers=cookie) for path in [*BEFORE_A_LAUNCH, *mail_links, page.url]]

    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_no_token_of_a_visit_a_letter_or_a_launch_stands_in_a_log(campus, mail_links, caplog):
    caplog.set_level("DEBUG")
    browser, page = campus.open(TRAINER)
    cookie = campus.cookie_of(browser)["Cookie"].partition("=")[2]
    for path in [*mail_links, page.url, page.url + "nowhere", page.url + "reflect/plan/1"]:
        campus.http.get(path, headers={"Cookie": f"beklijf_browser={cookie}"})

    of_tool = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith(("http", "asyncio"))
    )
    secrets = [page.url.split("/")[4], cookie, *(path.split("/")[2] for path in mail_links)]
    assert "lti.launch" in of_tool
    assert [secret for secret in secrets if secret != "forged" and secret in of_tool] == []


def test_a_crash_is_told_with_a_reference_and_logged_without_what_people_sent(campus, caplog):
    browser, page = campus.open("sanne")
    with campus.work.sessions.begin() as session:
        session.execute(Visit.__table__.delete())
        session.connection().exec_driver_sql("DROP TABLE visit")

    answer = campus.http.get(page.url + "?typed=geheim", headers=campus.cookie_of(browser))

    reference = re.search(r"BK-\w{4}-\w{4}", answer.text)[0]
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"crash type=OperationalError endpoint=visit.home ref={reference}" in caplog.text
    assert "geheim" not in caplog.text
    assert page.url.split("/")[4] not in caplog.text


def test_under_a_name_that_is_not_the_tools_no_page_is_made(app):
    answer = app.test_client().get("/v/x", headers={"X-Forwarded-Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "elsewhere" not in answer.text + str(answer.headers)
    assert "BK-" in answer.text
