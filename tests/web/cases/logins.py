"""Bad logins of the study, and one that is valid."""

from urllib.parse import urlencode

from lti_tool.lti.login import LoginRequest
from lti_tool.lti.refusals import RefusalReason
from lti_tool.models.platforms import PendingLogin
from tests.lti.lms import BROWSER, ISSUER, a_login
from tests.web.study import Case, Judge, OverHttp, add_second_client
from tests.web.tables import dump

R = RefusalReason
PENDING = PendingLogin.__tablename__

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


def _case(reason: RefusalReason, requests: list[LoginRequest]) -> Case:
    def run(lms: OverHttp, judge: Judge) -> None:
        for request in requests:
            judge.refused(lms.log_in(request), reason)
        assert dump(lms.work, [PENDING]) == {PENDING: []}

    return run


def ambiguous(lms: OverHttp, judge: Judge) -> None:
    """Without a client only the address of one registration says which of several is meant."""
    second = add_second_client(lms.work, lms.server.url + "/jwks")

    judge.refused(lms.log_in(a_login(client_id="")), R.AMBIGUOUS_REGISTRATION)

    by_address = lms.log_in(a_login(client_id="", registration_id=second.id))
    assert "client_id=client-2" in by_address.response.headers["Location"]


def in_query(lms: OverHttp, _judge: Judge) -> None:
    """A POST may carry its parameters in the address, as a GET does."""
    asked = {name: lms.here(value) for name, value in a_login().parameters.items() if value}

    for method in ("GET", "POST"):
        answered = lms.ask(method, f"/lti/login?{urlencode(asked)}", BROWSER, {})

        assert answered.response.status_code == 302
        assert answered.response.headers["Location"].startswith(ISSUER + "/auth?")
        assert "lti.login result=sent" in answered.log


CASES: dict[str, Case] = {
    **{case: _case(reason, requests) for case, (reason, requests) in BAD_LOGINS.items()},
    "login-no-client-ambiguous": ambiguous,
    "login-params-in-query-of-POST": in_query,
}
