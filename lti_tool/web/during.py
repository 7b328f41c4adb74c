"""During the training: a page to open a session with, and what goes over its screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.takeaways import Reader as Audience
from lti_tool.domain.takeaways import Thing
from lti_tool.models.courses import Role
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import afterwards, meetings, participants, takeaways, tracks
from lti_tool.services.afterwards import AfterMeeting
from lti_tool.services.keys import Key
from lti_tool.services.meetings import LookBack
from lti_tool.services.readings import Reader
from lti_tool.services.takeaways import Told
from lti_tool.web import readings
from lti_tool.web.access import Access, open_to
from lti_tool.web.paging import Pages
from lti_tool.web.visiting import today, visitor, workplace

blueprint = Blueprint("during", __name__, url_prefix="/v/<visit>/during")


@dataclass(frozen=True)
class Chosen:
    """What a page is about: a group, and looking back on one of its sessions if the training asks that."""

    track: Track
    cohorts: list[Cohort]
    cohort: Cohort
    look_backs: list[LookBack]
    look_back: LookBack | None


@blueprint.get("")
@open_to(Access.LOOKER)
def opening() -> ResponseReturnValue:
    """Who looked back, and for a trainer what people let be read."""
    chosen, can_read = _chosen(), visitor().role is Role.TRAINER
    has_words = can_read and chosen.look_back is not None
    return render_template(
        "pages/trainer_during.html",
        title=chosen.track.title,
        chosen=chosen,
        can_read=can_read,
        told=_told(chosen, Audience.TRAINER) if has_words else [],
        on_screen=_told(chosen, Audience.ROOM) if has_words else [],
        more=_more(chosen, Audience.TRAINER) if has_words else 0,
        counted=_counted(chosen),
        **_people(chosen),
    )


@blueprint.get("/show")
@open_to(Access.TRAINER)
def show() -> ResponseReturnValue:
    """One thing at a time in large letters; the first is the title, and the last thing is an end."""
    chosen = _chosen()
    told, wanted = _told(chosen, Audience.ROOM), request.args.get("about")
    slides = [one for one in told if wanted in {None, one.thing.value}]
    asked = request.args.get("at", "")
    at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    at = min(at, len(slides) + 1)
    return render_template(
        "pages/trainer_show.html",
        title=chosen.track.title,
        chosen=chosen,
        about=wanted if wanted in list(Thing) else None,
        at=at,
        last=len(slides) + 1,
        more=_more(chosen, Audience.ROOM),
        slide=slides[at - 1] if 0 < at <= len(slides) else None,
    )


def _chosen() -> Chosen:
    """The group and the session of the address; else the first group, and the last session that was held."""
    placed = tracks.placed(session(), visitor().link) or abort(404)
    cohorts = tracks.cohorts(session(), placed.track)
    asked = request.args.get("group", "")
    cohort = next((each for each in cohorts if str(each.number) == asked), cohorts[0])
    days = tracks.meetings(session(), [cohort.id])[cohort.id]
    found = meetings.look_backs(session(), placed.track, days)
    asked = request.args.get("session", "")
    wanted = next((each for each in found if str(each.number) == asked), None)
    return Chosen(placed.track, cohorts, cohort, found, wanted or meetings.newest(found, today()))


def _people(chosen: Chosen) -> dict[str, object]:
    """Status of fifty people of the group."""
    if chosen.look_back is None:
        return {"tally": None, "lines": [], "pages": Pages(1, 1)}
    about = (session(), chosen.track, chosen.cohort, chosen.look_back)
    tally = meetings.tally(*about)
    pages = Pages.of(tally.people, participants.AT_ONCE, request.args)
    found = meetings.rows(*about, pages.number)
    lines = participants.lines(found, _keys(person for person, *_ in found))
    return {"tally": tally, "lines": lines, "pages": pages}


def _counted(chosen: Chosen) -> AfterMeeting | None:
    """What the group chose, as it was counted on the morning before the next session."""
    if chosen.look_back is None:
        return None
    number, catalogue = chosen.look_back.number, workplace().catalogue
    return afterwards.after_meeting(session(), chosen.track, chosen.cohort, number, catalogue)


def _told(chosen: Chosen, audience: Audience) -> list[Told]:
    """What people let be read; told to those whose words they are, before it shows."""
    if chosen.look_back is None:
        return []
    found = takeaways.rows(session(), chosen.look_back.activity_id, chosen.cohort.id, audience)
    keys = _keys(person for _, person, _ in found)
    told = takeaways.told(session(), found, keys, workplace().catalogue)
    readings.note(Reader.trainer(visitor().person), [one.shown for one in told])
    return told


def _more(chosen: Chosen, audience: Audience) -> int:
    """How many people let something be read, beyond those whose words are here."""
    if chosen.look_back is None:
        return 0
    number = takeaways.number(session(), chosen.look_back.activity_id, chosen.cohort.id, audience)
    return max(0, number - participants.AT_ONCE)


def _keys(people: Iterable[Person]) -> dict[UUID, Key]:
    return workplace().keyring.of(person.key_id for person in people)
