"""A submission review: somebody opens one person's work from the gradebook (Submission Review 1.0)."""

from lti_tool.lti import claims as names
from lti_tool.lti import messages, roles
from lti_tool.lti.claims import Claims
from lti_tool.lti.launches import SubmissionReview
from lti_tool.lti.messages import Expected
from lti_tool.lti.refusals import Refusal, RefusalReason


def read(claims: Claims, expected: Expected) -> SubmissionReview:
    """The review; raises Refusal, also for who may see nobody's work but their own.

    Who looks must be known, whatever the registration allows: there is a person behind every review.
    """
    sub = claims.identifier("sub", RefusalReason.BAD_SUBJECT)
    for_user = (claims.section(names.FOR_USER) or Claims({})).identifier("user_id", RefusalReason.BAD_CLAIM)
    held = messages.read_roles(claims)
    link = claims.section(names.RESOURCE_LINK, RefusalReason.BAD_RESOURCE_LINK)
    review = SubmissionReview(
        registration_id=expected.registration_id,
        deployment_id=messages.read_deployment(claims, expected),
        sub=sub,
        for_user=for_user,
        roles=held,
        name=messages.read_name(claims),
        email=messages.address(claims.value("email")),
        locale=messages.read_locale(claims),
        course=messages.read_course(claims),
        link_id=None if link is None else link.identifier("id", RefusalReason.BAD_RESOURCE_LINK),
        line_item=_line_item(claims),
        return_to=messages.read_way_back(claims, expected.site),
        nonce_hash=expected.nonce_hash,
    )
    messages.require_target(claims, expected.site)
    if sub != for_user and not roles.may_look(held):
        raise Refusal(RefusalReason.WORK_OF_SOMEBODY_ELSE)
    return review


def _line_item(claims: Claims) -> str:
    grades = messages.read_grades(claims)
    if grades is None or grades.line_item is None:
        raise Refusal(RefusalReason.BAD_CLAIM, "the line item is missing")
    return grades.line_item
