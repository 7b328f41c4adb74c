"""What an adviser reads of the trainings of an organisation: a quarter, and a part of its tree."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import barriers, moments, tables
from lti_tool.domain.barriers import Barrier
from lti_tool.domain.insights import BranchId, Level
from lti_tool.domain.quarters import Quarter
from lti_tool.domain.tables import Table
from lti_tool.services import cards, counted_quarters
from lti_tool.services.counted_quarters import Part, Told
from lti_tool.web import files, spreadsheets
from lti_tool.web.access import Access, open_to
from lti_tool.web.advising import signed_in, until
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("insights", __name__, url_prefix="/o/insight")

NAME = "beklijf"
PARTS = ("unit", "training")


@dataclass(frozen=True)
class Shown:
    """A part in a quarter. parent: the part above it; over_time: the same part in each quarter."""

    quarter: Quarter
    part: Part
    parent: Part | None
    below: list[Part]
    over_time: Mapping[Quarter, Part]
    barriers: tuple[Barrier, ...]


@blueprint.url_defaults
def keep_language(_endpoint: str, values: dict[str, object]) -> None:
    """Who chose the other language goes on in it."""
    if "lang" in request.args:
        values.setdefault("lang", request.args["lang"])


@blueprint.get("")
@open_to(Access.ADVISER)
def home() -> ResponseReturnValue:
    """The newest quarter, or the one that is asked for; of the whole organisation, or of a part of it."""
    way, catalogue = signed_in(), workplace().catalogue
    counted = counted_quarters.listing(session(), way.organisation.id)
    shown = _shown(chosen(counted), counted) if counted else None
    return render_template(
        "pages/adviser_home.html",
        organisation=way.organisation.name,
        until=until(),
        counted=counted,
        shown=shown,
        next_on=_quarter_now().after.first_on,
        obstacles=cards.labels(catalogue),
        to_take_away=barriers.to_take_away(shown.barriers if shown else (), catalogue.actions),
    )


@blueprint.get("/<any(figures, obstacles, mails):sheet>.csv")
@open_to(Access.ADVISER)
def csv(sheet: str) -> ResponseReturnValue:
    """One of the tables of a quarter, of all parts."""
    told = _asked_for()
    found = _tables(told)[sheet]
    return files.attached(f"{NAME}-{found.file}-{told.quarter}.csv", files.CSV, tables.as_csv(found))


@blueprint.get("/all.xlsx")
@open_to(Access.ADVISER)
def xlsx() -> ResponseReturnValue:
    """All of them in one file."""
    told = _asked_for()
    content = spreadsheets.as_xlsx(_tables(told).values())
    return files.attached(f"{NAME}-{told.quarter}.xlsx", spreadsheets.MIMETYPE, content)


def _asked_for() -> Told:
    return chosen(counted_quarters.listing(session(), signed_in().organisation.id))


def _tables(told: Told) -> dict[str, Table]:
    """By name, in the language of who asks."""
    catalogue = workplace().catalogue
    said = json.loads(
        render_template(
            "files/insights.json",
            told=told,
            parts=told.in_order(),
            obstacles=cards.labels(catalogue),
            listed=list(catalogue.actions.pointers),
        )
    )
    return {name: files.table(each) for name, each in said.items()}


def _quarter_now() -> Quarter:
    return Quarter.of(moments.local(now().calendar, signed_in().organisation.time_zone).date())


def chosen(counted: Mapping[Quarter, object]) -> Told:
    """What is told of the quarter in the address, or the newest; ends the request where there is none."""
    asked = request.args.get("quarter")
    try:
        quarter = Quarter.read(asked) if asked else next(iter(counted), None)
    except ValueError:
        abort(404)
    if quarter is None or quarter not in counted:
        abort(404)
    return counted_quarters.told(session(), signed_in().organisation.id, quarter)


def _shown(told: Told, counted: Mapping[Quarter, object]) -> Shown:
    branch_id = _branch_id()
    part = told.parts.get(branch_id) or abort(404)
    parent = None
    if part.level is not Level.ORGANISATION:
        in_unit = part.level is Level.TRAINING and branch_id[1] is not None
        parent = told.parts[(Level.UNIT, branch_id[1], None) if in_unit else counted_quarters.WHOLE]
    over_time = counted_quarters.over_time(session(), signed_in().organisation.id, branch_id)
    if part.level is Level.ORGANISATION:
        # It was counted also where nothing may be told of it.
        over_time = {quarter: over_time.get(quarter, Part(branch_id)) for quarter in counted}
    return Shown(
        told.quarter,
        part,
        parent,
        told.below(branch_id),
        over_time,
        barriers.barriers(part.in_the_way, list(workplace().catalogue.actions.pointers)),
    )


def _branch_id() -> BranchId:
    """The part in the address; the whole when none is named."""
    try:
        unit_id, track_id = (UUID(given) if (given := request.args.get(name)) else None for name in PARTS)
    except ValueError:
        abort(404)
    if track_id is not None:
        return Level.TRAINING, unit_id, track_id
    return (Level.UNIT, unit_id, None) if unit_id is not None else counted_quarters.WHOLE
