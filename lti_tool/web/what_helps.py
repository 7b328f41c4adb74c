"""What may help with what gets in the way: something to do, and a letter to ask somebody with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from flask import render_template

from lti_tool.database import session
from lti_tool.domain import actions
from lti_tool.domain.actions import Action, Factor, Who
from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item
from lti_tool.domain.own_letters import OwnLetter
from lti_tool.models.contacts import ContactKind
from lti_tool.models.tracks import Enrolment, Track
from lti_tool.services import supporters
from lti_tool.services.supporters import Supporter
from lti_tool.web import languages
from lti_tool.web.visiting import is_fresh, workplace

# Of what gets in the way only this group stands in a letter: the others speak of people.
SAID_TO_OTHERS = "work"
# What of a training's title fits beside the rest of a letter.
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Tip:
    """Something that a learner can do, and the factor that it belongs to."""

    action: Action
    factor: Factor


@dataclass(frozen=True)
class Ask:
    """A letter to somebody. whom: buddy, trainer or leader. name: of who said yes; empty for anybody."""

    whom: str
    letter: OwnLetter
    name: str = ""


@dataclass(frozen=True)
class Help:
    """One or two tips, and whom to ask; no tips where nothing on the menu fits."""

    tips: Sequence[Tip] = field(default=())
    asks: Sequence[Ask] = field(default=())


def is_asked(item: Item) -> bool:
    """Whether an item asks what gets in the way."""
    return workplace().catalogue.actions.lists(option.id for option in item.options)


def is_named(item: Item, said: Answer) -> bool:
    """Whether an answer names something that gets in the way; "nothing" does not."""
    return any(not item.option(each).excludes_others for each in said.choices)


def find(item: Item, said: Answer, enrolment: Enrolment, track: Track) -> Help | None:
    """What may help with an answer, on a page of a visit; None where nothing was named.

    An address stands there as long as a launch is fresh.
    """
    if not is_named(item, said):
        return None
    locale = languages.language()
    spoken = [each for each in item.options if each.group == SAID_TO_OTHERS and each.id in said.choices]
    named = workplace().keyring.named
    known = supporters.of(session(), enrolment, named) if is_fresh() else []
    return Help(tips(said.choices), asks(track.title, [each.label[locale] for each in spoken], known))


def tips(obstacles: Collection[str]) -> list[Tip]:
    """At most two things to do, the work first, then the people, then oneself."""
    menu = workplace().catalogue.actions
    return [Tip(each, menu.factor_of(each)) for each in actions.suggest(menu, obstacles, Who.LEARNER)]


def asks(title: str, named: Sequence[str] = (), known: Sequence[Supporter] = ()) -> list[Ask]:
    """A letter to a buddy, the trainer and the manager. known: those who have an address."""
    found = []
    for whom in (ContactKind.BUDDY.value, "trainer", ContactKind.LEADER.value):
        ours = [each for each in known if each.kind == whom]
        found += [_ask(whom, title, named, each) for each in ours] or [_ask(whom, title, named)]
    return found


def _ask(whom: str, title: str, named: Sequence[str], known: Supporter | None = None) -> Ask:
    short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    written = render_template(f"own_letters/{whom}.txt", title=" ".join(short.split()), named=named)
    subject, _, body = written.strip().partition("\n")
    to, name = (known.address, known.name) if known else ("", "")
    return Ask(whom, OwnLetter(subject, body.strip(), to), name)
