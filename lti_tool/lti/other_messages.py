"""Messages that the tool does not do yet: judged as strictly, answered with a page that says so."""

from lti_tool.lti import claims as names
from lti_tool.lti import messages
from lti_tool.lti.claims import Claims
from lti_tool.lti.messages import Expected
from lti_tool.lti.refusals import Refusal, RefusalReason


def check(claims: Claims, expected: Expected) -> None:
    """Raises Refusal for a message that is not sound."""
    _check_submission_review(claims, expected)


def _check_submission_review(claims: Claims, expected: Expected) -> None:
    """Submission Review 1.0: whose work, and of which column."""
    messages.read_subject(claims, allow_anonymous=expected.allow_anonymous)
    messages.read_roles(claims)
    messages.read_course(claims)
    messages.read_target(claims, expected.site)
    grades = messages.read_grades(claims)
    if grades is None or grades.line_item is None:
        raise Refusal(RefusalReason.BAD_CLAIM, "the line item is missing")
    for_user = claims.section(names.FOR_USER) or Claims({})
    for_user.identifier("user_id", RefusalReason.BAD_CLAIM)
