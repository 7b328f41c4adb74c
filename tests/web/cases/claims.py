"""Bad claims of the study, and odd ones beside them that are valid."""

from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import CLIENT, ISSUER, NOW, Change, with_claims, without
from tests.web.study import Case, Judge, OverHttp

R = RefusalReason
NOW_SECONDS = int(NOW.timestamp())
DAY = 24 * 3600

BAD_CLAIMS: dict[str, tuple[RefusalReason, list[Change]]] = {
    "cert-03-wrong-version": (
        R.WRONG_VERSION,
        [with_claims(version=v) for v in ("11.3", "1.2.0", "2.3", 1.3)],
    ),
    "cert-04-no-version": (R.WRONG_VERSION, [without("version")]),
    "cert-05-not-lti": (R.WRONG_NONCE, [lambda c: (c.clear(), c.update(name="badltilaunch"))[0]]),
    "cert-06-missing-claims": (R.WRONG_ISSUER, [without("aud", "iss", "sub", "deployment_id", "roles")]),
    "cert-07-timestamps": (R.EXPIRED, [with_claims(iat=11111, exp=22222)]),
    "cert-08-no-message-type": (R.MISSING_MESSAGE_TYPE, [without("message_type")]),
    "cert-09-no-roles": (R.BAD_ROLES, [without("roles")]),
    "cert-10-no-deployment": (R.BAD_DEPLOYMENT, [without("deployment_id")]),
    "cert-11-no-resource-link": (R.BAD_RESOURCE_LINK, [without("resource_link")]),
    "cert-12-no-sub": (R.BAD_SUBJECT, [without("sub")]),
    "time-no-exp": (R.MISSING_TIME, [without("exp")]),
    "time-no-iat": (R.MISSING_TIME, [without("iat")]),
    "time-exp-string": (
        R.MISSING_TIME,
        [with_claims(exp=v) for v in ("never", str(NOW_SECONDS + 60), True, [], float("nan"), float("inf"))],
    ),
    "time-expired-beyond-leeway": (R.EXPIRED, [with_claims(exp=NOW_SECONDS - 120)]),
    "time-iat-future": (R.NOT_YET_VALID, [with_claims(iat=NOW_SECONDS + DAY, exp=NOW_SECONDS + DAY)]),
    "time-iat-old": (R.TOO_OLD, [with_claims(iat=NOW_SECONDS - 365 * DAY)]),
    "time-long-life": (R.LIVES_TOO_LONG, [with_claims(exp=NOW_SECONDS + 3650 * DAY), with_claims(exp=1e300)]),
    "time-nbf-future": (R.NOT_YET_VALID, [with_claims(nbf=NOW_SECONDS + DAY)]),
    "iss-missing": (R.WRONG_ISSUER, [without("iss"), with_claims(iss=None), with_claims(iss=[ISSUER])]),
    "iss-unknown": (R.WRONG_ISSUER, [with_claims(iss="https://evil.example")]),
    "iss-trailing-slash": (R.WRONG_ISSUER, [with_claims(iss=ISSUER + "/")]),
    "iss-case-homoglyph": (
        R.WRONG_ISSUER,
        [with_claims(iss="https://LMS.example"), with_claims(iss="https://lms.\u0435xample")],
    ),
    "aud-missing": (R.WRONG_AUDIENCE, [without("aud"), with_claims(aud=None)]),
    "aud-wrong": (R.WRONG_AUDIENCE, [with_claims(aud="client-2"), with_claims(aud={CLIENT: 1})]),
    "aud-empty-list": (R.WRONG_AUDIENCE, [with_claims(aud=[])]),
    "aud-multi-no-azp": (R.WRONG_AUDIENCE, [with_claims(aud=[CLIENT, "other"])]),
    "aud-multi-wrong-azp": (R.WRONG_AUDIENCE, [with_claims(aud=[CLIENT, "other"], azp="other")]),
    "azp-wrong-single-aud": (R.WRONG_AUDIENCE, [with_claims(azp="other"), with_claims(azp=["client-1"])]),
    "nonce-missing": (R.WRONG_NONCE, [without("nonce"), with_claims(nonce=None), with_claims(nonce=[])]),
    "nonce-unknown": (R.WRONG_NONCE, [with_claims(nonce="never issued")]),
    "deployment-256": (R.BAD_DEPLOYMENT, [with_claims(deployment_id=v) for v in ("d" * 256, "", 1, None)]),
    "tlu-missing": (R.BAD_TARGET, [without("target_link_uri")]),
    "tlu-foreign": (
        R.BAD_TARGET,
        [
            with_claims(target_link_uri=v)
            for v in (
                "https://evil.example/lti/launch",
                "https://tool.example.evil.example/",
                "https://tool.example@evil.example/",
                "https://tool.example\\@evil.example/",
                "https://tool.example:8443/lti/launch",
                "javascript:alert(1)",
                "//tool.example/lti/launch",
            )
        ],
    ),
    "tlu-http": (R.BAD_TARGET, [with_claims(target_link_uri="http://tool.example/lti/launch")]),
    "rl-no-id": (R.BAD_RESOURCE_LINK, [with_claims(resource_link=v) for v in ({"title": "x"}, {}, [])]),
    "rl-string": (R.BAD_RESOURCE_LINK, [with_claims(resource_link="link-1")]),
    "rl-256": (R.BAD_RESOURCE_LINK, [with_claims(resource_link={"id": "l" * 256})]),
    "roles-string": (R.BAD_ROLES, [with_claims(roles="Instructor"), with_claims(roles=[1])]),
    "roles-null": (R.BAD_ROLES, [with_claims(roles=None)]),
    "sub-256": (R.BAD_SUBJECT, [with_claims(sub="s" * 256), with_claims(sub=""), with_claims(sub="a\x00b")]),
    "sub-int": (R.BAD_SUBJECT, [with_claims(sub=7)]),
    "context-no-id": (R.BAD_CONTEXT, [with_claims(context={"title": "x"}), with_claims(context="course-1")]),
    "mt-unknown": (
        R.UNKNOWN_MESSAGE_TYPE,
        [with_claims(message_type=v) for v in ("Foo", "LtiReportReviewRequest", "LtiEulaRequest", "")],
    ),
    "mt-list": (R.UNKNOWN_MESSAGE_TYPE, [with_claims(message_type=["LtiResourceLinkRequest"])]),
}  # fmt: skip

GOOD_CLAIMS: dict[str, list[Change]] = {
    "aud-other-first-azp-ok-VALID": [
        with_claims(aud=["other", CLIENT], azp=CLIENT),
        with_claims(aud=[CLIENT]),
        with_claims(aud=[CLIENT], azp=CLIENT),
    ],
    "time-expired-beyond-leeway": [with_claims(iat=NOW_SECONDS - 80, exp=NOW_SECONDS - 20)],
    "time-iat-future": [with_claims(iat=NOW_SECONDS + 30, exp=NOW_SECONDS + 90)],
    "time-long-life": [with_claims(exp=NOW_SECONDS + 3600)],
    "cert-09-no-roles": [with_claims(roles=[]), with_claims(roles=[""])],
}


def _case(bad: tuple[RefusalReason, list[Change]] | None, good: list[Change]) -> Case:
    def run(lms: OverHttp, judge: Judge) -> None:
        reason, changes = bad or (None, [])
        for change in changes:
            judge.refused(lms.launch(change), reason)
        for change in good:
            judge.opened(lms.launch(change))

    return run


CASES: dict[str, Case] = {
    case: _case(BAD_CLAIMS.get(case), GOOD_CLAIMS.get(case, [])) for case in BAD_CLAIMS | GOOD_CLAIMS
}
