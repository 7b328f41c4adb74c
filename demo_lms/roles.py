"""Roles as launches and rosters write them (LTI Core 1.3 appendix A.2)."""

from demo_lms.habits import Habits
from demo_lms.people import Role
from demo_lms.vocabulary import MEMBERSHIP, MEMBERSHIP_ROLE


def in_launch(role: Role, habits: Habits) -> list[str]:
    """The `roles` claim of somebody. An assistant is a kind of instructor (A.2.3.2)."""
    if role is not Role.ASSISTANT:
        return [MEMBERSHIP_ROLE + role]
    if habits.demotes_assistants:
        return [MEMBERSHIP_ROLE + Role.INSTRUCTOR]
    principal = Role.INSTRUCTOR.lower() if habits.full_roles else str(Role.INSTRUCTOR)
    return [MEMBERSHIP_ROLE + Role.INSTRUCTOR, f"{MEMBERSHIP}/{principal}#{role}"]


def in_roster(role: Role, habits: Habits) -> list[str]:
    """The roles of a member, by their short names where there is one."""
    if role is Role.ASSISTANT and habits.demotes_assistants:
        return [str(Role.LEARNER)]
    if role is Role.ASSISTANT or habits.full_roles:
        return in_launch(role, habits)
    return [str(role)]
