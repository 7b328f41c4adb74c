"""Messages that the tool does not do yet: sound ones get a page that says so, bad ones are refused."""

from typing import Any

import pytest

from lti_tool.lti.launches import NotYetAvailable
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import ISSUER, LTI, Change, Lms, reason_of, with_claims

R = RefusalReason
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
SETTINGS = {
    "deep_link_return_url": "https://lms.example/return",
    "accept_types": ["ltiResourceLink"],
    "accept_presentation_document_targets": ["iframe"],
}


def deep_linking(**changes: object) -> Change:
    """A deep linking request; settings that are None are left out."""
    settings = {name: value for name, value in {**SETTINGS, **changes}.items() if value is not None}

    def change(claims: dict[str, Any]) -> None:
        for name in ("sub", LTI + "roles", LTI + "resource_link", LTI + "target_link_uri"):
            del claims[name]
        claims |= {LTI + "message_type": "LtiDeepLinkingRequest", DEEP_LINKING: settings}

    return change


BAD_DEEP_LINKING: dict[str, list[Change]] = {
    "dl-no-settings": [lambda c: (deep_linking()(c), c.pop(DEEP_LINKING))[0]],
    "dl-no-return-url": [deep_linking(deep_link_return_url=None)],
    "dl-return-js": [deep_linking(deep_link_return_url=v) for v in ("javascript:alert(1)", "http://x.example/")],
    "dl-no-accept-types": [deep_linking(accept_types=v) for v in (None, [], "ltiResourceLink")],
    "dl-no-targets": [deep_linking(accept_presentation_document_targets=None)],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change, id=f"{case}-{number}")
        for case, changes in BAD_DEEP_LINKING.items()
        for number, change in enumerate(changes)
    ],
)
def test_a_bad_deep_linking_request_is_reason_of(lms: Lms, change: Change) -> None:
    assert reason_of(lms.launch(change)) is R.BAD_CLAIM


def test_dl_no_sub_no_roles_valid(lms: Lms) -> None:
    assert isinstance(lms.launch(deep_linking()), NotYetAvailable)


def submission_review(for_user: object, line_item: str | None) -> Change:
    """A submission review request."""

    def change(claims: dict[str, Any]) -> None:
        claims[LTI + "message_type"] = "LtiSubmissionReviewRequest"
        claims[LTI + "for_user"] = for_user
        claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = {"lineitem": line_item}

    return change


@pytest.mark.parametrize("for_user", [None, {}, {"user_id": ""}, "learner-7", []])
def test_sr_no_for_user(lms: Lms, for_user: object) -> None:
    assert reason_of(lms.launch(submission_review(for_user, ISSUER + "/items/1"))) is R.BAD_CLAIM


def test_sr_no_lineitem(lms: Lms) -> None:
    assert reason_of(lms.launch(submission_review({"user_id": "7"}, None))) is R.BAD_CLAIM


def test_dp_has_context(lms: Lms) -> None:
    for name in ("LtiDataPrivacyLaunchRequest", "DataPrivacyLaunchRequest"):
        assert reason_of(lms.launch(with_claims(message_type=name))) is R.UNKNOWN_MESSAGE_TYPE
