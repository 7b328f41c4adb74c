"""What the roles of a launch allow (LTI Core 1.3 appendix A.2).

Only roles in the course decide who teaches and who learns. Anything unknown allows nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.models import courses


class Kind(StrEnum):
    """Where a role holds."""

    CONTEXT = "context"
    INSTITUTION = "institution"
    SYSTEM = "system"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Role:
    """One role. principal, sub: lower case; sub is the finer kind of the principal role, or None."""

    kind: Kind
    principal: str = ""
    sub: str | None = None


_URI = re.compile(
    r"https?://purl\.imsglobal\.org/vocab/(?:lis/v2|lti)/(?P<path>[a-z]+(?:/[a-z]+)*)#(?P<name>[a-z]+)"
)
_URN = re.compile(r"urn:lti:(?P<path>role|instrole|sysrole):ims/lis/(?P<name>[a-z]+)(?:/(?P<sub>[a-z]+))?")
_SHORT = {
    "administrator", "contentdeveloper", "instructor", "learner", "manager", "member", "mentor", "officer",
}  # fmt: skip
_KINDS = {
    "institution/person": Kind.INSTITUTION,
    "person": Kind.INSTITUTION,  # Moodle's own spelling
    "system/person": Kind.SYSTEM,
    "role": Kind.CONTEXT,
    "instrole": Kind.INSTITUTION,
    "sysrole": Kind.SYSTEM,
}

_TEACHES = {"lecturer", "primaryinstructor", "secondaryinstructor", "guestinstructor", "externalinstructor"}
_ASSISTS = {
    "teachingassistant", "teachingassistantgroup", "teachingassistantoffering", "teachingassistantsection",
    "teachingassistantsectionassociation", "teachingassistanttemplate", "grader",
}  # fmt: skip
_EDITS = {"administrator", "contentdeveloper", "manager"}
_ADMINISTERS = {"administrator", "sysadmin"}


def parse(text: str) -> Role:
    """A role from its URI, its LTI 1.1 URN or its short name; case does not count (Canvas varies it)."""
    lowered = text.strip().lower()
    if lowered in _SHORT:
        return Role(Kind.CONTEXT, lowered)
    urn = _URN.fullmatch(lowered)
    if urn is not None:
        return Role(_KINDS[urn["path"]], urn["name"], urn["sub"])
    uri = _URI.fullmatch(lowered)
    return _from_uri(uri["path"], uri["name"]) if uri is not None else Role(Kind.UNKNOWN)


def _from_uri(path: str, name: str) -> Role:
    """`membership#Learner` is a role; in `membership/Learner#Instructor`, a learner's, it is the sub-role."""
    if path == "membership":
        return Role(Kind.CONTEXT, name)
    if path.startswith("membership/"):
        return Role(Kind.CONTEXT, path.removeprefix("membership/"), name)
    return Role(_KINDS.get(path, Kind.UNKNOWN), name)


def is_trainer(roles: Iterable[Role]) -> bool:
    """Whether somebody teaches the course. An assistant is said to be an instructor too, and is not."""
    subs = {role.sub for role in _of_instructors(roles)}
    return bool(subs & _TEACHES) or (None in subs and not subs & _ASSISTS)


def may_look(roles: Iterable[Role]) -> bool:
    """Whether somebody may see what a trainer sees: trainers, assistants, and unknown kinds of instructor."""
    return any(True for _ in _of_instructors(roles))


def is_learner(roles: Iterable[Role]) -> bool:
    """Whether somebody learns in the course. A mentor, who watches a learner, does not."""
    return any(role.kind is Kind.CONTEXT and role.principal == "learner" for role in roles)


def may_edit(roles: Iterable[Role]) -> bool:
    """Whether somebody may change what is in the course. Only who has no role there, as LMS
    administrators have none in Moodle, may do so by a role elsewhere.
    """
    held = tuple(roles)
    here = {role.principal for role in held if role.kind is Kind.CONTEXT}
    return is_trainer(held) or bool(here & _EDITS) or (not here and is_administrator(held))


def in_course(roles: Iterable[Role]) -> courses.Role:
    """What somebody is in the course; who teaches and learns is a trainer.

    An administrator is one only without a part of their own: Moodle's site administrators may teach too.
    """
    held = tuple(roles)
    if is_trainer(held):
        return courses.Role.TRAINER
    if may_look(held):
        return courses.Role.LOOKER
    if is_learner(held):
        return courses.Role.LEARNER
    has_part = any(role.kind is Kind.CONTEXT and role.principal not in _ADMINISTERS for role in held)
    if is_administrator(held) and not has_part:
        return courses.Role.ADMINISTRATOR
    return courses.Role.NONE


def is_administrator(roles: Iterable[Role]) -> bool:
    """Whether somebody runs the platform or the institution's part of it. It opens nobody's words."""
    return any(
        role.kind in {Kind.INSTITUTION, Kind.SYSTEM} and role.principal in _ADMINISTERS for role in roles
    )


def is_test_person(roles: Iterable[Role]) -> bool:
    """Whether this is nobody: the platform's pretended student."""
    return any(role.kind is Kind.SYSTEM and role.principal == "testuser" for role in roles)


def _of_instructors(roles: Iterable[Role]) -> list[Role]:
    return [role for role in roles if role.kind is Kind.CONTEXT and role.principal == "instructor"]
