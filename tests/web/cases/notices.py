"""Bad notices of the study (Platform Notification Service 1.0)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from lti_tool.lti.launches import CONTEXT_COPY
from lti_tool.models.platforms import ContextCopy
from tests.lti.lms import CLIENT, DEPLOYMENT, ISSUER, LTI, NOW
from tests.web.study import Answered, Case, Judge, OverHttp, another_key

Change = Callable[[dict[str, Any]], object]


def notice(notice_id: str = "notice-1", kind: str = CONTEXT_COPY, **changes: object) -> dict[str, Any]:
    """The claims of a notice that course-2 is a copy of course-1; changes by the short names of claims."""
    now = int(NOW.timestamp())
    sound = {
        "iss": ISSUER,
        "aud": [CLIENT],
        "azp": CLIENT,
        "iat": now,
        "exp": now + 300,
        "nonce": f"nonce of {notice_id}",
        LTI + "version": "1.3.0",
        LTI + "deployment_id": DEPLOYMENT,
        LTI + "notice": {"id": notice_id, "timestamp": "2026-11-24T10:00:00Z", "type": kind},
        LTI + "context": {"id": "course-2", "title": "Archiefwet"},
        LTI + "origin_contexts": ["course-1"],
    }
    for name, value in changes.items():
        sound[name if name in sound else LTI + name] = value
    return sound


def send(lms: OverHttp, *tokens: object) -> Answered:
    """What the tool answers to the platform's server."""
    lms.log.clear()
    body = {"notices": [{"jwt": token} for token in tokens]}
    return Answered(lms.http.post(lms.tool + "/lti/notices", json=body), lms.log.text)


def _copies(lms: OverHttp) -> list[tuple[str, str]]:
    """The notices that count, each with the course that it names as the origin."""
    with lms.work.reading() as session:
        return [(row.notice_id, row.origin) for row in session.scalars(select(ContextCopy))]


def bad_ones_are_dropped(lms: OverHttp, _judge: Judge) -> None:
    """Each bad one alone is an error; beside a sound one, only the sound one counts."""
    now = int(NOW.timestamp())
    bad = {
        "bad_signature": lms.sign(notice("bad"), key=another_key()),
        "unknown_registration": lms.sign(notice("bad", aud=["somebody-else"])),
        "expired": lms.sign(notice("bad", iat=now - 500, exp=now - 200)),
        "unknown_deployment": lms.sign(notice("bad", deployment_id="deployment-9")),
    }
    for reason, token in bad.items():
        answered = send(lms, token)
        assert answered.response.status_code == 400
        assert f"lti.notice result=rejected reason={reason}" in answered.log
    answered = send(lms, *bad.values(), lms.sign(notice("sound")))
    assert answered.response.status_code == 200
    assert answered.log.count("result=rejected") == len(bad)
    assert _copies(lms) == [("sound", "course-1")]


def the_same_one_counts_once(lms: OverHttp, _judge: Judge) -> None:
    """Platforms may send a notice again when they did not hear that it arrived."""
    token = lms.sign(notice())
    first, again = send(lms, token, token), send(lms, lms.sign(notice(origin_contexts=["course-7"])))
    assert first.response.status_code == again.response.status_code == 200
    assert (first.log.count("result=recorded"), first.log.count("result=known")) == (1, 1)
    assert "result=known" in again.log
    assert _copies(lms) == [("notice-1", "course-1")]


CASES: dict[str, Case] = {"pns-bad-sig": bad_ones_are_dropped, "pns-duplicate": the_same_one_counts_once}
