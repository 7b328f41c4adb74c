"""Claims: what the LMS says in an id_token, in the shape of a Moodle 4.5 launch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from demo_lms import endpoints, roles
from demo_lms.courses import Course
from demo_lms.habits import STRICT, Habits
from demo_lms.openings import Opening
from demo_lms.people import Person
from demo_lms.registration import Registration
from demo_lms.vocabulary import (
    AGS_ENDPOINT,
    AGS_SCOPES,
    CONTEXT,
    CONTEXT_COPY,
    CUSTOM,
    DEEP_LINKING,
    DEPLOYMENT_ID,
    EXT,
    LAUNCH_PRESENTATION,
    LIS,
    MESSAGE_TYPE,
    NOTIFICATIONS,
    NRPS_SERVICE,
    RESOURCE_LINK,
    ROLES,
    TARGET_LINK_URI,
    TOOL_PLATFORM,
    VERSION,
    Scope,
)

LIFE = 60
"""Seconds that an id_token lives, as in Moodle."""

TIME_ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Message:
    """What one launch is about.

    nonce: the tool's own, handed back unaltered.
    session_key: the secret of this sign-in, which Moodle puts in `return_url`: a tool may not keep it.
    line_item_id: the gradebook column of the activity; None when it has none.
    habits: those of the kind of LMS that it is now.
    """

    opening: Opening
    course: Course
    nonce: str
    session_key: str
    line_item_id: str | None
    habits: Habits = STRICT


def written(message: Message, registration: Registration, now: datetime) -> dict[str, Any]:
    """All claims of a launch (LTI Core 1.3 section 5.3 and 5.4)."""
    opening = message.opening
    return {
        "nonce": message.nonce,
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + LIFE,
        "iss": registration.issuer,
        "aud": registration.client_id,
        "sub": opening.person.id,
        DEPLOYMENT_ID: opening.deployment_id,
        TARGET_LINK_URI: registration.launch_url,
        VERSION: "1.3.0",
        ROLES: roles.in_launch(opening.person.role, message.habits),
        CONTEXT: {
            "id": message.course.id,
            "label": message.course.label,
            "title": message.course.title,
            "type": ["CourseSection"],
        },
        **_about(opening.person, registration),
        LIS: {
            "person_sourcedid": f"P-{opening.person.id}",
            "course_section_sourcedid": message.course.label,
        },
        LAUNCH_PRESENTATION: _presentation(message, registration),
        TOOL_PLATFORM: platform(message.habits),
        **_grade_services(message, registration),
        **_roster_service(message, registration),
        **_notice_service(message, registration),
        CUSTOM: _custom(message, registration),
        **_asked(message, registration),
    }


def _asked(message: Message, registration: Registration) -> dict[str, Any]:
    """Which message it is: somebody opens a link, or adds one to the course (Deep Linking 2.0, 4.4)."""
    opening = message.opening
    if opening.content is not None:
        settings = opening.content.settings(registration, message.session_key)
        return {MESSAGE_TYPE: "LtiDeepLinkingRequest", DEEP_LINKING + "deep_linking_settings": settings}
    link = {
        "id": opening.link.id,
        "title": opening.link.title,
        "description": opening.link.description,
    }
    return {MESSAGE_TYPE: "LtiResourceLinkRequest", RESOURCE_LINK: link}


def platform(habits: Habits = STRICT) -> dict[str, str]:
    """The `tool_platform` claim (LTI Core 1.3 section 5.4.2)."""
    return {
        "product_family_code": habits.family,
        "version": "1",
        "guid": "0b9f6c4f3a7d4d0e8c52",
        "name": "Leerhuis Waterhoven",
        "description": "Leeromgeving van een verzonnen gemeente",
    }


def _about(person: Person, registration: Registration) -> dict[str, Any]:
    """Name and address if the tool asked; a claim without a value is left out (OpenID Connect Core 5.1)."""
    claims: dict[str, Any] = {EXT: {"user_username": person.username, "lms": "leerhuis"}}
    if registration.claims & {"name", "given_name", "family_name"}:  # for any of the three, as in Moodle
        claims |= {"given_name": person.given_name, "family_name": person.family_name, "name": person.name}
    if "email" in registration.claims and person.email:
        claims["email"] = person.email
    return claims


def _presentation(message: Message, registration: Registration) -> dict[str, str]:
    opening = message.opening
    # A tool may drop the query, since it holds a secret. So the course stands in the path.
    course = f"{registration.issuer}/courses/{message.course.id}"
    query = f"instanceid={opening.link.id}&sesskey={message.session_key}"
    return {
        "locale": opening.person.locale,
        "document_target": opening.target,
        "return_url": f"{course}/return?{query}",
    }


def _grade_services(message: Message, registration: Registration) -> dict[str, Any]:
    """The AGS claim (AGS 2.0 section 3.1): `lineitem` only when the activity has exactly one column."""
    scopes = [str(scope) for scope in AGS_SCOPES if scope in registration.scopes]
    if not scopes:
        return {}
    place = registration, message.course.id
    deployment_id = message.opening.deployment_id
    claim: dict[str, Any] = {"scope": scopes, "lineitems": endpoints.line_items(*place, deployment_id)}
    if message.line_item_id is not None:
        claim["lineitem"] = endpoints.line_item(*place, message.line_item_id, deployment_id)
    return {AGS_ENDPOINT: claim}


def _roster_service(message: Message, registration: Registration) -> dict[str, Any]:
    """The NRPS claim (NRPS 2.0 section 3.6.1.1)."""
    if Scope.ROSTER not in registration.scopes:
        return {}
    url = endpoints.roster(registration, message.course.id, message.opening.deployment_id)
    return {NRPS_SERVICE: {"context_memberships_url": url, "service_versions": ["1.0", "2.0"]}}


def _notice_service(message: Message, registration: Registration) -> dict[str, Any]:
    """The claim of the Platform Notification Service 1.0."""
    if Scope.NOTICES not in registration.scopes:
        return {}
    url = endpoints.notice_handlers(registration, message.opening.deployment_id)
    service = {
        "service_versions": ["1.0"],
        "platform_notification_service_url": url,
        "scope": [str(Scope.NOTICES)],
        "notice_types_supported": [CONTEXT_COPY],
    }
    return {NOTIFICATIONS: service}


def _custom(message: Message, registration: Registration) -> dict[str, str]:
    """The custom claim (LTI Core 1.3 section 5.4.6): what is unknown stays as it was written."""
    known = _variables(message)
    asked = {name: known.get(variable, variable) for name, variable in registration.custom.items()}
    memberships = endpoints.roster(registration, message.course.id, message.opening.deployment_id)
    # Moodle repeats its service addresses here, one of them with a placeholder that it never fills in.
    return {**message.opening.link.custom, **asked} | {
        "context_memberships_url": memberships,
        "link_setting_url": f"{registration.issuer}/services/links/{{link_id}}/custom",
    }


def _variables(message: Message) -> Mapping[str, str]:
    """Substitution variables (LTI Core 1.3 appendix B); an empty string means "there is none"."""
    course = message.course
    begin = datetime.combine(course.meetings[0], time(9), TIME_ZONE)
    end = datetime.combine(course.meetings[-1], time(17), TIME_ZONE)
    return {
        "$Context.id.history": ",".join(course.history),
        "$ResourceLink.id.history": ",".join(message.opening.link.history),
        "$CourseSection.timeFrame.begin": begin.isoformat(),
        "$CourseSection.timeFrame.end": end.isoformat(),
        "$Person.address.timezone": str(TIME_ZONE),
    }
