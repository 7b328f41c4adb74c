"""Bad deep linking, submission review and data privacy messages of the study."""

from typing import Any

from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import ISSUER, LTI, MEMBERSHIP, Change, with_claims
from tests.web.study import Case, Judge, OverHttp, refusing

R = RefusalReason
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def deep_linking(**changes: object) -> Change:
    """A deep linking request; settings that are None are left out."""
    sound = {
        "deep_link_return_url": ISSUER + "/return",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
    }
    settings = {name: value for name, value in {**sound, **changes}.items() if value is not None}

    def change(claims: dict[str, Any]) -> None:
        for name in ("sub", LTI + "roles", LTI + "resource_link", LTI + "target_link_uri"):
            del claims[name]
        claims |= {LTI + "message_type": "LtiDeepLinkingRequest", DEEP_LINKING: settings}

    return change


def submission_review(for_user: object, line_item: str | None) -> Change:
    """A submission review request."""

    def change(claims: dict[str, Any]) -> None:
        claims |= {
            LTI + "message_type": "LtiSubmissionReviewRequest",
            LTI + "for_user": for_user,
            GRADES: {"lineitem": line_item},
        }

    return change


def _without_settings(claims: dict[str, Any]) -> None:
    deep_linking()(claims)
    del claims[DEEP_LINKING]


_BAD: dict[str, list[Change]] = {
    "dl-no-settings": [_without_settings],
    "dl-no-return-url": [deep_linking(deep_link_return_url=None)],
    "dl-return-js": [
        deep_linking(deep_link_return_url=v) for v in ("javascript:alert(1)", "http://x.example/")
    ],
    "dl-no-accept-types": [deep_linking(accept_types=v) for v in (None, [], "ltiResourceLink")],
    "dl-no-targets": [deep_linking(accept_presentation_document_targets=None)],
    "sr-no-for-user": [
        submission_review(v, ISSUER + "/items/1") for v in (None, {}, {"user_id": ""}, "learner-7", [])
    ],
    "sr-no-lineitem": [submission_review({"user_id": "learner-7"}, None)],
}


def privacy_in_a_course(lms: OverHttp, judge: Judge) -> None:
    """A data privacy launch belongs to no course; both names of the message are about."""
    for name in ("LtiDataPrivacyLaunchRequest", "DataPrivacyLaunchRequest"):
        judge.refused(lms.launch(with_claims(message_type=name)), None)


def work_of_somebody_else(lms: OverHttp, judge: Judge) -> None:
    """A learner, or whoever has no part in the course, opens the result of another."""
    review = submission_review({"user_id": "somebody-else"}, ISSUER + "/items/1")
    for roles in ([MEMBERSHIP + "#Learner"], [MEMBERSHIP + "#Mentor"], []):
        answered = lms.launch(review, with_claims(roles=roles))
        judge.refused(answered, R.WORK_OF_SOMEBODY_ELSE, status=403)


def by_a_learner(lms: OverHttp, judge: Judge) -> None:
    """Who may not edit the course goes back with the reason, and nothing to add."""

    def change(claims: dict[str, Any]) -> None:
        deep_linking()(claims)
        claims[LTI + "roles"] = [MEMBERSHIP + "#Learner"]

    judge.refused(lms.launch(change), "not_an_editor", 403)


def by_nobody(lms: OverHttp, judge: Judge) -> None:
    """A request may leave out `sub`, `roles`, link and target."""
    judge.opened(lms.launch(deep_linking()))


CASES: dict[str, Case] = {
    **{
        case: refusing(R.BAD_CLAIM, *[lambda lms, one=one: lms.launch(one) for one in changes])
        for case, changes in _BAD.items()
    },
    "sr-learner-other": work_of_somebody_else,
    "dp-has-context": privacy_in_a_course,
    "dl-not-instructor": by_a_learner,
    "dl-no-sub-no-roles-VALID": by_nobody,
}
