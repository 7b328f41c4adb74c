"""Comparing two ways of following up: drawn by lot, declared beforehand, told with how sure it is.

A few mails move few people: a change like this mostly makes a difference of one or two in a hundred
(DellaVigna and Linos 2022, doi 10.3982/ECTA18709). So how many people it takes is known before anybody is
drawn.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist, mean, pvariance
from typing import TypeVar

K = TypeVar("K")

CONFIDENCE, POWER = 0.95, 0.80
FEWEST_GROUPS = 8
"""In each arm, where groups are drawn: of fewer nobody knows how much they differ by themselves."""
ALIKE = 0.05
"""How much more alike people of one group are than others, before anything is known: of outcomes like these
mostly less (intracluster correlation; Campbell, Grimshaw and Elbourne 2004, doi 10.1186/1471-2288-4-9)."""


class Measure(StrEnum):
    """What is compared: of all who were drawn, the share that did so."""

    FIRST_USE = "first_use"  # used their plan inside the window
    ANSWERED = "answered"  # answered anything since the training


class By(StrEnum):
    """What is drawn."""

    PERSON = "person"
    GROUP = "group"


class Arm(StrEnum):
    """One of the two."""

    USUAL = "usual"
    OTHER = "other"


class Status(StrEnum):
    """How far a comparison is."""

    DECLARED = "declared"
    RUNNING = "running"
    REPORTED = "reported"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Need:
    """How many are drawn at the least. people: in all; groups: in all, where groups are drawn."""

    people: int
    groups: int = 0


def need(difference: int, sizes: Sequence[int], by: By) -> Need:
    """How many it takes to see a difference of so many points four times out of five.

    sizes: of the groups that there are. Of two shares around a half, which takes most (Fleiss, Levin and Paik
    2003, section 4.2), and a point less, which rounding may cost. Where groups are drawn, more by how alike
    their people are and how much they differ in size (Eldridge, Ashby and Kerry 2006,
    doi 10.1093/ije/dyl129), and a group more in each arm for what Student's t costs (Hayes and Bennett 1999,
    doi 10.1093/ije/28.2.319).
    """
    points = (difference - 1) / 100
    sure, seen = (normal(1 - (1 - CONFIDENCE) / 2), normal(POWER))
    apart = 2 * (0.25 - points**2 / 4)
    people = (sure * math.sqrt(0.5) + seen * math.sqrt(apart)) ** 2 / points**2
    if by is By.PERSON or not sizes:
        return Need(2 * math.ceil(people))
    size = mean(sizes)
    weight = size + pvariance(sizes) / size
    people *= 1 + max(weight - 1, 0) * ALIKE
    return Need(2 * math.ceil(people + size), 2 * max(math.ceil(people / size) + 1, FEWEST_GROUPS))


def is_enough(wanted: Need, sizes: Sequence[int]) -> bool:
    """Whether these groups together are as many as it takes."""
    return sum(sizes) >= wanted.people and len(sizes) >= wanted.groups


def draw(groups: Sequence[Sequence[K]], by: By, *, is_turned: bool) -> dict[K, Arm]:
    """The arm of everybody. groups: their people, all in an order by chance; is_turned: by chance too.

    People take turns through all groups, so that each group is in both arms alike. Of groups, two of about
    the same size are set against each other, and the order by chance says which is which.
    """
    first = (Arm.OTHER, Arm.USUAL) if is_turned else (Arm.USUAL, Arm.OTHER)
    if by is By.PERSON:
        everybody = [each for group in groups for each in group]
        return {each: first[turn % 2] for turn, each in enumerate(everybody)}
    by_size = sorted(range(len(groups)), key=lambda number: len(groups[number]))
    arms: dict[K, Arm] = {}
    for place in range(0, len(by_size), 2):
        # Within a pair the one that came first by chance is not known to be the smaller.
        pair = sorted(by_size[place : place + 2])
        for turn, number in enumerate(pair):
            arms |= dict.fromkeys(groups[number], first[turn])
    return arms


def normal(part: float) -> float:
    """The deviate that so large a part of the normal distribution lies below."""
    return NormalDist().inv_cdf(part)
