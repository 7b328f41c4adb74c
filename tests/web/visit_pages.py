"""Every page that somebody can ask for within a visit, as the routes of the tool name them."""

import re
from collections.abc import Callable, Collection, Iterator
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from lti_tool.web.access import Access, access_of
from tests.web.test_surfaces import spelled_out

VISIT = "/v/<visit>/"
PART = re.compile(r"<(?:[^<>]+:)?(\w+)>")
STEPS = (("plan", 1), ("plan", 3), ("harvest", 1), ("yield", 2))


LEARNER = frozenset({Access.VISITOR, Access.LEARNER})
TRAINER = frozenset({Access.VISITOR, Access.LOOKER, Access.TRAINER})


def routes(app: Flask, open_to: Collection[Access] = LEARNER) -> Iterator[Rule]:
    """The addresses that they may look at. open_to: what they may use."""
    for rule in app.url_map.iter_rules():
        if access_of(app, rule.endpoint) in open_to and "GET" in (rule.methods or ()):
            yield rule


def paths(
    app: Flask, row: Callable[[str], UUID | None], open_to: Collection[Access] = LEARNER
) -> Iterator[tuple[str, str]]:
    """Each of them below the address of the visit: as the route names it, and filled in.

    row: the id of a row of their own, by the name of its table; None where there is none.
    """
    for rule in routes(app, open_to):
        for address in spelled_out(rule.rule):
            below = address.removeprefix(VISIT)
            if "<part>" in below:
                filled = [below.replace("<part>", part).replace("<int:number>", str(n)) for part, n in STEPS]
                yield from zip(filled, filled, strict=True)
                continue
            ids = {name: row(name.removesuffix("_id")) for name in PART.findall(below)}
            if None not in ids.values():
                yield below, PART.sub(lambda found, ids=ids: str(ids[found[1]]), below)
