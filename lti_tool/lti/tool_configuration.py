"""What the tool asks of every platform, wherever it is written down: registration, Canvas, launches."""

from collections.abc import Mapping
from types import MappingProxyType

from lti_tool.lti import urls
from lti_tool.lti.launches import (
    LINE_ITEM_READ_SCOPE,
    LINE_ITEM_SCOPE,
    NOTICES_SCOPE,
    ROSTER_SCOPE,
    SCORE_SCOPE,
    MessageType,
)
from lti_tool.lti.site import Site

NAME = "Beklijf"
DESCRIPTION = "Looking back before, during and after a training, and a few reminders afterwards."

SCOPES = (SCORE_SCOPE, LINE_ITEM_SCOPE, LINE_ITEM_READ_SCOPE, ROSTER_SCOPE)
"""Scores say "completed". Columns: made for an activity that has none, and looked for first, since a copied
course brings them along; Moodle wants the reading scope beside the writing one. The roster: who never
launched hears of a training too."""

EXTRA_SCOPES = (NOTICES_SCOPE,)
"""Asked of platforms that say they have them: when a course was copied, before anybody opens the copy."""

CLAIMS = ("iss", "sub", "name", "email")
"""The least: Moodle sends a name for any of its claims, and no address without `email`."""

PRIVACY_MESSAGES = (MessageType.DATA_PRIVACY.value, MessageType.DATA_PRIVACY_FORMERLY.value)
"""Two names of one message; a platform that does it lists the one that it knows."""

TIME_ZONE = "time_zone"
USER = "user_id"
ACTUAL_USER = "actual_user_id"

CUSTOM: Mapping[str, str] = MappingProxyType(
    {
        TIME_ZONE: "$Person.address.timezone",
        USER: "$User.id",
        ACTUAL_USER: "$ActualUser.id",
        "context_history": "$Context.id.history",
        "link_history": "$ResourceLink.id.history",
        "course_begin": "$CourseSection.timeFrame.begin",
        "course_end": "$CourseSection.timeFrame.end",
        "available_from": "$ResourceLink.available.startDateTime",
        "available_until": "$ResourceLink.available.endDateTime",
        "submission_from": "$ResourceLink.submission.startDateTime",
        "submission_until": "$ResourceLink.submission.endDateTime",
    }
)
"""Custom parameters and the variables that fill them (LTI Core 1.3 appendix B).

In lower case: Moodle sends any other name twice. A variable that a platform does not know comes back as
it was written, and is then no value (`messages.read_custom`).
"""

REQUIRED_MESSAGE = MessageType.RESOURCE_LINK.value
USUAL_MESSAGES = (REQUIRED_MESSAGE, MessageType.DEEP_LINKING.value)
"""What every LMS knows, whether it lists its messages or not."""

MESSAGES = (*USUAL_MESSAGES, MessageType.SUBMISSION_REVIEW.value)

PLACEMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {MessageType.DEEP_LINKING.value: ("ContentArea", "link_selection", "assignment_selection")}
)
"""Where a platform that lists its places may show a message: where content is chosen, nowhere else."""


def login_url(site: Site) -> str:
    """Where a platform begins a login."""
    return site.base_url.rstrip("/") + "/lti/login"


def key_set_url(site: Site) -> str:
    """Where the public keys of the tool are."""
    return site.base_url.rstrip("/") + "/lti/jwks.json"


def domain(site: Site) -> str:
    """Host and port: Moodle refuses a domain without the port that `target_link_uri` has."""
    url = urls.read(site.base_url)
    return "" if url is None else url.authority
