"""From a delivery's row to the letter that goes out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.cadences import StepId
from lti_tool.domain.clock import Now
from lti_tool.domain.workdays import DAY
from lti_tool.mail import letters
from lti_tool.mail.letters import Letter, NudgeLetter
from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Mailbox
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import budgets, deliveries, finishing, nudges, plans
from lti_tool.services.deliveries import Claim
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.links import Purpose

# When an address that had its share of service letters today gets the next one.
NEXT_MORNING = time(8)


@dataclass(frozen=True)
class Addresses:
    """The addresses on the web that a letter points to."""

    answer: str
    look_back: str
    preferences: str

    @classmethod
    def of(cls, work: Workplace, delivery_id: UUID) -> "Addresses":
        """Those of one delivery."""
        base = work.settings.base_url
        answer = f"{base}/c/{work.token(Purpose.ANSWER, delivery_id)}"
        preferences = f"{base}/m/{work.token(Purpose.PREFERENCES, delivery_id)}"
        return cls(answer, f"{answer}/look-back", preferences)


@dataclass(frozen=True)
class InHand:
    """A claimed delivery, in the transaction that decides upon it.

    keys: of the people whom the letters of this batch are for, or about. identity: its Message-ID.
    """

    work: Workplace
    session: Session
    claim: Claim
    delivery: Delivery
    keys: Mapping[UUID, Key]
    identity: str
    now: Now

    def address(self, path: str) -> str:
        """An address of the tool itself."""
        return f"{self.work.settings.base_url}{path}"

    def token(self, purpose: Purpose) -> str:
        """The token of this delivery, for one purpose."""
        return self.work.token(purpose, self.delivery.id)

    def finds_room(self, mailbox: Mailbox, zone: str) -> bool:
        """Whether a service letter may go to a mailbox today; else it goes on the next morning there."""
        today = moments.local(self.now.calendar, zone).date()
        if budgets.take_service(self.session, mailbox.id, self.delivery, today):
            return True
        self.postpone(moments.at(today + DAY, NEXT_MORNING, zone), zone, budgets.NO_ROOM)
        return False

    def skip(self, reason: str) -> None:
        """It does not go at all."""
        deliveries.skip(self.session, self.claim, reason, self.now.real)

    def postpone(self, until: datetime, zone: str, reason: str) -> None:
        """It goes later (calendar clock)."""
        deliveries.postpone(self.session, self.claim, until, moments.local(until, zone).date(), reason)


@dataclass(frozen=True)
class Ready:
    """A letter that goes out now. version: which wording it has."""

    letter: Letter
    version: str
    mailbox_id: UUID | None


def message_id(work: Workplace) -> str:
    """A new Message-ID under the tool's own name. Nobody can foretell it: it makes a report count."""
    return f"<{token_urlsafe(24)}@{urlsplit(work.settings.base_url).hostname}>"


def about(
    work: Workplace,
    learner: Learner,
    delivery: Delivery,
    *,
    to: str,
    key: Key | None,
    course_url: str | None,
    recall: str | None,
    identity: str,
    now: Now,
) -> NudgeLetter:
    """What the letter of one nudge is made of; its words are opened here, and live no longer than it does.

    recall: the question about the content that it brings.
    """
    coming = tuple((row.due_on, row.step) for row in nudges.coming_of(learner, delivery.id))
    step = StepId(delivery.step)
    web = Addresses.of(work, delivery.id)
    first_on, meeting_on, next_meeting_on = _days(learner, delivery)
    own = None if learner.person.without_words else plans.sentence_of(learner.plan, learner.person, key)
    return NudgeLetter(
        step=step,
        locale=learner.person.letter_locale,
        to=to,
        training=learner.track.title,
        ended_on=finishing.ended_on(learner),
        pace=learner.track.pace,
        today=moments.local(now.calendar, learner.facts.time_zone).date(),
        preferences_url=web.preferences,
        unsubscribe_url=web.preferences,
        mail_from=work.settings.mail_from,
        message_id=identity,
        sent_at=now.real,
        reply_to=learner.organisation.reply_to,
        plan_made_on=learner.facts.plan_made_on,
        own_on=learner.facts.own_on,
        coming=coming,
        is_last=not coming,
        after_an_answer=nudges.after_an_answer(learner, work.catalogue, now.calendar)
        if step in letters.AWAITING
        else None,
        answer_url=_answer_url(web, step),
        course_url=course_url,
        recall=recall,
        recall_url=f"{web.answer}/recall" if recall else None,
        also=StepId(delivery.also) if delivery.also else None,
        look_back_url=web.look_back,
        has_used_it=learner.facts.used_on is not None,
        is_silent=learner.is_silent,
        reply_waits=learner.reply_is_new,
        gets_few=learner.facts.wants_few,
        is_compared=learner.drawn is not None,
        minutes=work.catalogue.minutes(step),
        first_on=first_on,
        is_new_day=learner.facts.own_date_number > 1,
        meeting_number=delivery.occurrence if step is StepId.BETWEEN else None,
        meeting_on=meeting_on,
        next_meeting_on=next_meeting_on,
        when_words=own.when if own else None,
        then_words=own.then if own else None,
        cue=own.cue or None if own else None,
    )


def _answer_url(web: Addresses, step: StepId) -> str | None:
    if step is StepId.HARVEST:
        return web.look_back
    return web.answer if step in letters.ASKING else None


def _days(learner: Learner, delivery: Delivery) -> tuple[date | None, date | None, date | None]:
    """The first day of the training, and the two meetings that a letter stands between."""
    meetings, number = learner.meetings, delivery.occurrence
    this, following = meetings[number - 1 : number + 1] if 0 < number < len(meetings) else (None, None)
    return (meetings[0] if meetings else None), this, following


def return_urls(session: Session, track_ids: Collection[UUID]) -> dict[UUID, str]:
    """Where "back to the course" leads for each track: the newest of its links that the LMS told about."""
    rows = session.execute(
        select(Activity.track_id, ResourceLink.return_url)
        .join(ResourceLink, ResourceLink.id == Activity.link_id)
        .where(Activity.track_id.in_(track_ids), ResourceLink.return_url.is_not(None))
        .order_by(Activity.created_at)
    )
    return {track_id: url for track_id, url in rows if url is not None}


def return_url(session: Session, learner: Learner) -> str | None:
    """Where "back to the course" leads for one learner."""
    return return_urls(session, [learner.track.id]).get(learner.track.id)


def version_of(delivery: Delivery) -> str:
    """Which wording of its letter a delivery gets."""
    return letters.TEMPLATE_VERSION[StepId(delivery.step)]
