"""Roles as launches and rosters write them (LTI Core 1.3 appendix A.2)."""

from demo_lms.habits import Habits
from demo_lms.people import Role
from demo_lms.vocabulary import MEMBERSHIP, MEMBERSHIP_ROLE, SYSTEM_ROLE

MAY_LOOK = frozenset({Role.ASSISTANT, Role.GRADER})
"""Who is beside the teacher of a course, and edits nothing."""


def in_launch(role: Role, habits: Habits) -> list[str]:
    """The `roles` claim of somebody. An assistant is a kind of instructor (A.2.3.2); an administrator of
    the LMS has no part in the course.
    """
    if role is Role.ADMINISTRATOR:
        return [SYSTEM_ROLE + role]
    if role not in MAY_LOOK:
        return [MEMBERSHIP_ROLE + role]
    if habits.demotes_assistants:
        return [MEMBERSHIP_ROLE + Role.INSTRUCTOR]
    principal = Role.INSTRUCTOR.lower() if habits.full_roles else str(Role.INSTRUCTOR)
    return [MEMBERSHIP_ROLE + Role.INSTRUCTOR, f"{MEMBERSHIP}/{principal}#{role}"]


def in_roster(role: Role, habits: Habits) -> list[str]:
    """The roles of a member, by their short names where there is one."""
    if role in MAY_LOOK and habits.demotes_assistants:
        return [str(Role.LEARNER)]
    if role in MAY_LOOK or habits.full_roles:
        return in_launch(role, habits)
    return [str(role)]
