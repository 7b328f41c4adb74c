"""A trainer sets a link up: what it is for, in which track, and who was waiting."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Phase
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import digests, enrolments, nudges, roster_reads, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.tracks import Dates
from lti_tool.services.visits import Visitor

# Which instrument a phase asks.
INSTRUMENTS = {Phase.PRE: "pre", Phase.POST: "post"}
# Words in the title of a link that tell what it is for.
AFTERWARDS = ("terug", "plan", "evalu", "achteraf", "look back", "looking back", "after", "reflect")
TWO_WEEKS = timedelta(days=14)


def likely_phase(link_title: str, *, has_track: bool) -> Phase:
    """What a link is probably for: by its title, else preparing first and looking back second."""
    title = link_title.lower()
    if any(word in title for word in AFTERWARDS):
        return Phase.POST
    return Phase.POST if has_track and "voorb" not in title and "prepar" not in title else Phase.PRE


def propose(phase: Phase, today: date) -> Dates:
    """The dates that a form starts from: one day, in two weeks to prepare for, or today to look back on."""
    day = today + TWO_WEEKS if phase is Phase.PRE else today
    return Dates(day, day)


def set_up(
    session: Session,
    trainer: Visitor,
    phase: Phase,
    where: Track | Dates | None,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Puts the phase's instrument on the trainer's link, and lets everybody in who was waiting.

    where: a track to join, or the dates of a new one.
    """
    if isinstance(where, Dates):
        organisation = session.get_one(Organisation, trainer.course.organisation_id)
        where = tracks.begin(session, trainer.course, where, organisation.time_zone, now)
        roster_reads.ask(session, trainer.course.id)
    if where is None:
        raise ValueError("a link needs a track or dates")
    tracks.place(session, trainer.link, where, catalogue.latest(INSTRUMENTS[phase]), now)
    cohort = session.scalars(select(Cohort).where(Cohort.track_id == where.id, Cohort.number == 1)).one()
    waiting = enrolments.waiting_learners(session, trainer.link)
    enrolments.enrol(session, waiting, cohort, now)
    # Everybody's: who took part before may get letters about what this link asks.
    nudges.replan(session, enrolments.of_cohort(session, cohort.id), catalogue, now)
    digests.replan_cohort(session, cohort.id, now)
