"""Guides: points to go through together, each with its minutes and what to ask."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lti_tool.domain.fields import Fields
from lti_tool.domain.words import Words

POINT_ID = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True)
class Point:
    """One thing to talk about. `asks`: questions to put to each other; sometimes none."""

    id: str
    minutes: int
    title: Words
    text: Words
    source: str
    asks: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Guide:
    """A talk to have. `minutes`: what it takes at most."""

    key: str
    title: Words
    lead: Words
    minutes: int
    source: str
    points: tuple[Point, ...]


def parse(raw: Mapping[str, object]) -> Guide:
    """The guide in a content file; raises ContentError."""
    file = Fields.of("file", raw, "key title lead minutes source point")
    points = tuple(_point(each) for each in file.tables("point"))
    if not points:
        raise file.refuse("needs a [[point]]")
    if twice := [name for name, times in Counter(each.id for each in points).items() if times > 1]:
        raise file.refuse(f"point {', '.join(twice)} stands here twice")
    minutes = file.number("minutes")
    if (needed := sum(point.minutes for point in points)) > minutes:
        raise file.refuse(f"the points take {needed} minutes; {minutes} at most")
    return Guide(
        key=file.text("key"),
        title=file.words("title"),
        lead=file.words("lead"),
        minutes=minutes,
        source=file.text("source"),
        points=points,
    )


def _point(raw: Mapping[str, object]) -> Point:
    fields = Fields.of(f"point {raw.get('id') or 'without a name'}", raw, "id minutes title text source ask")
    if not POINT_ID.fullmatch(fields.text("id")):
        raise fields.refuse("an id looks like team.agenda")
    return Point(
        id=fields.text("id"),
        minutes=fields.number("minutes"),
        title=fields.words("title"),
        text=fields.words("text"),
        source=fields.text("source"),
        asks=tuple(_ask(fields.place, each) for each in fields.tables("ask")),
    )


def _ask(place: str, raw: Mapping[str, object]) -> Words:
    both = Fields.of(f"{place}, ask", raw, "nl en")
    return Words(nl=both.text("nl"), en=both.text("en"))
