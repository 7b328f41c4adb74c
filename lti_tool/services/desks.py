"""Where a learner writes: found in one go for a page."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Instrument, Part, Phase
from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort
from lti_tool.services import enrolments, learner_facts, mailboxes, reflections, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.mailboxes import Reach
from lti_tool.services.reflections import Desk
from lti_tool.services.tracks import Placed

ASKED_ONCE = (Phase.PRE, Phase.POST)


@dataclass(frozen=True)
class Seat:
    """A desk with what lies on it: the instrument's part, and what was written so far.

    part: with the steps that are asked of this person.
    """

    desk: Desk
    placed: Placed
    instrument: Instrument
    part: Part
    reflection: Reflection | None

    @property
    def is_first_part(self) -> bool:
        """Whether this is the part that the LMS gets a score for."""
        return self.desk.part.position == 1

    @property
    def number(self) -> int:
        """The step to go on with, counted from 1."""
        return self.nearest(self.reflection.step if self.reflection else 1)

    def nearest(self, number: int) -> int:
        """The number of a step; of the last one when that step is not asked any more."""
        return min(number, len(self.part.steps))


def at_link(
    session: Session, person: Person, key: Key, link: ResourceLink, catalogue: Catalogue
) -> list[Seat]:
    """The places of a person at a link, a part each, in order.

    None at a link that is not set up or asks nothing, and of who takes no part.
    """
    placed = tracks.placed(session, link)
    enrolment = enrolments.find(session, person.id, placed.track) if placed else None
    if placed is None or placed.version is None or enrolment is None:
        return []
    version = placed.version
    placed = replace(placed, cohort=session.get_one(Cohort, enrolment.cohort_id))
    instrument = catalogue.get(version.key, version.version)
    rows = reflections.parts(session, enrolment, placed.activity)
    has_address = mailboxes.reach(session, person) is Reach.OPEN
    return [
        Seat(
            Desk(person, key, enrolment, placed.activity, row),
            placed,
            instrument,
            instrument.part(row.key).asked(has_address=has_address),
            written,
        )
        for row, written in rows
    ]


def find(
    session: Session,
    person: Person,
    key: Key,
    link: ResourceLink,
    catalogue: Catalogue,
    part: str | None = None,
) -> Seat | None:
    """One of the places at a link; None where there is none.

    part: key of a part; the first one when left out.
    """
    seats = at_link(session, person, key, link, catalogue)
    return next((seat for seat in seats if part in {None, seat.part.key}), None)


def of_learner(
    session: Session, learner: Learner, key: Key, catalogue: Catalogue, phase: Phase, part: str
) -> Seat | None:
    """The desk of a learner for a part of their training, whatever link opens it; None where none asks it.

    Where several do: the one where this learner wrote last, else one that somebody opened, the oldest first.
    part: key of the part.
    """
    row = session.execute(
        select(Activity, InstrumentVersion, InstrumentPart)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .join(InstrumentPart, InstrumentPart.instrument_version_id == InstrumentVersion.id)
        .outerjoin(
            Reflection,
            (Reflection.enrolment_id == learner.enrolment.id)
            & (Reflection.activity_id == Activity.id)
            & (Reflection.part_id == InstrumentPart.id),
        )
        .where(
            Activity.track_id == learner.track.id,
            InstrumentVersion.phase == phase,
            InstrumentPart.key == part,
        )
        .order_by(
            Reflection.saved_at.is_(None),
            Reflection.saved_at.desc(),
            Activity.link_id.is_(None),
            Activity.created_at,
        )
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    activity, version, asked = row
    placed = Placed(activity, learner.track, learner.cohort, version)
    desk = Desk(learner.person, key, learner.enrolment, activity, asked)
    return _seat(session, desk, placed, catalogue.get(version.key, version.version))


def in_training(
    session: Session, person: Person, key: Key, link: ResourceLink, catalogue: Catalogue, part: str
) -> Seat | None:
    """The desk for a part: at this link, else where its training asks it; None where nothing does.

    So what was asked before a training can be changed after it. Looking back on a meeting stays with its own
    link: the same part is asked once for each.
    """
    here = find(session, person, key, link, catalogue, part)
    placed = tracks.placed(session, link) if here is None else None
    enrolment = enrolments.find(session, person.id, placed.track) if placed else None
    if enrolment is None:
        return here
    (learner,) = learner_facts.gather(session, [enrolment.id])
    asking = (each for each in ASKED_ONCE if part in {one.key for one in catalogue.latest(each).parts})
    found = (of_learner(session, learner, key, catalogue, phase, part) for phase in asking)
    return next((seat for seat in found if seat is not None), None)


def _seat(session: Session, desk: Desk, placed: Placed, instrument: Instrument) -> Seat:
    has_address = mailboxes.reach(session, desk.person) is Reach.OPEN
    asked = instrument.part(desk.part.key).asked(has_address=has_address)
    return Seat(desk, placed, instrument, asked, reflections.current(session, desk))
