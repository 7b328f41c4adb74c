"""The bad payloads of the certification for tools, and the rest of the study, over HTTP and id by id."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from sqlalchemy import select

from lti_tool.lti.launch import Posted
from lti_tool.lti.refusals import RefusalReason
from lti_tool.models.platforms import Deployment, Platform, WaitingDeployment
from lti_tool.models.visits import Visit
from lti_tool.services import platforms
from lti_tool.services.platforms import NewPlatform
from tests.lti.lms import BROWSER, ISSUER, NOW, a_login, as_jwk, claims_of, sent, with_claims
from tests.lti.platform_server import Reply
from tests.lti.test_bad_claims import BAD_CLAIMS, GOOD_CLAIMS
from tests.lti.test_bad_tokens import BAD_TOKENS
from tests.lti.test_login import BAD_LOGINS
from tests.web import study
from tests.web.study import CASES, Answered, OverHttp
from tests.web.tables import PEOPLES, dump

R = RefusalReason
Run = Callable[[OverHttp], Answered]

# Not of this tool's first part, or not of the web.
ELSEWHERE = {"storage-wrong-value"}


def _launch_with(change) -> Run:
    return lambda lms: lms.launch(change)


BAD: dict[str, tuple[RefusalReason, list[Run]]] = {
    **{case: (why, [_launch_with(one) for one in changes]) for case, (why, changes) in BAD_CLAIMS.items()},
    **{case: bad for case, bad in BAD_TOKENS.items() if case != "sec-dup-kid-other-issuer"},
    **{
        case: (why, [lambda lms, one=one: lms.log_in(one) for one in requests])
        for case, (why, requests) in BAD_LOGINS.items()
    },
}


@pytest.fixture(autouse=True)
def now():
    """The moment of the study."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def lms(server, key, campus, caplog):
    """The study's platform, which the running tool knows."""
    made = OverHttp(server, None, None, key, None, tool=campus.tool, http=campus.http, log=caplog)
    study.register(campus.work, server.url + "/jwks")
    made.publish(as_jwk(key))
    return made


@pytest.fixture
def refused(campus) -> Callable[[Answered, RefusalReason], None]:
    """Whether an answer is what a refusal must be, whole."""
    before = dump(campus.work, PEOPLES)

    def check(answered: Answered, reason: RefusalReason) -> None:
        response = answered.response
        line = next(line for line in answered.log.splitlines() if answered.reference in line)
        assert 400 <= response.status_code < 500
        assert f"result=rejected reason={reason}" in line
        assert re.search(r"<h1[^>]*>\s*\S", response.text)
        assert reason not in response.text
        assert "set-cookie" not in response.headers
        assert dump(campus.work, PEOPLES) == before

    return check


def ids(*, certification: bool) -> list[str]:
    return sorted(case for case in BAD if case.startswith("cert-") == certification)


@pytest.mark.parametrize("case", ids(certification=True))
def test_a_bad_payload_of_the_certification_is_refused(lms, refused, case):
    reason, runs = BAD[case]

    for run in runs:
        refused(run(lms), reason)


def test_the_certification_has_twelve_bad_payloads():
    assert ids(certification=True) == [case for case in CASES if case.startswith("cert-")]
    assert len(ids(certification=True)) == 12


@pytest.mark.parametrize("case", ids(certification=False))
def test_a_bad_launch_or_login_of_the_study_is_refused(lms, refused, case):
    reason, runs = BAD[case]

    for run in runs:
        refused(run(lms), reason)


@pytest.mark.parametrize("case", GOOD_CLAIMS)
def test_a_launch_that_libraries_refuse_for_no_good_reason_opens(lms, campus, case):
    for change in GOOD_CLAIMS[case]:
        response = lms.launch(change).response

        assert response.status_code == 303
        assert campus.http.get(response.headers["Location"], headers=cookie()).status_code == 200


def cookie() -> dict[str, str]:
    return {"Cookie": f"beklijf_browser={study.COOKIES[BROWSER]}"}


def sound(lms: OverHttp, **parameters: object) -> Posted:
    """A launch that would open."""
    state, nonce = sent(lms.begin(**parameters))
    return Posted(state, lms.sign(claims_of(nonce)))


def test_cert_02_wrong_kid_causes_exactly_one_fetch_of_the_keys(lms):
    lms.launch()
    before = len(lms.server.requests_to("/jwks"))

    for number in range(3):
        lms.launch(kid=f"imstester_{number}")

    assert len(lms.server.requests_to("/jwks")) == before + 1


def test_sec_wrong_key(lms, refused, other_key):
    refused(lms.launch(key=other_key), R.BAD_SIGNATURE)


def test_sec_embedded_jwk_jku(lms, refused, other_key):
    lms.server.answer("/evil", Reply.json({"keys": [as_jwk(other_key)]}))
    evil = lms.server.url + "/evil"

    refused(lms.launch(key=other_key, jwk=as_jwk(other_key), jku=evil, x5u=evil), R.BAD_SIGNATURE)

    assert lms.server.requests_to("/evil") == []


def test_sec_dup_kid_other_issuer(lms, refused, campus, other_key):
    lms.server.answer("/other-jwks", Reply.json({"keys": [as_jwk(other_key, kid="key-9")]}))
    other = "https://b.example"
    with campus.work.sessions.begin() as session:
        new = NewPlatform(other, "client-1", other + "/auth", other + "/t", lms.server.url + "/other-jwks")
        platforms.add(session, new, NOW)

    refused(lms.launch(key=other_key, kid="key-9"), R.UNKNOWN_KEY)


def test_replay_exact(lms, campus):
    posted = sound(lms)

    first, second = lms.post(posted), lms.post(posted)

    assert [one.response.status_code for one in (first, second)] == [303, 400]
    assert "reason=unknown_state" in second.log
    assert len(campus.all(Visit)) == 1


def test_replay_nonce_new_token(lms, campus):
    state, nonce = sent(lms.begin())
    lms.post(Posted(state, lms.sign(claims_of(nonce))))

    again = lms.post(Posted(state, lms.sign({**claims_of(nonce), "sub": "somebody-else"})))

    assert again.response.status_code == 400
    assert len(campus.all(Visit)) == 1


def test_replay_other_browser(lms, refused):
    refused(lms.post(sound(lms), browser="cookie-of-another-browser"), R.OTHER_BROWSER)


def test_nonce_state_cross(lms, refused):
    _, first_nonce = sent(lms.begin())
    second_state, _ = sent(lms.begin())

    refused(lms.post(Posted(second_state, lms.sign(claims_of(first_nonce)))), R.WRONG_NONCE)


def test_client_swap(lms, refused, campus):
    study.add_second_client(campus.work, lms.server.url + "/jwks")

    refused(lms.launch(with_claims(aud="client-2")), R.WRONG_AUDIENCE)


def test_deployment_swap(lms, refused, campus):
    with campus.work.sessions.begin() as session:
        known = session.scalars(select(Deployment).where(Deployment.deployment_id == "deployment-1")).one()
        platform = session.get_one(Platform, known.platform_id)
        platforms.approve(session, platform, "deployment-2", known.organisation_id, NOW)

    refused(lms.post(sound(lms, lti_deployment_id="deployment-2")), R.OTHER_DEPLOYMENT)


def test_state_missing(lms, refused):
    refused(lms.post(Posted("", sound(lms).id_token)), R.MISSING_STATE)


@pytest.mark.parametrize("state", ["state-never-issued", "x" * 300, "état"])
def test_state_forged(lms, refused, state):
    refused(lms.post(Posted(state, sound(lms).id_token)), R.UNKNOWN_STATE)


def test_state_expired(lms, refused):
    state, nonce = sent(lms.begin())
    claims = {**claims_of(nonce), "exp": claims_of(nonce)["exp"] + 700}

    answered = lms.post(Posted(state, lms.sign(claims)), after=timedelta(minutes=10, seconds=1))

    refused(answered, R.EXPIRED_STATE)
    assert "Open het opnieuw vanuit uw leeromgeving" in answered.response.text


def test_no_cookie_no_storage(lms, refused):
    answered = lms.post(sound(lms), browser=None)

    refused(answered, R.NO_BROWSER_COOKIE)
    assert "Open het opnieuw vanuit uw leeromgeving" in answered.response.text


def test_deployment_unknown(lms, refused, campus):
    answered = lms.launch(with_claims(deployment_id="deployment-2"))

    refused(answered, "unknown_deployment")
    assert campus.only(WaitingDeployment).deployment_id == "deployment-2"


def test_only_an_unknown_deployment_that_is_sound_in_every_other_way_waits(lms, campus):
    unknown = with_claims(deployment_id="deployment-2")

    for _, changes in BAD_CLAIMS.values():
        lms.launch(unknown, changes[0])

    assert campus.all(WaitingDeployment) == []


@pytest.mark.parametrize(
    ("error", "reason", "heading"),
    [
        ("login_required", R.SIGNED_OUT_OF_PLATFORM, "Log opnieuw in bij uw leeromgeving"),
        ("<script>alert(1)</script>", R.PLATFORM_ERROR, "Uw leeromgeving opende dit onderdeel niet"),
    ],
)
@pytest.mark.parametrize("with_state", [True, False])
def test_platform_error(lms, refused, error, reason, heading, with_state):
    state, _ = sent(lms.begin())

    answered = lms.post(Posted(state if with_state else "", "", error))

    refused(answered, reason)
    assert heading in answered.response.text
    assert "<script>alert" not in answered.response.text + answered.log


def test_get_launch(lms, refused):
    refused(lms.ask("GET", "/lti/launch", BROWSER, {}), R.MISSING_STATE)


def test_login_no_client_ambiguous(lms, refused, campus):
    second = study.add_second_client(campus.work, lms.server.url + "/jwks")

    refused(lms.log_in(a_login(client_id="")), R.AMBIGUOUS_REGISTRATION)

    by_address = lms.log_in(a_login(client_id="", registration_id=second.id))
    assert "client_id=client-2" in by_address.response.headers["Location"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_login_params_in_query_of_post(lms, method):
    asked = {name: lms.here(value) for name, value in a_login().parameters.items() if value}

    answered = lms.ask(method, f"/lti/login?{urlencode(asked)}", BROWSER, {})

    assert answered.response.status_code == 302
    assert answered.response.headers["Location"].startswith(ISSUER + "/auth?")


def test_every_launch_and_login_of_the_study_is_tried_or_belongs_elsewhere():
    on_their_own = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    tried = {case.lower() for case in BAD.keys() | GOOD_CLAIMS.keys() | ELSEWHERE | on_their_own}

    of_this_part = [case for case, facts in CASES.items() if facts["group"] in {"launch", "login"}]

    assert [case for case in of_this_part if case.lower() not in tried] == []
