"""How a training is followed, and with that where T0 of its people comes from."""

from enum import StrEnum


class Pace(StrEnum):
    """Together: the last day of the group is T0. Own: the day on which somebody finished is."""

    TOGETHER = "together"
    OWN = "own"
