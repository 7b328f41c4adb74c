"""A trainer changes what an activity asks: in a draft, until it is saved for who begins from then on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain import adaptation_files
from lti_tool.domain import adaptations as rules
from lti_tool.domain.adaptations import Adaptation as Asked
from lti_tool.domain.instruments import Instrument
from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation, AdaptationStatus
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Enrolment, Track
from lti_tool.services import enrolments, nudges
from lti_tool.services.catalogue import Catalogue


@dataclass(frozen=True)
class Questions:
    """What an activity asks. source: the instrument as the catalogue has it.

    now: how it is asked of who begins. draft: how its trainer may have it asked; as now while there is none.
    mark: of the draft as it is; another after each change, and of each draft. Empty while there is none.
    """

    activity: Activity
    phase: str
    source: Instrument
    now: Asked
    draft: Asked
    mark: str

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.now


def find(
    session: Session, track: Track, activity_id: UUID, catalogue: Catalogue, *, to_change: bool = False
) -> Questions | None:
    """The questions of an activity of a training; None of what asks nothing.

    to_change: whoever comes second to the training waits, and finds what the first changed.
    """
    if to_change:
        _hold(session, track.id)
    wanted = (
        select(Activity, InstrumentVersion)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(Activity.id == activity_id, Activity.track_id == track.id)
        .execution_options(populate_existing=True)
    )
    if to_change:
        wanted = wanted.with_for_update(of=Activity, key_share=True)
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    activity, version = row
    ids = {activity.adaptation_id, activity.draft_id} - {None}
    rows = {
        each.id: each
        for each in session.scalars(
            select(Adaptation).where(Adaptation.id.in_(ids)).execution_options(populate_existing=True)
        )
    }
    now, draft = (rows.get(each) if each else None for each in (activity.adaptation_id, activity.draft_id))
    return Questions(
        activity,
        version.phase,
        catalogue.get(version.key, version.version),
        _content(now),
        _content(draft or now),
        f"{draft.id}-{draft.change}" if draft else "",
    )


def change(session: Session, questions: Questions, draft: Asked, now: datetime) -> None:
    """Keeps the draft as it is now, for learners to be asked later.

    One put back to what is asked now stays, unseen: its number tells what a page showed from what came later.
    """
    activity = questions.activity
    if draft == questions.draft:
        return
    row = session.get(Adaptation, activity.draft_id) if activity.draft_id else None
    if row is None:
        row = Adaptation(
            organisation_id=activity.organisation_id,
            track_id=activity.track_id,
            instrument_version_id=activity.instrument_version_id,
            change=0,
        )
        session.add(row)
    row.content, row.change, row.made_at = adaptation_files.to_json(draft), row.change + 1, now
    session.flush()
    activity.draft_id = row.id
    session.flush()


def ask(session: Session, track: Track, questions: Questions, catalogue: Catalogue, now: datetime) -> None:
    """Asks who begins from now on what the draft says; who began keeps theirs (calendar clock)."""
    activity = questions.activity
    row = session.get(Adaptation, activity.draft_id) if activity.draft_id else None
    if row is None:
        return
    if questions.draft == Asked():
        activity.adaptation_id = activity.draft_id = None
        session.flush()
        session.delete(row)
    else:
        row.number = _next_number(session, activity)
        row.status, row.made_at = AdaptationStatus.ASKED, now
        row.unasked = " ".join(rules.unasked(questions.source, questions.draft, catalogue.own_words))
        activity.adaptation_id, activity.draft_id = row.id, None
    session.flush()
    # A part that comes or goes brings or takes its letters.
    nudges.replan(session, enrolments.of_track(session, track.id), catalogue, now)


def drop(session: Session, questions: Questions) -> None:
    """Throws the draft away: learners are asked what they are asked now."""
    draft_id, questions.activity.draft_id = questions.activity.draft_id, None
    session.flush()
    session.execute(delete(Adaptation).where(Adaptation.id == draft_id))


def began(session: Session, activity_id: UUID) -> int:
    """How many people wrote there already, and so keep the questions that they began with."""
    return (
        session.scalar(
            select(func.count(Reflection.enrolment_id.distinct()))
            .join(Enrolment, Enrolment.id == Reflection.enrolment_id)
            .join(Person, Person.id == Enrolment.person_id)
            .where(Reflection.activity_id == activity_id, Person.is_test.is_(False))
        )
        or 0
    )


def copy(session: Session, source: Activity, activity: Activity, now: datetime, catalogue: Catalogue) -> None:
    """Has the copy of an activity ask what the first one asks, also in a newer version of the instrument."""
    activity.adaptation_id = None
    # The page of one's own plan asks nothing.
    if source.adaptation_id is None or activity.instrument_version_id is None:
        return
    _hold(session, activity.track_id)
    row = session.get_one(Adaptation, source.adaptation_id)
    version = session.get_one(InstrumentVersion, activity.instrument_version_id)
    base, content = catalogue.get(version.key, version.version), _content(row)
    copied = Adaptation(
        organisation_id=activity.organisation_id,
        track_id=activity.track_id,
        instrument_version_id=version.id,
        status=AdaptationStatus.ASKED,
        number=_next_number(session, activity),
        content=row.content,
        unasked=" ".join(rules.unasked(base, content, catalogue.own_words)),
        made_at=now,
    )
    session.add(copied)
    session.flush()
    activity.adaptation_id = copied.id
    session.flush()


def remove(session: Session, track: Track) -> None:
    """Takes all adaptations of a training away; nothing of it refers to them any more."""
    session.execute(delete(Adaptation).where(Adaptation.track_id == track.id))


def _hold(session: Session, track_id: UUID) -> None:
    """Before its activities, as whoever takes a training away does; the links of one number together."""
    session.execute(select(Track.id).where(Track.id == track_id).with_for_update(key_share=True))


def _next_number(session: Session, activity: Activity) -> int:
    """The next of a training; whoever asks holds the training."""
    last = select(func.max(Adaptation.number)).where(
        Adaptation.track_id == activity.track_id,
        Adaptation.instrument_version_id == activity.instrument_version_id,
    )
    return (session.scalar(last) or 0) + 1


def _content(row: Adaptation | None) -> Asked:
    return adaptation_files.from_json(row.content) if row else Asked()
