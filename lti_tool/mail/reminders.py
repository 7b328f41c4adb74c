"""What the reminder to prepare says, for the trainer who plans it."""

from dataclasses import dataclass
from datetime import datetime

from lti_tool.domain.cadences import StepId
from lti_tool.mail.environment import environment
from lti_tool.mail.letters import NudgeLetter
from lti_tool.models.tracks import Cohort, Track


@dataclass(frozen=True)
class Preview:
    """The words of the letter itself, without its links and what stands under each letter."""

    subject: str
    lines: tuple[str, ...]


def preview(locale: str, track: Track, cohort: Cohort, minutes: int | None, now: datetime) -> Preview:
    """The letter as it would go to somebody of a group; to nobody, and without a link."""
    about = NudgeLetter(
        step=StepId.PREPARE_AGAIN,
        locale=locale,
        to="",
        training=track.title,
        ended_on=cohort.ends_on,
        pace=track.pace,
        today=now.date(),
        first_on=cohort.starts_on,
        course_url="course",
        minutes=minutes,
        preferences_url="",
        unsubscribe_url="",
        mail_from="",
        message_id="",
        sent_at=now,
    ).on_single_lines()
    jinja = environment(locale)
    given: dict[str, object] = {"nudge": about, "cue": None, "locale": locale}
    given["shared"] = jinja.get_template(about.shared).make_module(given)
    words = vars(jinja.get_template(about.template).make_module(given))
    return Preview(
        words["subject"], tuple(words[each] for each in ("lead", "question", "note") if words[each])
    )
