"""What planning needs to know of people, in a fixed number of statements however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import bindparam, case, func, null, select, union_all
from sqlalchemy.orm import Session

from lti_tool.domain import moments, nudges
from lti_tool.domain.cadences import StepId
from lti_tool.domain.comparisons import Arm, Status
from lti_tool.domain.nudges import EnrolmentFacts
from lti_tool.domain.workdays import Period, WorkCalendar
from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.comparisons import Comparison, Drawn
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Leave, Mailbox, Person
from lti_tool.models.plans import Plan
from lti_tool.models.recalls import Recall
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, MailStatus, Track, TrackStatus
from lti_tool.services import holidays, parts, plan_replies, tracks
from lti_tool.services.mailboxes import Reach

# Over, one way or another. A claimed row is not: whether it goes is still to be decided.
OVER = {
    DeliveryStatus.SENDING,
    DeliveryStatus.SENT,
    DeliveryStatus.UNKNOWN,
    DeliveryStatus.FAILED,
    DeliveryStatus.SKIPPED,
}
ANSWERS = (Outcome.USED, Outcome.PARTLY, Outcome.NOT_YET)


# Made once: every page of a learner and every round asks these, and to build one takes as long as to ask it.
_PEOPLE = (
    select(
        Enrolment,
        Person,
        Plan,
        Mailbox.status.label("reach"),
        plan_replies.waits().label("reply_waits"),
        plan_replies.waits_untold().label("reply_is_new"),
        Drawn.arm,
        Comparison.usual,
        Comparison.other,
    )
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(Drawn, Drawn.enrolment_id == Enrolment.id)
    .outerjoin(Comparison, (Comparison.id == Drawn.comparison_id) & (Comparison.status == Status.RUNNING))
    .outerjoin(Plan, Plan.enrolment_id == Enrolment.id)
    .outerjoin(Mailbox, Mailbox.id == Person.mailbox_id)
    .where(Enrolment.id.in_(bindparam("ids")))
)
# Read once, and not with each of their people.
_GROUPS = (
    select(Cohort, Track, Organisation)
    .join(Track, Track.id == Cohort.track_id)
    .join(Organisation, Organisation.id == Cohort.organisation_id)
    .where(Cohort.id.in_(bindparam("ids")))
)
_LEAVE = select(Leave).where(Leave.person_id.in_(bindparam("ids")))
_NUDGES = select(Delivery).where(Delivery.enrolment_id.in_(bindparam("ids")), Delivery.kind == Kind.NUDGE)
_HOW_IT_GOES = case((CheckIn.outcome.in_(ANSWERS), CheckIn.answered_at)).label("answered_at")
_SAID = union_all(
    select(CheckIn.enrolment_id, _HOW_IT_GOES, CheckIn.answered_at.label("heard_at")).where(
        CheckIn.enrolment_id.in_(bindparam("ids"))
    ),
    select(Recall.enrolment_id, null(), Recall.said_at).where(Recall.enrolment_id.in_(bindparam("ids"))),
).subquery()
_LAST_SAID = select(_SAID.c.enrolment_id, func.max(_SAID.c.answered_at), func.max(_SAID.c.heard_at)).group_by(
    _SAID.c.enrolment_id
)


@dataclass(frozen=True)
class Learner:
    """One enrolment with all that belongs to it.

    answered_at: the last answer to a question, if any; looking back is one, also before it is submitted.
        heard_at: the last sign of any kind: an answer, a part that was submitted, a change of the plan,
        a word on a question about the content.
    asks: what the training asks, opened or not: the phases, with the meeting of a look back on one.
    reach: whether letters reach them.
    reply_waits: whether a trainer's answer to the plan is still to be read.
    reply_is_new: whether no letter said so yet, either.
    drawn: key of the cadence that was drawn for them, where they count along in a comparison.
    """

    enrolment: Enrolment
    person: Person
    cohort: Cohort
    track: Track
    organisation: Organisation
    plan: Plan | None
    deliveries: tuple[Delivery, ...]
    answered_at: datetime | None
    heard_at: datetime | None
    meetings: tuple[date, ...]
    parts: Mapping[str, bool]
    asks: Collection[tuple[str, int | None]]
    leave: tuple[Period, ...]
    reach: Reach
    reply_waits: bool = False
    reply_is_new: bool = False
    drawn: str | None = None

    @property
    def cadence(self) -> str:
        """The key of the cadence that they are followed up by."""
        return self.drawn or self.track.cadence

    @cached_property
    def facts(self) -> EnrolmentFacts:
        """What the rules ask, as it stood when this was first looked at."""
        zone, plan, enrolment = self.person.time_zone or self.cohort.time_zone, self.plan, self.enrolment
        answered_on = moments.local(self.answered_at, zone).date() if self.answered_at else None
        return EnrolmentFacts(
            anchor_on=enrolment.anchor_on,
            calendar=calendar(self.organisation, enrolment.anchor_on, self.person, self.leave),
            time_zone=zone,
            joined_at=enrolment.joined_at,
            meetings=self.meetings,
            pace=self.track.pace,
            days_known_on=moments.local(self.cohort.dated_at, zone).date(),
            remind_on=self.cohort.remind_on,
            closes_on=self.track.closes_on,
            parts=self.parts,
            left_out=_left_out(self.track, self.cohort),
            mail_hour=self.person.mail_hour,
            plan_made_on=plan.made_on if plan else None,
            own_on=plan.own_on if plan else None,
            own_date_number=plan.own_date_number if plan else 1,
            used_on=plan.used_on if plan else None,
            is_closed=plan is not None and plan.closed_on is not None,
            answered_since_anchor=answered_on is not None and answered_on >= enrolment.anchor_on,
            already_sent=dict(self._over()),
            is_stopped=enrolment.mail_status is MailStatus.STOPPED,
            wants_few=enrolment.mail_status is MailStatus.FEW,
            paused_until=enrolment.paused_until,
            has_left=enrolment.status is EnrolmentStatus.LEFT,
            is_removed=self.track.status is TrackStatus.REMOVED,
        )

    @property
    def is_silent(self) -> bool:
        """Whether the last two letters stayed without any sign."""
        sent_on = [row.due_on for row in self.deliveries if row.status is DeliveryStatus.SENT]
        heard_on = moments.local(self.heard_at, self.facts.time_zone).date() if self.heard_at else None
        return nudges.is_silent(sent_on, heard_on)

    def _over(self) -> Iterator[tuple[tuple[str, int], date]]:
        """What is over and on which day, also what shared the letter of another step."""
        for row in self.deliveries:
            if row.status in OVER:
                yield (row.step, row.occurrence), row.due_on
                if row.also is not None:
                    yield (row.also, 1), row.due_on


def gather(
    session: Session,
    enrolment_ids: Iterable[UUID],
    held: Sequence[Delivery] | None = None,
    *,
    anew: bool = False,
) -> list[Learner]:
    """The learners of these enrolments. held: their nudges, by whoever holds them already.

    anew: person, enrolment and plan as they are now, also where the session read them before it had to wait.
    """
    ids = list(enrolment_ids)
    rows = session.execute(_PEOPLE, {"ids": ids}, execution_options={"populate_existing": anew}).all()
    groups = _groups(session, {row.Enrolment.cohort_id for row in rows})
    found = _by_enrolment(_nudges(session, ids) if held is None else held)
    answered = _answered(session, ids)
    meetings = tracks.meetings(session, list(groups))
    away = leave(session, {row.Person.id for row in rows})
    asked = parts.gather(session, {track.id for _, track, _ in groups.values()}, ids)
    return [
        Learner(
            row.Enrolment,
            row.Person,
            *groups[row.Enrolment.cohort_id],
            row.Plan,
            deliveries=tuple(found[row.Enrolment.id]),
            answered_at=_latest(answered[row.Enrolment.id][0], asked.told_at(row.Enrolment.id)),
            heard_at=_latest(
                answered[row.Enrolment.id][1],
                asked.last_at(row.Enrolment.id),
                row.Plan.changed_at if row.Plan else None,
            ),
            meetings=meetings[row.Enrolment.cohort_id],
            parts=asked.of(groups[row.Enrolment.cohort_id][1].id, row.Enrolment.id),
            asks=asked.asks.get(groups[row.Enrolment.cohort_id][1].id, ()),
            leave=tuple(away[row.Person.id]),
            reach=_reach(row.Person, row.reach),
            reply_waits=row.reply_waits,
            reply_is_new=row.reply_is_new,
            drawn=_drawn(row.arm, row.usual, row.other, groups[row.Enrolment.cohort_id][1]),
        )
        for row in rows
    ]


def _drawn(arm: Arm | None, usual: str | None, other: str | None, track: Track) -> str | None:
    """The cadence of somebody's arm; none where their trainer chose another for all since."""
    if usual is None or usual != track.cadence:
        return None
    return other if arm is Arm.OTHER else usual


def _reach(person: Person, status: str | None) -> Reach:
    """As `mailboxes.reach`, of a mailbox that was read with its person."""
    if person.is_trial:
        return Reach.OPEN
    return Reach(status) if status else Reach.NO_ADDRESS


def _groups(session: Session, cohort_ids: set[UUID]) -> dict[UUID, tuple[Cohort, Track, Organisation]]:
    """The groups with their training and organisation."""
    rows = session.execute(_GROUPS, {"ids": list(cohort_ids)})
    return {cohort.id: (cohort, track, organisation) for cohort, track, organisation in rows}


def _latest(*moments_: datetime | None) -> datetime | None:
    return max((each for each in moments_ if each is not None), default=None)


def leave(session: Session, person_ids: set[UUID]) -> dict[UUID, list[Period]]:
    """When these people are away."""
    found: dict[UUID, list[Period]] = defaultdict(list)
    for each in session.scalars(_LEAVE, {"ids": list(person_ids)}):
        found[each.person_id].append(Period(each.first_on, each.last_on))
    return found


def _nudges(session: Session, ids: list[UUID]) -> Sequence[Delivery]:
    return session.scalars(_NUDGES, {"ids": ids}).all()


def _by_enrolment(nudges: Iterable[Delivery]) -> dict[UUID, list[Delivery]]:
    found: dict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in nudges:
        if delivery.enrolment_id is not None:
            found[delivery.enrolment_id].append(delivery)
    return found


def _answered(session: Session, ids: list[UUID]) -> Mapping[UUID, tuple[datetime | None, datetime | None]]:
    """When each last answered how it goes, and anything at all: a question about the content too."""
    rows = session.execute(_LAST_SAID, {"ids": ids})
    found = {enrolment_id: (answered_at, heard_at) for enrolment_id, answered_at, heard_at in rows}
    return defaultdict(lambda: (None, None), found)


def _left_out(track: Track, cohort: Cohort) -> frozenset[str]:
    """The steps that a trainer left out: a reminder that was asked for is none of them."""
    steps = frozenset(track.left_out.split())
    return steps - {StepId.PREPARE_AGAIN.value} if cohort.remind_on else steps


def calendar(
    organisation: Organisation, around: date, person: Person | None = None, leave: Sequence[Period] = ()
) -> WorkCalendar:
    """The working days of someone in an organisation, in the years around a day."""
    days = holidays.dutch_around(around.year, organisation.extra_holidays)
    free = frozenset(int(digit) for digit in person.free_weekdays) if person else frozenset[int]()
    return WorkCalendar(holidays=days, free_weekdays=free, leave=tuple(leave))
