"""Logins that a platform begins."""

from typing import Any

import pytest

from lti_tool.lti import login
from lti_tool.lti.login import LoginRequest, Redirect
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import BROWSER, ISSUER, NOW, Lms, a_login, reason_of

R = RefusalReason

BAD_LOGINS: dict[str, tuple[RefusalReason, list[LoginRequest]]] = {
    "login-no-iss": (R.MISSING_ISSUER, [a_login(iss="")]),
    "login-no-hint": (R.MISSING_LOGIN_HINT, [a_login(login_hint="")]),
    "login-no-target": (R.MISSING_TARGET, [a_login(target_link_uri="")]),
    "login-unknown-iss": (
        R.UNKNOWN_REGISTRATION,
        [a_login(iss="https://b.example"), a_login(iss=ISSUER + "/")],
    ),
    "login-wrong-client": (R.UNKNOWN_REGISTRATION, [a_login(client_id="client-2")]),
    "login-foreign-target": (
        R.FOREIGN_TARGET,
        [
            a_login(target_link_uri=v)
            for v in ("https://evil.example/lti/launch", "http://tool.example/lti/launch", "/lti/launch")
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "request_"),
    [
        pytest.param(reason, one, id=f"{case}-{number}")
        for case, (reason, requests) in BAD_LOGINS.items()
        for number, one in enumerate(requests)
    ],
)
def test_a_bad_login_is_reason_of(lms: Lms, reason: RefusalReason, request_: LoginRequest) -> None:
    outcome = login.begin(request_, BROWSER, lms.site, lms.store, NOW)

    assert reason_of(outcome) is reason
    assert lms.store.states.pending == {}


def test_login_no_client_ambiguous(lms: Lms, second_client: Any) -> None:
    ambiguous = login.begin(a_login(client_id=""), BROWSER, lms.site, lms.store, NOW)
    by_address = login.begin(
        a_login(client_id="", registration_id=second_client.id), BROWSER, lms.site, lms.store, NOW
    )

    assert reason_of(ambiguous) is R.AMBIGUOUS_REGISTRATION
    assert isinstance(by_address, Redirect)
    assert by_address.client_id == "client-2"


def test_login_params_in_query_of_post(lms: Lms) -> None:
    in_query = LoginRequest.parse(query=a_login().parameters, form={})

    assert isinstance(login.begin(in_query, BROWSER, lms.site, lms.store, NOW), Redirect)
