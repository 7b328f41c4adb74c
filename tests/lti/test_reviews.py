"""Submission reviews: whose work, of which column, and who may ask."""

from dataclasses import replace

from lti_tool.lti.launches import SubmissionReview
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import ISSUER, MEMBERSHIP, Lms, reason_of, with_claims, without
from tests.web.cases.messages import submission_review

R = RefusalReason
COLUMN = ISSUER + "/items/1"
TRAINER = [MEMBERSHIP + "#Instructor"]


def test_a_review_says_who_looks_at_whose_work_in_which_column(lms: Lms) -> None:
    outcome = lms.launch(submission_review({"user_id": "learner-9"}, COLUMN), with_claims(roles=TRAINER))

    assert isinstance(outcome, SubmissionReview)
    assert (outcome.sub, outcome.for_user, outcome.line_item) == ("learner-7", "learner-9", COLUMN)
    assert (outcome.link_id, outcome.course.context_id) == ("link-1", "course-1")


def test_a_column_may_belong_to_no_link(lms: Lms) -> None:
    change = submission_review({"user_id": "learner-7"}, COLUMN)

    outcome = lms.launch(change, without("resource_link"))

    assert isinstance(outcome, SubmissionReview)
    assert (outcome.link_id, outcome.is_own) == (None, True)


def test_nobody_in_particular_looks_at_nobodys_work_whatever_the_registration_allows(lms: Lms) -> None:
    lms.store.registrations.known[:] = [replace(lms.registration, allow_anonymous=True)]

    outcome = lms.launch(submission_review({"user_id": "7"}, COLUMN), without("sub"))

    assert reason_of(outcome) is R.BAD_SUBJECT
