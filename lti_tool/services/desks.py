"""Where a learner writes: found in one go for a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Instrument, Part, Phase
from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation, AdaptationStatus
from lti_tool.models.courses import ResourceLink
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort
from lti_tool.services import asked, enrolments, learner_facts, mailboxes, reflections, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.mailboxes import Reach
from lti_tool.services.reflections import Desk
from lti_tool.services.tracks import Placed

ASKED_ONCE = (Phase.PRE, Phase.POST)
AS_IT_IS = "as-it-is"
"""What a page says of an instrument that it asked as it is."""


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

    @property
    def asked_with(self) -> str:
        """What its pages say of how they ask, so that who began keeps those questions."""
        return str(self.desk.adaptation_id or AS_IT_IS)

    def nearest(self, number: int) -> int:
        """The number of a step; of the last one when that step is not asked any more."""
        return min(number, len(self.part.steps))


def at_link(
    session: Session,
    person: Person,
    key: Key,
    link: ResourceLink,
    catalogue: Catalogue,
    asked_with: str = "",
) -> list[Seat]:
    """The places of a person at a link, a part each, in order.

    None at a link that is not set up or asks nothing, and of who takes no part.
    asked_with: what a page that comes in says of how it asked.
    """
    placed = tracks.placed(session, link)
    enrolment = enrolments.find(session, person.id, placed.track) if placed else None
    if placed is None or placed.version is None or enrolment is None:
        return []
    placed = replace(placed, cohort=session.get_one(Cohort, enrolment.cohort_id))
    rows = reflections.parts(session, enrolment, placed.activity)
    new = _begun_with(session, placed.activity, asked_with)
    desks = [
        (
            Desk(person, key, enrolment, placed.activity, row, written.adaptation_id if written else new),
            written,
        )
        for row, written in rows
    ]
    return list(_seats(session, placed, desks, catalogue))


def find(
    session: Session,
    person: Person,
    key: Key,
    link: ResourceLink,
    catalogue: Catalogue,
    part: str | None = None,
    asked_with: str = "",
) -> Seat | None:
    """One of the places at a link; None where there is none.

    part: key of a part; the first one when left out. asked_with: as in `at_link`.
    """
    seats = at_link(session, person, key, link, catalogue, asked_with)
    return next((seat for seat in seats if part in {None, seat.part.key}), None)


def of_learner(
    session: Session,
    learner: Learner,
    key: Key,
    catalogue: Catalogue,
    phase: Phase,
    part: str,
    asked_with: str = "",
) -> Seat | None:
    """The desk of a learner for a part of their training, whatever link opens it; None where none asks it.

    Where several do: the one where this learner wrote last, else one that somebody opened, the oldest first.
    part: key of the part. asked_with: as in `at_link`.
    """
    rows = session.execute(
        select(Activity, InstrumentVersion, InstrumentPart, Reflection)
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
    )
    for activity, version, row, written in rows.all():
        placed = Placed(activity, learner.track, learner.cohort, version)
        given = written.adaptation_id if written else _begun_with(session, activity, asked_with)
        desk = Desk(learner.person, key, learner.enrolment, activity, row, given)
        # A trainer may leave a part out at one link.
        for seat in _seats(session, placed, [(desk, written)], catalogue):
            return seat
    return None


def in_training(
    session: Session,
    person: Person,
    key: Key,
    link: ResourceLink,
    catalogue: Catalogue,
    part: str,
    asked_with: str = "",
) -> Seat | None:
    """The desk for a part: at this link, else where its training asks it; None where nothing does.

    So what was asked before a training can be changed after it. Looking back on a meeting stays with its own
    link: the same part is asked once for each. asked_with: as in `at_link`.
    """
    here = find(session, person, key, link, catalogue, part, asked_with)
    placed = tracks.placed(session, link) if here is None else None
    enrolment = enrolments.find(session, person.id, placed.track) if placed else None
    if enrolment is None:
        return here
    (learner,) = learner_facts.gather(session, [enrolment.id])
    asking = (each for each in ASKED_ONCE if part in {one.key for one in catalogue.latest(each).parts})
    found = (of_learner(session, learner, key, catalogue, phase, part, asked_with) for phase in asking)
    return next((seat for seat in found if seat is not None), None)


def _seats(
    session: Session,
    placed: Placed,
    desks: Sequence[tuple[Desk, Reflection | None]],
    catalogue: Catalogue,
) -> Iterator[Seat]:
    """Desks with what lies on them; without those for a part that is left out."""
    version = placed.version
    if version is None or not desks:
        return
    adapted = asked.read(session, catalogue, [desk.adaptation_id for desk, _ in desks])
    has_address = mailboxes.reach(session, desks[0][0].person) is Reach.OPEN
    for desk, written in desks:
        instrument = adapted.get(version.key, version.version, desk.adaptation_id)
        for part in instrument.parts:
            if part.key == desk.part.key:
                yield Seat(desk, placed, instrument, part.asked(has_address=has_address), written)


def _begun_with(session: Session, activity: Activity, asked_with: str) -> UUID | None:
    """How the instrument is asked of who begins: as the page asked that comes in, else as it is now.

    So nothing that somebody typed is lost when a trainer changes the questions meanwhile.
    """
    if asked_with in ("", str(activity.adaptation_id or AS_IT_IS)):
        return activity.adaptation_id
    if asked_with == AS_IT_IS:
        return None
    try:
        wanted = UUID(asked_with)
    except ValueError:
        return activity.adaptation_id
    known = session.scalar(
        select(Adaptation.id).where(
            Adaptation.id == wanted,
            Adaptation.track_id == activity.track_id,
            Adaptation.instrument_version_id == activity.instrument_version_id,
            Adaptation.status == AdaptationStatus.ASKED,
        )
    )
    return known or activity.adaptation_id
