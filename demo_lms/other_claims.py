"""Claims of launches that differ from that of an activity: a review, a question about data, a guest."""

from datetime import datetime
from typing import Any

from demo_lms import claims
from demo_lms.habits import Habits
from demo_lms.openings import Opening
from demo_lms.people import Role
from demo_lms.registration import Registration
from demo_lms.vocabulary import (
    DEPLOYMENT_ID,
    EXT,
    FOR_USER,
    LAUNCH_PRESENTATION,
    LIS,
    MESSAGE_TYPE,
    ROLES,
    SYSTEM_ROLE,
    TARGET_LINK_URI,
    TOOL_PLATFORM,
    VERSION,
)

OF_A_PERSON = ("sub", "name", "given_name", "family_name", "email", LIS, EXT)


def of_a_review(activity: dict[str, Any], for_user: str) -> dict[str, Any]:
    """A submission review: the launch of the activity, about one person (Submission Review 1.0)."""
    return activity | {MESSAGE_TYPE: "LtiSubmissionReviewRequest", FOR_USER: {"user_id": for_user}}


def of_a_guest(activity: dict[str, Any]) -> dict[str, Any]:
    """A launch that says nothing of who it is (LTI Core 1.3 section 5.3.6.1)."""
    return {name: value for name, value in activity.items() if name not in OF_A_PERSON}


def about_data(
    opening: Opening, registration: Registration, nonce: str, habits: Habits, now: datetime
) -> dict[str, Any]:
    """A data privacy launch: of the LMS itself, so without course, activity or services."""
    runs_it = opening.person.role is Role.ADMINISTRATOR
    said: dict[str, Any] = {
        "nonce": nonce,
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + claims.LIFE,
        "iss": registration.issuer,
        "aud": registration.client_id,
        "sub": opening.person.id,
        DEPLOYMENT_ID: opening.deployment_id,
        TARGET_LINK_URI: registration.launch_url,
        MESSAGE_TYPE: "LtiDataPrivacyLaunchRequest",
        VERSION: "1.3.0",
        ROLES: [SYSTEM_ROLE + Role.ADMINISTRATOR] if runs_it else [],
        LAUNCH_PRESENTATION: {
            "locale": opening.person.locale,
            "return_url": f"{registration.issuer}/privacy",
        },
        TOOL_PLATFORM: claims.platform(habits),
    }
    return said | ({FOR_USER: {"user_id": opening.for_user}} if opening.for_user else {})
