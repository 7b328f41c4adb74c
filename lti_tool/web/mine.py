"""All that is somebody's own, in one place: words, the file with them, choices, and erasing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.exports import Export
from lti_tool.domain.instruments import Shelf
from lti_tool.rounds import erasing
from lti_tool.services import enrolments, entries, terms
from lti_tool.services.desks import Seat
from lti_tool.web import export_files, learner, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.preferences import addresses
from lti_tool.web.visiting import is_fresh, now, visitor, workplace

blueprint = Blueprint("mine", __name__, url_prefix="/v/<visit>/mine")


@blueprint.get("")
@open_to(Access.LEARNER)
def overview() -> ResponseReturnValue:
    """What somebody wrote, by training; a while after the launch only how to come back to it."""
    return _page()


def _page() -> str:
    export, seats = _export() if is_fresh() else None, learner.take_seats()
    enrolment_id = _enrolment_id(seats)
    return render_template(
        "pages/mine.html",
        export=export,
        current_id=enrolment_id,
        change_urls=_change_urls(seats),
        plan_url=_url("plan_pages.plan"),
        note_urls=_note_urls(export) if export else {},
        entry_urls=_entry_urls(export) if export else {},
        download_url=_url("mine.download"),
        erase_url=_url("mine.erase"),
        return_url=visitor().link.return_url,
        terms=terms.of(session(), visitor().person.organisation_id),
        choices=addresses() if enrolment_id else {},
    )


@blueprint.get("/download")
@open_to(Access.LEARNER)
def download() -> ResponseReturnValue:
    """The same as a file, with all else that is kept."""
    if not is_fresh():
        return _way_back()
    references.note("mine.exported", reg=visitor().platform.id)
    return export_files.answer(_export())


@blueprint.route("/erase", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def erase() -> ResponseReturnValue:
    """Asks once more; then erases whoever launched."""
    if not is_fresh():
        return _way_back()
    if request.method != "POST":
        shown = {"is_own": True, "name": None, "back_url": _url("mine.overview")}
        return render_template("pages/privacy_erase.html", **shown)
    who, return_url = visitor(), visitor().link.return_url
    session().rollback()
    erasing.erase(workplace(), who.person.id, now=now())
    references.note("mine.erased", reg=who.platform.id)
    return _erased(return_url)


def _erased(return_url: str | None) -> str:
    """Their visit went with the rest: no page after this one bears their name."""
    g.reader_locale = visitor().visit.locale
    del g.visitor
    around = {"is_own": True, "name": None, "kept": None, "was_erased": True}
    return render_template("pages/privacy.html", **around, return_url=return_url)


def _way_back() -> ResponseReturnValue:
    return _page(), 403


def _export() -> Export:
    return export_files.gather(visitor().person) or abort(403)


def _enrolment_id(seats: Sequence[Seat]) -> UUID | None:
    """Of taking part in the training of this link, which need not ask anything."""
    if seats:
        return seats[0].desk.enrolment.id
    return enrolments.at_link(session(), visitor().person.id, visitor().link)


def _note_urls(export: Export) -> dict[UUID | None, str]:
    """Where each note of the logbook can be changed."""
    return {note.id: _url("logbook.change", note_id=note.id) for note in export.logbook}


def _entry_urls(export: Export) -> dict[UUID | None, str]:
    """Where a learner reads and changes what they took up at will; a trainer's has no page here."""
    offered = {each.key for each in entries.offered(workplace().catalogue, Shelf.LEARNER)}
    there = (each for each in export.entries if each.key in offered)
    return {each.id: _url("entries.read", key=each.key, begun_as=each.id) for each in there}


def _change_urls(seats: Sequence[Seat]) -> dict[tuple[UUID, str], str]:
    """Where the answers of this link can be changed: the first step of each part, by activity and part."""
    return {(seat.placed.activity.id, seat.part.key): learner.step_url(1, seat.part.key) for seat in seats}


def _url(endpoint: str, **parts: Any) -> str:
    return url_for(endpoint, visit=g.visit_token, **parts)
