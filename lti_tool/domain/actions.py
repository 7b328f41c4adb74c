"""The action menu: what may help, by factor, and who can do it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, zip_longest
from typing import TypeVar

from lti_tool.domain.fields import ContentError, Fields
from lti_tool.domain.instruments import OptionList
from lti_tool.domain.words import Words

T = TypeVar("T")
FEWEST_ACTIONS = 3
POINTER = "factor."
ACTION_ID = re.compile(r"([a-z_]+)\.[a-z_]+")
# They follow on "dan" and "I will", inside a sentence: "dan vraag ik …", "I will ask …".
THEN = {"nl": re.compile(r"[a-z]\w* ik\b.*[^.]"), "en": re.compile(r"[a-z].*[^.]")}


class FactorKey(StrEnum):
    """The factors there are."""

    CONFIDENCE = "confidence"
    CRAFT = "craft"
    CHANGE = "change"
    CAPABILITY = "capability"
    SATISFACTION = "satisfaction"
    OPENNESS = "openness"
    CLIMATE = "climate"
    FEEDBACK = "feedback"
    LEADER = "leader"
    PEERS = "peers"
    SUPPORT_SYSTEM = "support_system"
    REWARD = "reward"
    WORK = "work"
    TIME = "time"


class Level(StrEnum):
    """Where a factor has its place."""

    INDIVIDUAL = "individual"
    TEAM = "team"
    ORGANISATION = "organisation"


class Who(StrEnum):
    """Who can do an action."""

    LEARNER = "learner"
    COLLEAGUE = "colleague"
    LEADER = "leader"


@dataclass(frozen=True)
class Action:
    """One thing to do within two weeks. `then`: a learner's action as the second half of an if-then plan."""

    id: str
    who: Who
    text: Words
    then: Words | None = None


@dataclass(frozen=True)
class Factor:
    """Something that helps learning along. `actions`: what fits most often comes first."""

    key: FactorKey
    level: Level
    title: Words
    source: str
    actions: tuple[Action, ...]
    example: Words


@dataclass(frozen=True)
class Menu:
    """All factors. `pointers`: those that each obstacle points to, in the order of the list of obstacles."""

    factors: tuple[Factor, ...]
    pointers: Mapping[str, tuple[FactorKey, ...]]

    def factor(self, key: str) -> Factor:
        """The factor of that key; raises KeyError."""
        for factor in self.factors:
            if factor.key == key:
                return factor
        raise KeyError(key)

    def action(self, action_id: str) -> Action:
        """The action of that id; raises KeyError."""
        for factor in self.factors:
            for action in factor.actions:
                if action.id == action_id:
                    return action
        raise KeyError(action_id)

    def lists(self, option_ids: Iterable[str]) -> bool:
        """Whether these options are the obstacles."""
        return list(option_ids) == list(self.pointers)

    def factor_of(self, action: Action) -> Factor:
        """The factor that an action belongs to."""
        return next(factor for factor in self.factors if action in factor.actions)


def suggest(
    menu: Menu, obstacles: Collection[str], who: Who, count: int = 2, but: Collection[str] = ()
) -> tuple[Action, ...]:
    """At most `count` actions that `who` can do about those obstacles, spread over obstacles and factors.

    The order is that of the list of obstacles: the work, the people, oneself.

    but: ids of actions to leave out.
    """
    named = [keys for obstacle, keys in menu.pointers.items() if obstacle in obstacles]
    factors = [menu.factor(key) for key in dict.fromkeys(_in_turn(named))]
    fitting = [
        [each for each in factor.actions if each.who is who and each.id not in but] for factor in factors
    ]
    return tuple(islice(_in_turn(fitting), count))


def parse(raw: Mapping[str, object]) -> Factor:
    """The factor in a content file; raises ContentError."""
    file = Fields.of("file", raw, "key level title source action example")
    key = file.word("key", FactorKey)
    actions = tuple(_action(key, each) for each in file.tables("action"))
    if twice := [name for name, times in Counter(each.id for each in actions).items() if times > 1]:
        raise file.refuse(f"action {', '.join(twice)} stands here twice")
    if len(actions) < FEWEST_ACTIONS:
        raise file.refuse(f"{len(actions)} actions; {FEWEST_ACTIONS} at least")
    for who in (Who.LEARNER, Who.LEADER):
        if who not in {each.who for each in actions}:
            raise file.refuse(f"needs an action for a {who}")
    return Factor(
        key=key,
        level=file.word("level", Level),
        title=file.words("title"),
        source=file.text("source"),
        actions=actions,
        example=file.words("example"),
    )


def menu(factors: Iterable[Factor], obstacles: OptionList) -> Menu:
    """The factors, with the obstacles that point to them; raises ContentError when one is not there."""
    known = {factor.key: factor for factor in factors}
    pointers = {
        option.id: tuple(_pointed(option.id, each, known) for each in option.points_to if _is_factor(each))
        for option in obstacles.options
    }
    return Menu(tuple(known[key] for key in FactorKey if key in known), pointers)


def _is_factor(pointer: str) -> bool:
    return pointer.startswith(POINTER)


def _pointed(obstacle: str, pointer: str, known: Mapping[FactorKey, Factor]) -> FactorKey:
    key = pointer.removeprefix(POINTER)
    if key not in known:
        raise ContentError(f"option {obstacle}: there is no {pointer}")
    return FactorKey(key)


def _action(factor: FactorKey, raw: Mapping[str, object]) -> Action:
    fields = Fields.of(f"action {raw.get('id') or 'without a name'}", raw, "id who text then")
    named = ACTION_ID.fullmatch(fields.text("id"))
    if not named or named.group(1) != factor:
        raise fields.refuse(f"an id looks like {factor}.ask")
    who = fields.word("who", Who)
    if ("then" in raw) != (who is Who.LEARNER):
        raise fields.refuse("then belongs to what a learner does, and to nothing else")
    return Action(fields.text("id"), who, fields.words("text"), _then(fields))


def _then(fields: Fields) -> Words | None:
    then = fields.words_or_none("then")
    for locale, fitting in THEN.items():
        if then and not fitting.fullmatch(then[locale]):
            raise fields.refuse("then goes on after “dan” (“vraag ik …”) and after “I will” (“ask …”)")
    return then


def _in_turn(rows: Iterable[Sequence[T]]) -> list[T]:
    """The first of each row, then the second of each, and so on."""
    return [each for turn in zip_longest(*rows) for each in turn if each is not None]
