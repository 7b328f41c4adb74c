"""From claims to a `Launch` (LTI Core 1.3 section 5.3 and 5.4, AGS 2.0 3.1, NRPS 2.0 3.6)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import available_timezones

from babel.core import get_global

from lti_tool.lti import claims as names
from lti_tool.lti import platform_links, roles, tool_configuration
from lti_tool.lti.claims import Claims
from lti_tool.lti.launches import (
    CONTEXT_COPY,
    NOTICES_SCOPE,
    Course,
    Grades,
    Launch,
    Link,
    MessageType,
)
from lti_tool.lti.refusals import Refusal, RefusalReason
from lti_tool.lti.roles import Role
from lti_tool.lti.site import Site

LTI_VERSION = "1.3.0"
MOST_ROLES = 200
MOST_SCOPES = 50
MOST_CUSTOM = 100
LONGEST_CUSTOM = 4096
LONGEST_EMAIL = 254

TIME_ZONE_NAMES = (tool_configuration.TIME_ZONE, "timezone", "user_tz")
"""Custom parameters that carry `$Person.address.timezone`; the first is the one that we ask for."""

_TIME_ZONES = frozenset(available_timezones())
_WINDOWS_ZONES: Mapping[str, str] = get_global("windows_zone_mapping")
"""By their names in Windows, as CLDR pairs them."""
_EMAIL = re.compile(r"[^@\s<>\",;:\\]+@[^@\s<>\",;:\\]+")
_UNSUBSTITUTED = re.compile(r"\$[A-Za-z][\w.]*")


@dataclass(frozen=True)
class Expected:
    """What a message must fit. deployment_id: as the login said, None when it did not."""

    site: Site
    registration_id: UUID
    deployment_id: str | None
    allow_anonymous: bool
    nonce_hash: str


def read_type(claims: Claims) -> MessageType:
    """Which message this is; raises Refusal for one that no tool or this tool does not know."""
    if claims.value(names.VERSION) != LTI_VERSION:
        raise Refusal(RefusalReason.WRONG_VERSION)
    value = claims.value(names.MESSAGE_TYPE)
    if value is None:
        raise Refusal(RefusalReason.MISSING_MESSAGE_TYPE)
    if not isinstance(value, str) or value not in set(MessageType):
        raise Refusal(RefusalReason.UNKNOWN_MESSAGE_TYPE)
    return MessageType(value)


def read_deployment(claims: Claims, expected: Expected) -> str:
    """The deployment, the same as at the login (LTI Core 1.3 section 4.1.2)."""
    deployment_id = claims.identifier(names.DEPLOYMENT_ID, RefusalReason.BAD_DEPLOYMENT)
    if expected.deployment_id not in (None, deployment_id):
        raise Refusal(RefusalReason.OTHER_DEPLOYMENT)
    return deployment_id


def read_launch(claims: Claims, expected: Expected) -> Launch:
    """The launch of a resource link; raises Refusal."""
    require_target(claims, expected.site)
    presentation = claims.section(names.LAUNCH_PRESENTATION) or Claims({})
    custom = read_custom(claims)
    grades = read_grades(claims)
    roster = read_roster(claims)
    addresses = _addresses(presentation.value("return_url"), grades, roster)
    return Launch(
        registration_id=expected.registration_id,
        deployment_id=read_deployment(claims, expected),
        sub=read_subject(claims, allow_anonymous=expected.allow_anonymous),
        roles=read_roles(claims),
        name=read_name(claims),
        email=address(claims.value("email")),
        locale=read_locale(claims),
        time_zone=_time_zone(custom, claims),
        course=read_course(claims),
        link=read_link(claims),
        custom=custom,
        grades=grades,
        roster=roster,
        notices=_notices(claims),
        return_to=read_way_back(claims, expected.site),
        frame_origins=platform_links.origins(addresses, local=expected.site.local),
        product_family=_product_family(claims),
        nonce_hash=expected.nonce_hash,
    )


def require_target(claims: Claims, site: Site) -> None:
    """Raises Refusal unless the page that the link asks for is the tool's own."""
    if not site.owns(claims.value(names.TARGET_LINK_URI)):
        raise Refusal(RefusalReason.BAD_TARGET, "target_link_uri is missing, or not of this tool")


def read_subject(claims: Claims, *, allow_anonymous: bool) -> str | None:
    """Who launched."""
    if claims.value("sub") is None and allow_anonymous:
        return None
    return claims.identifier("sub", RefusalReason.BAD_SUBJECT)


def read_name(claims: Claims) -> str | None:
    """Who it is for people's eyes: the name in one, else its parts (OpenID Connect Core 1.0 section 5.1)."""
    parts = (claims.wording("given_name"), claims.wording("family_name"))
    return claims.wording("name") or " ".join(part for part in parts if part) or None


def read_roles(claims: Claims) -> tuple[Role, ...]:
    """The roles; a list of none, or of one empty text, is valid (certification: "no role")."""
    found = claims.texts(names.ROLES, RefusalReason.BAD_ROLES, MOST_ROLES)
    return tuple(roles.parse(text) for text in found if text.strip())


def read_course(claims: Claims) -> Course:
    """The context, which may be absent, but not without an id."""
    context = claims.section(names.CONTEXT, RefusalReason.BAD_CONTEXT)
    if context is None:
        return Course(None, None, None)
    context_id = context.identifier("id", RefusalReason.BAD_CONTEXT)
    return Course(context_id, context.wording("title"), context.wording("label"))


def read_link(claims: Claims) -> Link:
    """The resource link."""
    link = claims.section(names.RESOURCE_LINK, RefusalReason.BAD_RESOURCE_LINK) or Claims({})
    return Link(link.identifier("id", RefusalReason.BAD_RESOURCE_LINK), link.wording("title"))


def read_custom(claims: Claims) -> dict[str, str]:
    """Custom parameters that carry something: not empty, and not a variable the platform does not know."""
    custom = claims.section(names.CUSTOM) or Claims({})
    scalars = custom.scalars(MOST_CUSTOM, LONGEST_CUSTOM)
    return {name: text for name, text in scalars.items() if not _UNSUBSTITUTED.fullmatch(text)}


def require_themselves(claims: Claims) -> None:
    """Raises Refusal where somebody uses the platform as another person, as an administrator may.

    What people write is for themselves. A platform that does not know `$ActualUser.id` tells nothing of it
    (LTI Core 1.3 appendix B).
    """
    custom = read_custom(claims)
    user, actual = (custom.get(name) for name in (tool_configuration.USER, tool_configuration.ACTUAL_USER))
    if user and actual and user != actual:
        raise Refusal(RefusalReason.ACTS_AS_SOMEBODY_ELSE)


def read_grades(claims: Claims) -> Grades | None:
    """The grade services that this launch offers."""
    endpoint = claims.section(names.GRADES)
    if endpoint is None:
        return None
    absent = endpoint.value("scope") is None
    scopes = () if absent else endpoint.texts("scope", RefusalReason.BAD_CLAIM, MOST_SCOPES)
    return Grades(
        line_item=platform_links.service(endpoint.value("lineitem")),
        line_items=platform_links.service(endpoint.value("lineitems")),
        scopes=frozenset(scopes),
    )


def read_way_back(claims: Claims, site: Site) -> str | None:
    """Where "back to the course" leads."""
    presentation = claims.section(names.LAUNCH_PRESENTATION) or Claims({})
    return platform_links.way_back(
        presentation.value("return_url"), _product_family(claims), local=site.local
    )


def read_locale(claims: Claims) -> str | None:
    """The language that the platform shows, else the one of the person; None for any other than ours."""
    presentation = claims.section(names.LAUNCH_PRESENTATION) or Claims({})
    return language(presentation.value("locale")) or language(claims.value("locale"))


def language(tag: object) -> str | None:
    """The language of the tool that a BCP 47 tag asks for, also when written as nl_NL."""
    if not isinstance(tag, str):
        return None
    primary = tag.strip().replace("_", "-").split("-")[0].lower()
    return primary if primary in {"nl", "en"} else None


def address(value: object) -> str | None:
    """An address that a letter could go to; checked when it is confirmed, not here."""
    if not isinstance(value, str) or len(value) > LONGEST_EMAIL or not names.is_clean(value):
        return None
    return value if _EMAIL.fullmatch(value) else None


def read_roster(claims: Claims) -> str | None:
    """Where the names and roles of the course are."""
    roster = claims.section(names.ROSTER)
    return None if roster is None else platform_links.service(roster.value("context_memberships_url"))


def _notices(claims: Claims) -> str | None:
    """Where to ask for notices of copied courses, when the platform sends those."""
    offered = claims.section(names.NOTIFICATIONS) or Claims({})
    kinds, scopes = offered.value("notice_types_supported"), offered.value("scope")
    is_offered = isinstance(kinds, list) and CONTEXT_COPY in kinds
    is_allowed = isinstance(scopes, list) and NOTICES_SCOPE in scopes
    url = platform_links.service(offered.value("platform_notification_service_url"))
    return url if is_offered and is_allowed else None


def _product_family(claims: Claims) -> str | None:
    platform = claims.section(names.TOOL_PLATFORM) or Claims({})
    family = platform.wording("product_family_code")
    return None if family is None else family.lower()


def _time_zone(custom: dict[str, str], claims: Claims) -> str | None:
    """The person's zone, by its IANA or Windows name (itslearning). Moodle may say "99": that is none."""
    said = [custom.get(name) for name in TIME_ZONE_NAMES] + [claims.value("zoneinfo")]
    zones = (_WINDOWS_ZONES.get(zone, zone) for zone in said if isinstance(zone, str))
    return next((zone for zone in zones if zone in _TIME_ZONES), None)


def _addresses(return_url: object, grades: Grades | None, roster: str | None) -> list[object]:
    of_grades = [] if grades is None else [grades.line_item, grades.line_items]
    return [return_url, roster, *of_grades]
