"""The people of the demo. All of them are invented."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in every course, in the short words of the roster (LTI Core 1.3 appendix A.2.3)."""

    LEARNER = "Learner"
    INSTRUCTOR = "Instructor"
    ASSISTANT = "TeachingAssistant"
    GRADER = "Grader"  # a teacher who may look and mark, and not edit
    ADMINISTRATOR = "Administrator"  # of the LMS: a member of no course


@dataclass(frozen=True)
class Person:
    """Somebody with an account.

    id: the `sub` of every launch; it says nothing about the person.
    username: a short name for tests and addresses.
    email: None for somebody without an address; the LMS then leaves the claim out.
    locale: language tag of the person's own setting.
    """

    id: str
    username: str
    given_name: str
    family_name: str
    email: str | None
    role: Role = Role.LEARNER
    locale: str = "nl"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


PEOPLE = (
    Person("1041", "sanne", "Sanne", "de Wit", "sanne.dewit@gemeente.example"),
    Person("1042", "youssef", "Youssef", "el Haddad", "youssef.elhaddad@gemeente.example"),
    Person("1043", "marloes", "Marloes", "Hendriks", None),
    Person("1044", "tjerk", "Tjerk", "Hoekstra", "tjerk.hoekstra@gemeente.example"),
    Person("1045", "emma", "Emma", "Verbeek", "emma.verbeek@gemeente.example", locale="en"),
    Person("1007", "ineke", "Ineke", "van Dalen", "ineke.vandalen@gemeente.example", Role.INSTRUCTOR),
    Person("1008", "noor", "Noor", "Bakker", "noor.bakker@gemeente.example", Role.ASSISTANT),
    Person("1009", "ravi", "Ravi", "Jansen", "ravi.jansen@gemeente.example", Role.GRADER, locale="en"),
    Person("1001", "beheer", "Beheer", "Leerhuis", None, Role.ADMINISTRATOR),
)
