"""How a training is followed, and with that where T0 of its people comes from."""

from enum import StrEnum


class Pace(StrEnum):
    """Together: the last day of the group is T0. Own: the day on which somebody finished is.

    At work: nobody is trained; T0 is the day from which people try something in their work.
    """

    TOGETHER = "together"
    OWN = "own"
    AT_WORK = "at_work"
