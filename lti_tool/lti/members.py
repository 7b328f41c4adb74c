"""The members of a roster, one by one (LTI Names and Role Provisioning Services 2.0 section 2.2)."""

from dataclasses import dataclass, field
from enum import StrEnum

from lti_tool.lti import messages, roles
from lti_tool.lti.claims import Claims
from lti_tool.lti.refusals import Refusal, RefusalReason
from lti_tool.lti.roles import Role


class Status(StrEnum):
    """Whether somebody is in the course now."""

    ACTIVE = "Active"
    INACTIVE = "Inactive"
    DELETED = "Deleted"


@dataclass(frozen=True)
class Member:
    """Somebody in a course. locale: "nl", "en", or None for any other language."""

    sub: str = field(repr=False)
    roles: tuple[Role, ...]
    status: Status
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    locale: str | None


def read(entry: object) -> Member | None:
    """One member; None for who has no id. Raises Refusal for what is none.

    Its parts are read as those of a launch, which describes the same people.
    """
    if not isinstance(entry, dict):
        raise Refusal(RefusalReason.BAD_CLAIM, "a member must be an object")
    said = Claims(entry)
    if said.value("user_id") in (None, ""):
        return None
    held = said.texts("roles", RefusalReason.BAD_ROLES, messages.MOST_ROLES)
    return Member(
        sub=said.identifier("user_id", RefusalReason.BAD_SUBJECT),
        roles=tuple(roles.parse(text) for text in held if text.strip()),
        status=_status(said.value("status")),
        name=messages.read_name(said),
        email=messages.address(said.value("email")),
        locale=messages.language(said.value("locale")),
    )


def _status(value: object) -> Status:
    """Active when nothing is said. Raises Refusal for a word that is none of the three."""
    if value is None:
        return Status.ACTIVE
    word = value.rpartition("#")[2].capitalize() if isinstance(value, str) else ""
    if word not in set(Status):
        raise Refusal(RefusalReason.BAD_CLAIM, "status must be Active, Inactive or Deleted")
    return Status(word)


def merged(one: Member, other: Member) -> Member:
    """Somebody who is listed twice, as in two sections of a course: in it if one of the two says so."""
    if one.status is not other.status:
        return one if one.status is Status.ACTIVE else other
    return Member(
        sub=one.sub,
        roles=tuple(dict.fromkeys(one.roles + other.roles)),
        status=one.status,
        name=one.name or other.name,
        email=one.email or other.email,
        locale=one.locale or other.locale,
    )
