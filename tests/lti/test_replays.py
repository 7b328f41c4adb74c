"""Launches that answer no login of this browser, or that answer it twice."""

from datetime import timedelta

import pytest

from lti_tool.lti.launch import Posted
from lti_tool.lti.launches import Launch, UnknownDeployment
from lti_tool.lti.refusals import RefusalReason, Refused
from tests.lti.lms import Lms, claims_of, reason_of, sent, with_claims
from tests.lti.test_bad_claims import BAD_CLAIMS

R = RefusalReason


def test_replay_exact(lms: Lms) -> None:
    state, nonce = sent(lms.begin())
    posted = Posted(state, lms.sign(claims_of(nonce)))

    first, second = lms.post(posted), lms.post(posted)

    assert isinstance(first, Launch)
    assert reason_of(second) is R.UNKNOWN_STATE


def test_replay_nonce_new_token(lms: Lms) -> None:
    state, nonce = sent(lms.begin())
    lms.post(Posted(state, lms.sign(claims_of(nonce))))

    again = lms.post(Posted(state, lms.sign({**claims_of(nonce), "sub": "somebody-else"})))

    assert reason_of(again) is R.UNKNOWN_STATE


def test_replay_other_browser(lms: Lms) -> None:
    state, nonce = sent(lms.begin())

    outcome = lms.post(Posted(state, lms.sign(claims_of(nonce))), browser="hash of another cookie")

    assert reason_of(outcome) is R.OTHER_BROWSER


def test_nonce_state_cross(lms: Lms) -> None:
    _, first_nonce = sent(lms.begin())
    second_state, _ = sent(lms.begin())

    outcome = lms.post(Posted(second_state, lms.sign(claims_of(first_nonce))))

    assert reason_of(outcome) is R.WRONG_NONCE


def test_client_swap(lms: Lms, second_client: object) -> None:
    assert reason_of(lms.launch(with_claims(aud="client-2"))) is R.WRONG_AUDIENCE


def test_deployment_swap(lms: Lms) -> None:
    lms.store.registrations.deployments.add((lms.registration.id, "deployment-2"))
    state, nonce = sent(lms.begin(lti_deployment_id="deployment-2"))

    outcome = lms.post(Posted(state, lms.sign(claims_of(nonce))))

    assert reason_of(outcome) is R.OTHER_DEPLOYMENT


def test_state_missing(lms: Lms) -> None:
    _, nonce = sent(lms.begin())

    assert reason_of(lms.post(Posted("", lms.sign(claims_of(nonce))))) is R.MISSING_STATE


@pytest.mark.parametrize("state", ["state-never-issued", "x" * 300, "état", "\ud800"])
def test_state_forged(lms: Lms, state: str) -> None:
    _, nonce = sent(lms.begin())

    assert reason_of(lms.post(Posted(state, lms.sign(claims_of(nonce))))) is R.UNKNOWN_STATE


def test_state_expired(lms: Lms) -> None:
    state, nonce = sent(lms.begin())
    later = timedelta(minutes=10, seconds=1)
    claims = claims_of(nonce)
    claims["exp"] += 700

    outcome = lms.post(Posted(state, lms.sign(claims)), after=later)

    assert reason_of(outcome) is R.EXPIRED_STATE


def test_no_cookie_no_storage(lms: Lms) -> None:
    state, nonce = sent(lms.begin())

    outcome = lms.post(Posted(state, lms.sign(claims_of(nonce))), browser=None)

    assert reason_of(outcome) is R.NO_BROWSER_COOKIE


def test_deployment_unknown(lms: Lms) -> None:
    outcome = lms.launch(with_claims(deployment_id="deployment-2"))

    assert isinstance(outcome, UnknownDeployment)
    assert (outcome.registration_id, outcome.deployment_id) == (lms.registration.id, "deployment-2")


def test_deployment_unknown_does_not_wait_when_anything_else_is_wrong(lms: Lms) -> None:
    unknown = with_claims(deployment_id="deployment-2")

    outcomes = [lms.launch(unknown, change) for _, changes in BAD_CLAIMS.values() for change in changes[:1]]

    assert {type(outcome) for outcome in outcomes} == {Refused}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("login_required", R.SIGNED_OUT_OF_PLATFORM),
        ("invalid_request", R.PLATFORM_ERROR),
        ("<script>\n", R.PLATFORM_ERROR),
    ],
)
@pytest.mark.parametrize("with_state", [True, False])
def test_platform_error(lms: Lms, error: str, reason: RefusalReason, with_state: bool) -> None:
    state, _ = sent(lms.begin())

    outcome = lms.post(Posted.parse({"error": error, **({"state": state} if with_state else {})}))

    assert reason_of(outcome) is reason
    assert outcome.detail in ("login_required", "invalid_request", "")
