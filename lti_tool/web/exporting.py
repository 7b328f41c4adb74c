"""A trainer takes along what the tool shows them, as a file for a spreadsheet."""

import json

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import tables
from lti_tool.domain.tables import Table
from lti_tool.services import cards, goals, tracks
from lti_tool.services.tracks import Placed
from lti_tool.web import files, references, reporting, spreadsheets
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import is_fresh, visitor, workplace

blueprint = Blueprint("exporting", __name__, url_prefix="/v/<visit>/after/export")

NAME = "beklijf"
PEOPLE, FIGURES, GOALS = "people", "figures", "goals"


@blueprint.get("")
@open_to(Access.TRAINER)
def choose() -> ResponseReturnValue:
    """What can be taken along, and what never stands in it."""
    return _page(_placed())


@blueprint.get("/<any(people, figures, goals):table>.csv")
@open_to(Access.TRAINER)
def csv(table: str) -> ResponseReturnValue:
    """One of the tables."""
    placed = _placed()
    if not is_fresh():
        return _page(placed), 403
    found = _tables(placed, with_names=table == PEOPLE, with_goals=table == GOALS)[table]
    references.note("training.exported", reg=visitor().platform.id, file=f"{NAME}-{table}.csv")
    return files.attached(f"{NAME}-{found.file}.csv", files.CSV, tables.as_csv(found))


@blueprint.get("/all.xlsx")
@open_to(Access.TRAINER)
def xlsx() -> ResponseReturnValue:
    """All of them in one file; what people want to learn only when asked for."""
    placed, with_goals = _placed(), request.args.get("with") == GOALS
    if not is_fresh():
        return _page(placed), 403
    found = _tables(placed, with_names=True, with_goals=with_goals)
    # Before a group is counted there are no figures, and no sheet of them.
    there = {PEOPLE: True, FIGURES: bool(found[FIGURES].rows), GOALS: with_goals}
    chosen = [table for name, table in found.items() if there[name]]
    references.note("training.exported", reg=visitor().platform.id, file=f"{NAME}.xlsx")
    return files.attached(f"{NAME}.xlsx", spreadsheets.MIMETYPE, spreadsheets.as_xlsx(chosen))


def _placed() -> Placed:
    return tracks.placed(session(), visitor().link) or abort(404)


def _page(placed: Placed) -> str:
    track = placed.track
    return render_template(
        "pages/trainer_export.html", title=track.title, pace=track.pace, is_fresh=is_fresh()
    )


def _tables(placed: Placed, *, with_names: bool, with_goals: bool) -> dict[str, Table]:
    """By name, in the language of the visit."""
    who = goals.who(session(), placed.track.id) if with_goals else []
    report = reporting.gather(placed, with_names=with_names, who=who)
    obstacles = cards.labels(workplace().catalogue)
    told = json.loads(render_template("files/report.json", report=report, obstacles=obstacles))
    return {name: files.table(each) for name, each in told.items()}
