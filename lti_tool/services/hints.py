"""What the hints of a training rest on, and what a press on one does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from lti_tool.domain.aims import Aim
from lti_tool.domain.hints import Hint, Principle, Setting
from lti_tool.domain.instruments import Item, Phase
from lti_tool.domain.words import Words
from lti_tool.models.activities import Activity
from lti_tool.models.contacts import GONE, Contact, ContactKind
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.readings import ReaderKind, Reading
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import activities, moves, recalls, tracks
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.entries import Entries
from lti_tool.services.goals import GOAL
from lti_tool.services.moves import Change
from lti_tool.services.tracks import FollowUp

CHECK = "hill"


def setting(session: Session, track: Track, cohort: Cohort, reader: Person, catalogue: Catalogue) -> Setting:
    """How a training is set up, in a fixed number of statements. reader: the trainer who asks."""
    items = activities.items(session, track)
    return Setting(
        cadence=catalogue.cadence(track.cadence),
        left_out=frozenset(track.left_out.split()),
        sessions=len(tracks.meetings(session, [cohort.id])[cohort.id]),
        phases=frozenset(item.phase for item in items),
        looked_back=frozenset(item.activity.meeting_number or 1 for item in items if item.phase == Phase.MID),
        contacts=_contacts(session, track),
        questions=recalls.number_of(session, track.id),
        prepared=_prepared(session, track),
        has_read=_has_read(session, track, reader),
        aim=aim(track),
    )


def said(session: Session, own: Entries) -> Mapping[Principle, str]:
    """What a trainer answered when they last took the check up, for them alone; nothing without it."""
    latest = next(iter(own.of(session, CHECK)), None)
    if latest is None:
        return {}
    answers = ((each, latest.said.get(each.item)) for each in Principle)
    return {each: answer.choices[0] for each, answer in answers if answer and answer.choices}


def principles(catalogue: Catalogue) -> dict[Principle, tuple[Words, Item]]:
    """The name of each principle and the question about it, as the check has them."""
    steps = catalogue.latest(CHECK).parts[0].steps
    found = {item.id: (step.title, item) for step in steps for item in step.items}
    return {each: found[each.item] for each in Principle}


def follow_up(known: FollowUp, hint: Hint) -> FollowUp:
    """How a training is followed up once a hint is applied."""
    if hint.cadence:
        return replace(known, cadence=hint.cadence)
    return replace(known, left_out=known.left_out - {str(hint.step)})


def apply(
    session: Session, track: Track, cohort: Cohort, hint: Hint, catalogue: Catalogue, now: datetime
) -> Change:
    """Does what a hint says; what becomes of the letters (calendar clock).

    Whoever only wants to know the numbers takes the transaction back.
    """
    tracks.hold(session, track)
    wanted = follow_up(tracks.follow_up(session, track), hint)
    return moves.move(session, cohort, tracks.dates_of(session, cohort), catalogue, now, wanted)


def aim(track: Track) -> Aim:
    """What a training is for, as far as its trainer said."""
    return Aim(track.goal_level, track.kind)


def say_aim(track: Track, chosen: Aim) -> None:
    """Keeps what a training is for."""
    track.goal_level, track.kind = chosen.goal_level, chosen.kind


def put_away(session: Session, track: Track, hint_name: str) -> None:
    """Says no more of a hint for this training; of two who put one away at once, both stay away."""
    tracks.hold(session, track)
    track.hints_away = " ".join(sorted({*track.hints_away.split(), hint_name}))


def bring_back(track: Track) -> None:
    """Says all hints again."""
    track.hints_away = ""


def _contacts(session: Session, track: Track) -> int:
    """How many follow a group of it, or were asked to."""
    groups = select(Cohort.id).where(Cohort.track_id == track.id)
    of_group = Contact.kind.in_([ContactKind.CONTACT, ContactKind.CHANNEL])
    there = Contact.cohort_id.in_(groups), of_group, Contact.status.not_in(GONE)
    return session.scalar(select(func.count()).select_from(Contact).where(*there)) or 0


def _prepared(session: Session, track: Track) -> int:
    """How many handed their preparation in."""
    handed_in = (
        select(func.count(Reflection.enrolment_id.distinct()))
        .join(Activity, Activity.id == Reflection.activity_id)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .join(Enrolment, Enrolment.id == Reflection.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Activity.track_id == track.id,
            InstrumentVersion.phase == Phase.PRE,
            Reflection.submitted_at.is_not(None),
            Person.is_test.is_(False),
        )
    )
    return session.scalar(handed_in) or 0


def _has_read(session: Session, track: Track, reader: Person) -> bool:
    opened = exists().where(
        Reading.reader_id == reader.id,
        Reading.kind == ReaderKind.TRAINER,
        Reading.what == GOAL,
        Reading.enrolment_id == Enrolment.id,
        Enrolment.cohort_id == Cohort.id,
        Cohort.track_id == track.id,
    )
    return session.scalar(select(opened)) is True
