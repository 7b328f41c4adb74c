"""Examples for trainers: service letters, which go at once and outside the budget of a week."""

from collections.abc import Sequence
from datetime import date, timedelta

from lti_tool.domain.cadences import StepId
from lti_tool.domain.paces import Pace
from lti_tool.domain.recalls import opening
from lti_tool.mail import example_letters, letters
from lti_tool.mail.example_letters import VERSION, ExampleLetter
from lti_tool.models.people import Mailbox
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import examples, mailboxes, previews, recalls, tracks, zones
from lti_tool.services.examples import Asked
from lti_tool.services.mailboxes import Reach

PAGE = "/c/example"
"""Where all links of an example lead."""
OF_A_PLAN = frozenset(
    {StepId.REHEARSE, StepId.OWN_DATE, StepId.CHECK_IN, StepId.HARVEST, StepId.LAST_CALL, StepId.YIELD}
)
LAST = frozenset({StepId.LAST_CALL, StepId.YIELD})
SHOWN = 3
"""How many coming letters an example tells of."""

Coming = tuple[tuple[date, str], ...]


def prepare(in_hand: InHand) -> Ready | None:
    """The example, unless mail may not go there any more, or there is no room today."""
    asked = examples.of_letter(in_hand.session, in_hand.delivery)
    refusal = _obstacle(in_hand, asked) if asked else "example_over"
    if asked is None or refusal is not None:
        in_hand.skip(str(refusal))
        return None
    mailbox = in_hand.session.get_one(Mailbox, asked.person.lms_mailbox_id)
    if not in_hand.finds_room(mailbox, zones.zone_of(asked.person, asked.cohort).key):
        return None
    return Ready(letters.render(_write(in_hand, asked, mailbox)), VERSION, mailbox.id)


def _obstacle(in_hand: InHand, asked: Asked) -> str | None:
    if in_hand.session.get_one(Platform, asked.person.platform_id).status is PlatformStatus.REMOVED:
        return "platform_removed"
    if examples.reach(in_hand.session, asked.person) is not Reach.OPEN:
        return "no_mail"
    is_late = zones.today(asked.person, asked.cohort, in_hand.now.calendar) > in_hand.delivery.last_on
    return "window_closed" if is_late else None


def _write(in_hand: InHand, asked: Asked, mailbox: Mailbox) -> ExampleLetter:
    step, page, ended_on = asked.step, in_hand.address(PAGE), asked.cohort.ends_on
    url = f"{page}?lang={'en' if asked.person.letter_locale.lower().startswith('en') else 'nl'}"
    today, coming, yield_on = _days(in_hand, asked)
    meetings = tracks.dates_of(in_hand.session, asked.cohort).meetings
    has_plan = step in OF_A_PLAN
    said = example_letters.words(asked.person.letter_locale) if has_plan else None
    recall = _question(in_hand, asked)
    return ExampleLetter(
        step=step,
        locale=asked.person.letter_locale,
        to=mailboxes.address_of(mailbox, in_hand.work.keyring.named),
        training=asked.track.title,
        ended_on=None if asked.track.pace is Pace.OWN else ended_on,
        pace=asked.track.pace,
        today=today,
        preferences_url=url,
        unsubscribe_url=url,
        mail_from=in_hand.work.settings.mail_from,
        message_id=in_hand.identity,
        sent_at=in_hand.now.real,
        plan_made_on=ended_on if has_plan else None,
        own_on=_own_day(step, ended_on, today) if has_plan else None,
        coming=coming,
        is_last=step in LAST,
        after_an_answer=yield_on if step in letters.AWAITING else None,
        answer_url=url,
        course_url=url,
        look_back_url=url,
        minutes=in_hand.work.catalogue.minutes(step),
        first_on=asked.cohort.starts_on,
        meeting_number=1 if step is StepId.BETWEEN else None,
        meeting_on=meetings[0] if len(meetings) > 1 else None,
        next_meeting_on=meetings[1] if len(meetings) > 1 else None,
        when_words=said.when if said else None,
        then_words=said.then if said else None,
        cue=said.cue if said else None,
        recall=recall,
        recall_url=url if recall else None,
    )


def _question(in_hand: InHand, asked: Asked) -> str | None:
    """The question about the content that somebody finds in such a letter who got all those before it."""
    named, cadence = in_hand.work.keyring.named, in_hand.work.catalogue.cadence(asked.track.cadence)
    questions = [each.question for each in recalls.of_track(in_hand.session, asked.track.id, named).values()]
    number = opening(asked.step, cadence.recalls, len(questions))
    return None if number is None else questions[number]


def _days(in_hand: InHand, asked: Asked) -> tuple[date, Coming, date | None]:
    """When such a letter comes, those after it, and the one a month later; today once all are past."""
    now = in_hand.now.calendar
    training = previews.of_track(in_hand.session, asked.track, asked.cohort)
    days = {row.step: row.days for row in previews.calendar(training, in_hand.work.catalogue, now).rows}
    today = _first(days.get(asked.step, ())) or zones.today(asked.person, asked.cohort, now)
    after = sorted((min(on), step) for step, on in days.items() if on and min(on) > today)
    coming = () if asked.step in LAST else tuple(after[:SHOWN])
    return today, coming, _first(days.get(StepId.YIELD, ()))


def _first(days: Sequence[date]) -> date | None:
    return min(days, default=None)


def _own_day(step: StepId, ended_on: date, today: date) -> date:
    """A week after the training, and no day of a weekend; on the own day itself, that day."""
    if step is StepId.OWN_DATE:
        return today
    day = ended_on + timedelta(days=7)
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
