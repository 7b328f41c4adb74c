"""Every page that a learner can ask for within a visit, as the routes of the tool name them."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from lti_tool.web.access import Access, access_of
from tests.web.test_surfaces import spelled_out

VISIT = "/v/<visit>/"
PART = re.compile(r"<(?:[^<>]+:)?(\w+)>")
STEPS = (("plan", 1), ("plan", 3), ("harvest", 1), ("yield", 2))


def routes(app: Flask) -> Iterator[Rule]:
    """The addresses that a learner may look at."""
    for rule in app.url_map.iter_rules():
        may = access_of(app, rule.endpoint) in {Access.VISITOR, Access.LEARNER}
        if may and "GET" in (rule.methods or ()):
            yield rule


def paths(app: Flask, row: Callable[[str], UUID | None]) -> Iterator[tuple[str, str]]:
    """Each of them below the address of the visit: as the route names it, and filled in.

    row: the id of a row of the learner's own, by the name of its table; None where there is none.
    """
    for rule in routes(app):
        for address in spelled_out(rule.rule):
            below = address.removeprefix(VISIT)
            if "<part>" in below:
                filled = [below.replace("<part>", part).replace("<int:number>", str(n)) for part, n in STEPS]
                yield from zip(filled, filled, strict=True)
                continue
            ids = {name: row(name.removesuffix("_id")) for name in PART.findall(below)}
            if None not in ids.values():
                yield below, PART.sub(lambda found, ids=ids: str(ids[found[1]]), below)
