"""Hints for a trainer, from how a training is set up: each on a principle of learning that lasts (G 2.1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.domain.aims import LIGHT, OURS, STANDARD, Aim, Fit, Reason, fit
from lti_tool.domain.cadences import Cadence, StepId
from lti_tool.domain.instruments import Phase


class Principle(StrEnum):
    """The seven principles of High Impact Learning that Lasts, in the order of the guide (G 2.1)."""

    URGENCY = "urgency"
    OWNERSHIP = "ownership"
    ACTION = "action"
    TEAMWORK = "teamwork"
    BLENDED = "blended"
    INFORMAL = "informal"
    FEEDBACK = "feedback"

    @property
    def item(self) -> str:
        """The question about it in the check."""
        return f"hill.{self}"


class About(StrEnum):
    """What a hint is about."""

    PREPARING = "preparing"  # the course has no item for it
    PLAN = "plan"
    LOOKING_BACK = "looking_back"  # no item after some of the sessions
    STEP = "step"  # a mail is left out
    CADENCE = "cadence"  # few mails for several days
    FIT = "fit"  # other mails fit what its trainer chose that it is for
    CONTACTS = "contacts"
    QUESTIONS = "questions"
    GOALS = "goals"
    JOURNEY = "journey"


# Which principle a mail that is left out carries.
CARRIED = {
    StepId.PREPARE: Principle.URGENCY,
    StepId.PREPARE_AGAIN: Principle.URGENCY,
    StepId.PLAN: Principle.ACTION,
    StepId.REHEARSE: Principle.ACTION,
    StepId.OWN_DATE: Principle.ACTION,
}
# Which one the cadence that fits serves, by why it fits.
SERVED = {
    Reason.KNOWLEDGE: Principle.BLENDED,
    Reason.SKILL: Principle.ACTION,
    Reason.TOGETHER: Principle.TEAMWORK,
    Reason.OTHERS: Principle.FEEDBACK,
    Reason.OWN: Principle.OWNERSHIP,
}
# What a press of a button does by itself.
APPLIED = {About.STEP, About.CADENCE, About.FIT}


@dataclass(frozen=True)
class Setting:
    """How a training is set up.

    sessions: its days. phases: what its course has items for; None among them for the page of one's own plan.
    looked_back: the sessions with a look back. prepared: how many handed their preparation in.
    has_read: whether this trainer opened what people want to learn.
    aim: what its trainer chose that it is for.
    """

    cadence: Cadence
    left_out: frozenset[str]
    sessions: int
    phases: frozenset[str | None]
    looked_back: frozenset[int]
    contacts: int
    questions: int
    prepared: int
    has_read: bool
    aim: Aim

    @property
    def fit(self) -> Fit | None:
        """The cadence that fits what it is for, as far as its trainer said that."""
        return fit(self.aim, self.sessions)


@dataclass(frozen=True)
class Hint:
    """One of them. step: the mail that it is about, of a hint about one. fit: of a hint about what fits."""

    about: About
    principle: Principle
    step: StepId | None = None
    fit: Fit | None = None

    @property
    def name(self) -> str:
        """Its word in an address, and where it is put away."""
        more = self.step or (self.fit.cadence if self.fit else None)
        return f"{self.about}-{more}" if more else str(self.about)

    @property
    def cadence(self) -> str | None:
        """Key of the cadence that a press goes over to; None of one that does something else."""
        if self.fit:
            return self.fit.cadence
        return STANDARD if self.about is About.CADENCE else None

    @property
    def is_applied(self) -> bool:
        """Whether its button does it, else it says where to."""
        return self.about in APPLIED


def of(setting: Setting, said: Mapping[Principle, str]) -> list[Hint]:
    """All that there are; first where this trainer said "no" in the check, then where they said "partly".

    said: the option that was chosen for each principle that was answered.
    """
    order = list(Principle)
    weight = {"no": 0, "partly": 1}
    return sorted(
        _all(setting),
        key=lambda hint: (weight.get(said.get(hint.principle, ""), 2), order.index(hint.principle)),
    )


def _all(setting: Setting) -> Iterator[Hint]:
    yield from _fitting(setting)
    yield from (hint for hint, holds in _plain(setting) if holds)
    for step in setting.cadence.steps:
        if step.id in setting.left_out:
            yield Hint(About.STEP, CARRIED.get(step.id, Principle.FEEDBACK), step.id)


def _fitting(setting: Setting) -> Iterator[Hint]:
    """Other mails, where others fit what it is for; of an organisation's own cadence nobody knows that."""
    found, now = setting.fit, setting.cadence.key
    if found and now in OURS and now != found.cadence:
        yield Hint(About.FIT, SERVED[found.reason], fit=found)


def _plain(setting: Setting) -> Iterator[tuple[Hint, bool]]:
    """The hints that are about one thing each, and whether there is a reason for them."""
    few_mails = setting.cadence.key == LIGHT and setting.sessions > 1 and setting.fit is None
    not_looked_back = not setting.looked_back.issuperset(range(1, setting.sessions))
    unread = setting.prepared > 0 and not setting.has_read
    unasked = bool(setting.cadence.recalls) and not setting.questions
    yield Hint(About.CADENCE, Principle.FEEDBACK), few_mails
    yield Hint(About.PREPARING, Principle.URGENCY), Phase.PRE not in setting.phases
    yield Hint(About.GOALS, Principle.OWNERSHIP), unread
    yield Hint(About.PLAN, Principle.ACTION), Phase.POST not in setting.phases
    yield Hint(About.LOOKING_BACK, Principle.FEEDBACK), not_looked_back
    yield Hint(About.CONTACTS, Principle.URGENCY), not setting.contacts
    yield Hint(About.QUESTIONS, Principle.BLENDED), unasked
    yield Hint(About.JOURNEY, Principle.INFORMAL), None not in setting.phases
