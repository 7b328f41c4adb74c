"""What a list of the people of a course covers, and so what its silence about somebody means."""

from enum import StrEnum


class Extent(StrEnum):
    """How much of a roster was told."""

    WHOLE = "whole"  # who is not on it is not in the course
    PART = "part"  # too long, or with people whom nobody can tell apart: it says nothing about others
    CHANGES = "changes"  # who came, left or changed since the last time
