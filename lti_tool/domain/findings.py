"""What came of a comparison, as it may be told: an interval, and nothing that gives anybody away.

What is counted gets noise before anything is made of it (two-sided geometric: Ghosh, Roughgarden and
Sundararajan 2012, doi 10.1137/09076828X). Who counts along is no branch of the tree of figures (`insights`):
without noise, taking the one from the other could leave the few who are in neither.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.domain.comparisons import CONFIDENCE, FEWEST_GROUPS, Arm, By, normal
from lti_tool.domain.figures import FEWEST

SPREAD = 2 * math.exp(-1) / (1 - math.exp(-1)) ** 2
"""Variance of the noise."""
ROUNDED = 10
"""People are told of in tens."""


class Verdict(StrEnum):
    """What came of it."""

    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    OTHER_IS_MORE = "other_is_more"
    USUAL_IS_MORE = "usual_is_more"


@dataclass(frozen=True)
class Group:
    """Of one group in one arm: how many people were drawn, and how many of them did it."""

    people: int
    count: int


@dataclass(frozen=True)
class Finding:
    """What is told. Shares and the difference (other less usual) in points of a hundred; people in tens."""

    usual_people: int
    other_people: int
    usual_share: int
    other_share: int
    low: int
    high: int

    @property
    def verdict(self) -> Verdict:
        """Whether the difference is clear: its interval leaves out that there is none."""
        if self.low > 0:
            return Verdict.OTHER_IS_MORE
        return Verdict.USUAL_IS_MORE if self.high < 0 else Verdict.NO_CLEAR_DIFFERENCE


def noise(one: float, other: float) -> int:
    """Noise for a count. one, other: by chance, evenly from above 0 to 1."""
    return math.floor(-math.log(one)) - math.floor(-math.log(other))


def find(arms: Mapping[Arm, Sequence[Group]], by: By, blur: Mapping[Arm, int]) -> Finding | None:
    """What may be told of what was counted; None where an arm holds too few. blur: noise for the counts.

    The interval: Agresti and Caffo 2000 (doi 10.1080/00031305.2000.10474560), and where groups were drawn
    that of a ratio over groups (Cochran 1977, section 6.3) with Student's t; the noise makes both wider.
    """
    usual, other = arms.get(Arm.USUAL, ()), arms.get(Arm.OTHER, ())
    fewest = FEWEST_GROUPS if by is By.GROUP else 1
    if min(len(usual), len(other)) < fewest or min(_people(usual), _people(other)) < 2 * ROUNDED:
        return None
    if any(not _may_be_told(groups, blur[arm]) for arm, groups in ((Arm.USUAL, usual), (Arm.OTHER, other))):
        return None
    sides = [_side(groups, by, blur[arm]) for arm, groups in ((Arm.USUAL, usual), (Arm.OTHER, other))]
    (share, _, variance), (other_share, _, other_variance) = sides
    apart = sides[1][1] - sides[0][1]
    times = normal(1 - (1 - CONFIDENCE) / 2)
    if by is By.GROUP:
        times = _t(times, len(usual) + len(other) - 2)
    reach = times * math.sqrt(variance + other_variance)
    return Finding(
        _tens(_people(usual)),
        _tens(_people(other)),
        round(100 * share),
        round(100 * other_share),
        max(math.floor(100 * (apart - reach)), -100),
        min(math.ceil(100 * (apart + reach)), 100),
    )


def _side(groups: Sequence[Group], by: By, blur: int) -> tuple[float, float, float]:
    """Of one arm: the share, the middle of what it may be, and its variance."""
    people = _people(groups)
    count = sum(each.count for each in groups) + blur
    share, blurred = count / people, SPREAD / people**2
    if by is By.GROUP:
        number = len(groups)
        apart = sum((each.count - share * each.people) ** 2 for each in groups)
        return share, share, number / (number - 1) * apart / people**2 + blurred
    middle = (count + 1) / (people + 2)
    return share, middle, middle * (1 - middle) / (people + 2) + blurred


def _may_be_told(groups: Sequence[Group], blur: int) -> bool:
    """Whether a figure of so many may stand there, however much is noise (privacy 4)."""
    count = sum(each.count for each in groups) + blur
    return min(count, _people(groups) - count) >= FEWEST


def _people(groups: Iterable[Group]) -> int:
    return sum(each.people for each in groups)


def _tens(people: int) -> int:
    return people // ROUNDED * ROUNDED


def _t(z: float, freedom: int) -> float:
    """Student's t of a normal deviate (Abramowitz and Stegun 1964, 26.7.5)."""
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
