"""A letter of a training as nobody in particular would get it: an example for its trainer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from lti_tool.domain import digests, moments, retention
from lti_tool.domain.cadences import StepId
from lti_tool.domain.clock import Now
from lti_tool.domain.digests import DigestFacts
from lti_tool.domain.paces import Pace
from lti_tool.domain.recalls import opening
from lti_tool.mail import example_letters, letters
from lti_tool.mail.contact_letters import BUDDY_INVITATION, ContactLetter
from lti_tool.mail.letters import NudgeLetter
from lti_tool.models.contacts import ContactKind
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Track
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import contacts, learner_facts, previews, recalls, tracks
from lti_tool.services.contact_facts import STEPS
from lti_tool.services.specimens import Specimen

OF_A_PLAN = frozenset(
    {StepId.REHEARSE, StepId.OWN_DATE, StepId.CHECK_IN, StepId.HARVEST, StepId.LAST_CALL, StepId.YIELD}
)
LAST = frozenset({StepId.LAST_CALL, StepId.YIELD})
SHOWN = 3
"""How many coming letters an example tells of."""
AT_ONCE = datetime.min.replace(tzinfo=UTC)
"""When whoever follows said yes: before all that could come."""

MEETINGS_AROUND = 2

Coming = tuple[tuple[date, str], ...]
Nudge = TypeVar("Nudge", bound=NudgeLetter)
Card = TypeVar("Card", bound=ContactLetter)


@dataclass(frozen=True)
class Desk:
    """What an example is written from.

    locale: of its reader. url: where all its links lead. to, identity: its address and Message-ID; of
    one that only stands on a page there are none.
    """

    work: Workplace
    session: Session
    now: Now
    track: Track
    cohort: Cohort
    locale: str
    url: str
    to: str = ""
    identity: str = ""


def to_learner(desk: Desk, step: StepId, kind: type[Nudge]) -> Nudge:
    """A letter to a learner whom there is not."""
    today, coming, yield_on = _days(desk, step)
    meetings = tracks.dates_of(desk.session, desk.cohort).meetings
    about = kind(
        step=step,
        locale=desk.locale,
        to=desk.to,
        training=desk.track.title,
        ended_on=None if desk.track.pace is Pace.OWN else desk.cohort.ends_on,
        pace=desk.track.pace,
        today=today,
        preferences_url=desk.url,
        unsubscribe_url=desk.url,
        mail_from=desk.work.settings.mail_from,
        message_id=desk.identity,
        sent_at=desk.now.real,
        coming=coming,
        is_last=step in LAST,
        after_an_answer=yield_on if step in letters.AWAITING else None,
        answer_url=desk.url,
        course_url=desk.url,
        look_back_url=desk.url,
        minutes=desk.work.catalogue.minutes(step),
        first_on=desk.cohort.starts_on,
    )
    return _between(_with_plan(_asking(about, desk), desk), meetings)


def to_follower(desk: Desk, letter: Specimen, kind: type[Card]) -> Card:
    """A letter to who follows somebody, or a group. It tells nobody's name."""
    is_buddy = letter.to is ContactKind.BUDDY
    facts = _facts(desk, letter)
    days = sorted((place.due_on, str(place.step)) for place in digests.places(facts))
    own = _first([on for on, step in days if step == letter.step])
    return kind(
        step=BUDDY_INVITATION if is_buddy and letter.step == contacts.INVITATION else letter.step,
        locale=desk.locale,
        to=desk.to,
        training=desk.track.title,
        pace=desk.track.pace,
        url=desk.url,
        stop_url=desk.url,
        unsubscribe_url=desk.url,
        mail_from=desk.work.settings.mail_from,
        message_id=desk.identity,
        sent_at=desk.now.real,
        is_leader=letter.to is ContactKind.LEADER,
        first_on=desk.cohort.starts_on,
        until_on=retention.open_window(facts.ends_on, facts.calendar).last_on,
        next_on=_first([on for on, _ in days if own and on > own]),
    )


def _facts(desk: Desk, letter: Specimen) -> DigestFacts:
    """What the rules ask of somebody who said yes before anything came."""
    organisation = desk.session.get_one(Organisation, desk.track.organisation_id)
    calendar = learner_facts.calendar(organisation, desk.cohort.ends_on)
    steps = STEPS[letter.to] if letter.to else ()
    return DigestFacts(
        ends_on=desk.cohort.ends_on,
        calendar=calendar,
        time_zone=desk.cohort.time_zone,
        confirmed_at=AT_ONCE,
        steps=steps,
        first_meeting_on=desk.cohort.starts_on,
        closes_on=desk.track.closes_on,
    )


def _with_plan(about: Nudge, desk: Desk) -> Nudge:
    """With what somebody might have planned, where the letter is about a plan."""
    if about.step not in OF_A_PLAN:
        return about
    said, ended_on = example_letters.words(desk.locale), desk.cohort.ends_on
    own_on = _own_day(about.step, ended_on, about.today)
    return replace(
        about,
        when_words=said.when,
        then_words=said.then,
        cue=said.cue,
        plan_made_on=ended_on,
        own_on=own_on,
    )


def _between(about: Nudge, meetings: Sequence[date]) -> Nudge:
    """With the first two sessions, where the letter comes between them."""
    if about.step is not StepId.BETWEEN or len(meetings) < MEETINGS_AROUND:
        return about
    return replace(about, meeting_number=1, meeting_on=meetings[0], next_meeting_on=meetings[1])


def _asking(about: Nudge, desk: Desk) -> Nudge:
    """With a question about the content, where the letter brings one."""
    recall = _question(desk, about.step)
    return replace(about, recall=recall, recall_url=desk.url) if recall else about


def _question(desk: Desk, step: StepId) -> str | None:
    """The question about the content that somebody finds in such a letter who got all those before it."""
    named, cadence = desk.work.keyring.named, desk.work.catalogue.cadence(desk.track.cadence)
    questions = [each.question for each in recalls.of_track(desk.session, desk.track.id, named).values()]
    number = opening(step, cadence.recalls, len(questions))
    return None if number is None else questions[number]


def _days(desk: Desk, step: StepId) -> tuple[date, Coming, date | None]:
    """When such a letter comes, those after it, and the one a month later; today once all are past."""
    now = desk.now.calendar
    training = previews.of_track(desk.session, desk.track, desk.cohort)
    calendar = previews.calendar(training, desk.work.catalogue, now)
    days = {row.step: row.days for row in calendar.rows}
    today = _first(days.get(step, ())) or moments.local(now, desk.cohort.time_zone).date()
    every = [(min(on), name) for name, on in days.items() if on]
    # Whoever makes a plan gets other letters, and that letter says which come without one.
    after = sorted(
        each for each in (calendar.without_answer if step is StepId.PLAN else every) if each[0] > today
    )
    coming = () if step in LAST else tuple(dict(after).items())[:SHOWN]
    return today, coming, _first(days.get(StepId.YIELD, ()))


def _first(days: Sequence[date]) -> date | None:
    return min(days, default=None)


def _own_day(step: StepId, ended_on: date, today: date) -> date:
    """A week after the training, and no day of a weekend; on the own day itself, that day."""
    if step is StepId.OWN_DATE:
        return today
    day = ended_on + timedelta(days=7)
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
