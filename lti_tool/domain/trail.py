"""The audit trail: who looked at or changed what, and when. No words, no names, no addresses: ids only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Actor(StrEnum):
    """As what somebody did something."""

    PERSON = "person"  # who launched
    ADVISER = "adviser"
    ADMINISTRATOR = "administrator"  # of the LMS, who asked about somebody's data
    PROGRAM = "program"  # with a key of an organisation
    LINK = "link"  # whoever holds the link of a letter, or an invite to register
    OPERATOR = "operator"  # at the shell
    ROUND = "round"  # the tool by itself


@dataclass(frozen=True)
class Line:
    """One thing that was done, or was tried: it is written down before, or with, what it tells of.

    at: real clock. act: what, like "exported", or the words of a command. actor_id, about_id: of whose row it
    was, random; once that row is gone, nothing leads from them to anybody. organisation_id: None for all.
    """

    at: datetime
    act: str
    actor: Actor
    organisation_id: UUID | None = None
    actor_id: UUID | None = None
    about_id: UUID | None = None
