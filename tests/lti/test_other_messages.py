"""Messages that the tool does not do yet: sound ones get a page that says so, bad ones are refused."""

from typing import Any

import pytest

from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import ISSUER, LTI, Change, Lms, reason_of, with_claims

R = RefusalReason


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
