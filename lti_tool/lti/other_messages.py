"""Messages that the tool does not do yet: judged as strictly, answered with a page that says so."""

from lti_tool.lti import claims as names
from lti_tool.lti import messages, urls
from lti_tool.lti.claims import Claims
from lti_tool.lti.launches import MessageType
from lti_tool.lti.messages import Expected
from lti_tool.lti.refusals import Refusal, RefusalReason

MOST_ENTRIES = 50


def check(message_type: MessageType, claims: Claims, expected: Expected) -> None:
    """Raises Refusal for a message that is not sound."""
    if message_type is MessageType.DEEP_LINKING:
        _check_deep_linking(claims, expected)
    else:
        _check_submission_review(claims, expected)


def _check_deep_linking(claims: Claims, expected: Expected) -> None:
    """Deep Linking 2.0 section 4.4: who, as what and for which target may all be left out."""
    settings = claims.section(names.DEEP_LINKING)
    if settings is None:
        raise Refusal(RefusalReason.BAD_CLAIM, "deep_linking_settings is missing")
    return_url = urls.read(settings.value("deep_link_return_url"))
    if return_url is None or not urls.is_allowed(return_url, local=expected.site.local):
        raise Refusal(RefusalReason.BAD_CLAIM, "deep_link_return_url is no URL of a platform")
    for name in ("accept_types", "accept_presentation_document_targets"):
        if not settings.texts(name, RefusalReason.BAD_CLAIM, MOST_ENTRIES):
            raise Refusal(RefusalReason.BAD_CLAIM, f"{name} is empty")
    _check_what_is_there(claims, expected)


def _check_what_is_there(claims: Claims, expected: Expected) -> None:
    messages.read_subject(claims, allow_anonymous=True)
    messages.read_course(claims)
    if claims.value(names.ROLES) is not None:
        messages.read_roles(claims)
    if claims.value(names.TARGET_LINK_URI) is not None:
        messages.read_target(claims, expected.site)


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
