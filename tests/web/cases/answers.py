"""Launches that answer no login of this browser, or answer one twice, and what a platform posts instead."""

import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from lti_tool.lti.launch import Posted
from lti_tool.lti.refusals import RefusalReason
from lti_tool.models.platforms import Deployment, Platform, WaitingDeployment
from lti_tool.models.visits import Visit
from lti_tool.services import platforms
from tests.lti.lms import BROWSER, a_login, claims_of, sent, with_claims
from tests.web.study import Case, Judge, OverHttp, add_second_client, refusing

R = RefusalReason
OPEN_AGAIN = "Open het opnieuw vanuit uw leeromgeving"


def sound(lms: OverHttp, **parameters: object) -> Posted:
    """A launch that would open. parameters: of its login."""
    state, nonce = sent(lms.begin(**parameters))
    return Posted(state, lms.sign(claims_of(nonce)))


def replayed(lms: OverHttp, judge: Judge) -> None:
    """A token opens once."""
    posted = sound(lms)

    judge.opened(lms.post(posted))
    judge.refused(lms.post(posted), R.UNKNOWN_STATE)

    assert _visits(lms) == 1


def nonce_again(lms: OverHttp, judge: Judge) -> None:
    """A nonce opens once, also in a token that is new."""
    state, nonce = sent(lms.begin())
    judge.opened(lms.post(Posted(state, lms.sign(claims_of(nonce)))))

    again = {**claims_of(nonce), "sub": "somebody-else"}
    judge.refused(lms.post(Posted(state, lms.sign(again))), R.UNKNOWN_STATE)
    judge.refused(lms.post(Posted(sent(lms.begin())[0], lms.sign(again))), R.WRONG_NONCE)

    assert _visits(lms) == 1


def nonce_of_another(lms: OverHttp, judge: Judge) -> None:
    """State and nonce belong together."""
    _, first_nonce = sent(lms.begin())
    second_state, _ = sent(lms.begin())

    judge.refused(lms.post(Posted(second_state, lms.sign(claims_of(first_nonce)))), R.WRONG_NONCE)


def client_swapped(lms: OverHttp, judge: Judge) -> None:
    """A token for another client of the issuer answers no login of this one."""
    add_second_client(lms.work, lms.server.url + "/jwks")

    judge.refused(lms.launch(with_claims(aud="client-2")), R.WRONG_AUDIENCE)


def deployment_swapped(lms: OverHttp, judge: Judge) -> None:
    """The deployment of the launch is that of the login."""
    with lms.work.sessions.begin() as session:
        known = session.scalars(select(Deployment).where(Deployment.deployment_id == "deployment-1")).one()
        platform = session.get_one(Platform, known.platform_id)
        platforms.approve(session, platform, "deployment-2", known.organisation_id, known.created_at)

    judge.refused(lms.post(sound(lms, lti_deployment_id="deployment-2")), R.OTHER_DEPLOYMENT)


def state_forged(lms: OverHttp, judge: Judge) -> None:
    """A state is one of ours."""
    token = sound(lms).id_token

    for state in ("state-never-issued", "x" * 300, "état"):
        judge.refused(lms.post(Posted(state, token)), R.UNKNOWN_STATE)


def state_expired(lms: OverHttp, judge: Judge) -> None:
    """A login waits ten minutes for its launch."""
    state, nonce = sent(lms.begin())
    claims = {**claims_of(nonce), "exp": claims_of(nonce)["exp"] + 700}

    answered = lms.post(Posted(state, lms.sign(claims)), after=timedelta(minutes=10, seconds=1))

    judge.refused(answered, R.EXPIRED_STATE)
    assert OPEN_AGAIN in answered.response.text


def no_cookie(lms: OverHttp, judge: Judge) -> None:
    """Without a cookie, the login offers a new tab that begins anew, and no launch opens."""
    asked = {name: lms.here(value) for name, value in a_login().parameters.items() if value}
    first = lms.ask("POST", "/lti/login", None, asked)
    again = first.response.headers["Location"].removeprefix(lms.tool)

    offered = lms.ask("GET", again, None, {})
    launched = lms.post(sound(lms), browser=None)

    assert 'target="_blank"' in offered.response.text
    assert "lti.login result=no_cookie" in offered.log
    judge.refused(launched, R.NO_BROWSER_COOKIE)
    assert OPEN_AGAIN in launched.response.text


def unknown_deployment(lms: OverHttp, judge: Judge) -> None:
    """A deployment that nobody approved waits for somebody who does."""
    answered = lms.launch(with_claims(deployment_id="deployment-2"))

    judge.refused(answered, "unknown_deployment", 403)
    with lms.work.reading() as session:
        assert list(session.scalars(select(WaitingDeployment.deployment_id))) == ["deployment-2"]


def platform_error(lms: OverHttp, judge: Judge) -> None:
    """An error that the platform posts is told in words, and never repeated."""
    told = {
        "login_required": (R.SIGNED_OUT_OF_PLATFORM, "Log opnieuw in bij uw leeromgeving"),
        "invalid_request": (R.PLATFORM_ERROR, "Uw leeromgeving opende dit onderdeel niet"),
        "<script>alert(1)</script>": (R.PLATFORM_ERROR, "Uw leeromgeving opende dit onderdeel niet"),
    }
    for error, (reason, heading) in told.items():
        for state in (sent(lms.begin())[0], ""):
            answered = lms.post(Posted(state, "", error))

            judge.refused(answered, reason)
            assert heading in answered.response.text
            assert "<script>alert" not in answered.response.text + answered.log


def storage_lies(lms: OverHttp, judge: Judge) -> None:
    """Without cookies, only the value that the platform kept opens, posted by our own page; and only once."""
    for proof, site, reason in (
        ("another value", "same-origin", R.STORAGE_WRONG_VALUE),
        ("", "same-origin", R.STORAGE_SILENT),
        (None, "cross-site", R.STORAGE_FROM_ELSEWHERE),
    ):
        state, nonce, value = _kept(lms)
        token = lms.sign(claims_of(nonce))
        form = {"state": state, "id_token": token, "proof": value if proof is None else proof}

        answered = lms.ask("POST", "/lti/launch", None, form, {"Sec-Fetch-Site": site})

        judge.refused(answered, reason)
        assert OPEN_AGAIN in answered.response.text
    assert _visits(lms) == 0


def _kept(lms: OverHttp) -> tuple[str, str, str]:
    """State, nonce and value of a login of a browser without cookies, as its page tells the platform."""
    asked = {
        name: lms.here(value) for name, value in a_login(lti_storage_target="_parent").parameters.items()
    }
    first = lms.ask("POST", "/lti/login", None, {name: value for name, value in asked.items() if value})
    again = first.response.headers["Location"].removeprefix(lms.tool)
    framed = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
    page = lms.ask("GET", again, None, {}, framed).response.text
    told = {name: html.unescape(value) for name, value in re.findall(r'data-([\w-]+)="([^"]*)"', page)}
    sent_on = parse_qs(urlsplit(told["go-on"]).query)
    return sent_on["state"][0], sent_on["nonce"][0], told["value"]


def _visits(lms: OverHttp) -> int:
    with lms.work.reading() as session:
        return session.scalar(select(func.count()).select_from(Visit)) or 0


CASES: dict[str, Case] = {
    "replay-exact": replayed,
    "replay-nonce-new-token": nonce_again,
    "replay-other-browser": refusing(
        R.OTHER_BROWSER, lambda lms: lms.post(sound(lms), browser="cookie-of-another-browser")
    ),
    "nonce-state-cross": nonce_of_another,
    "client-swap": client_swapped,
    "deployment-swap": deployment_swapped,
    "state-missing": refusing(R.MISSING_STATE, lambda lms: lms.post(Posted("", sound(lms).id_token))),
    "state-forged": state_forged,
    "state-expired": state_expired,
    "no-cookie-no-storage": no_cookie,
    "storage-wrong-value": storage_lies,
    "deployment-unknown": unknown_deployment,
    "platform-error": platform_error,
    "get-launch": refusing(R.MISSING_STATE, lambda lms: lms.ask("GET", "/lti/launch", BROWSER, {})),
}
