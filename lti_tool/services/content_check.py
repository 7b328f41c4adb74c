"""What is wrong with the content: found before a person reads it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from babel.messages import pofile
from babel.messages.catalog import Message

from config import content
from lti_tool.domain import voice
from lti_tool.domain.actions import POINTER, Factor, FactorKey
from lti_tool.domain.cadences import Cadence
from lti_tool.domain.fields import ContentError
from lti_tool.domain.guides import Guide
from lti_tool.domain.instruments import Excess, Group, Instrument, Item, Option, OptionList, Part
from lti_tool.domain.voice import Finding, Kind, Rule
from lti_tool.domain.words import LOCALES, Words
from lti_tool.services import catalogue

T = TypeVar("T")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `item` and `locale` are empty when it is about a whole file, or both languages."""

    file: str
    item: str
    locale: str
    what: str

    def __str__(self) -> str:
        """On one line, as a command prints it."""
        return f"{' '.join(part for part in (self.file, self.item, self.locale) if part)}: {self.what}"


def problems(folder: Path = content.CATALOGUE, translations: Path = content.TRANSLATIONS) -> list[Problem]:
    """Everything there is to mend in the catalogue and in the translations of pages and letters."""
    lists, broken_lists = _read(content.option_lists(folder), catalogue.option_list)
    instruments, broken = _read(
        content.instruments(folder), lambda path: catalogue.instrument(path, lists.values())
    )
    cadences, broken_cadences = _read(content.cadences(folder), catalogue.cadence)
    factors, broken_factors = _read(content.actions(folder), catalogue.factor)
    guides, broken_guides = _read(content.guides(folder), catalogue.guide)
    shared = {each.options for each in lists.values()}
    known = {item_id for each in instruments.values() for item_id in each.items}
    return [
        *broken_lists,
        *broken,
        *broken_cadences,
        *(broken_factors or _missing(factors.values())),
        *(broken_guides or _in_pointers(lists.get(catalogue.OBSTACLES), guides.values())),
        *(found for file, each in lists.items() for found in _in_list(file, each)),
        *(found for file, each in instruments.items() for found in _in_instrument(file, each, shared, known)),
        *(found for file, each in factors.items() for found in _in_factor(file, each)),
        *(found for file, each in guides.items() for found in _in_guide(file, each)),
        *(found for file, each in cadences.items() for found in _in_cadence(file, each)),
        *(found for path in content.translations(translations) for found in in_translation(path)),
    ]


def in_translation(path: Path) -> list[Problem]:
    """What there is to mend in a gettext file from English to Dutch."""
    if not path.exists():
        return [Problem(path.name, "", "", "is missing")]
    with path.open("rb") as file:
        messages = [message for message in pofile.read_po(file, locale="nl") if message.id]
    return [Problem(path.name, *found) for message in messages for found in _in_message(message)]


def _read(paths: Iterable[Path], parse: Callable[[Path], T]) -> tuple[dict[str, T], list[Problem]]:
    parsed, broken = {}, []
    for path in paths:
        try:
            parsed[path.name] = parse(path)
        except ContentError as wrong:
            broken.append(Problem(path.name, "", "", str(wrong).removeprefix(f"{path.name}: ")))
    return parsed, broken


def _in_list(file: str, options: OptionList) -> Iterator[Problem]:
    texts = [*_of_options(options.options), *_of_groups(options.groups)]
    yield from _weighed(file, "", texts, options.excesses, _as_a_whole(options.options))


def _in_instrument(
    file: str, instrument: Instrument, shared: set[tuple[Option, ...]], known: set[str]
) -> Iterator[Problem]:
    yield from _weighed(file, "title", [(Kind.TITLE, instrument.title), (Kind.HELP, instrument.about)])
    for part in instrument.parts:
        yield from _weighed(file, part.key, [(Kind.TITLE, part.title)], whole=_average(part))
        for step in part.steps:
            heading = Kind.QUESTION if step.heading.nl.endswith("?") else Kind.TITLE
            texts = [(Kind.TITLE, step.title), (heading, step.heading), (Kind.TEXT, step.lead)]
            yield from _weighed(file, f"step {step.key}", texts)
        for item in part.items:
            own = () if item.options in shared else item.options
            yield from _weighed(file, item.id, _of_item(item, own), item.excesses, _as_a_whole(own))
            for stranger in set(item.shows) - known:
                yield Problem(file, item.id, "", f"shows {stranger}, which no instrument asks")


def _missing(factors: Iterable[Factor]) -> Iterator[Problem]:
    there = {factor.key for factor in factors}
    yield from (Problem(f"{key}.toml", "", "", "is missing") for key in FactorKey if key not in there)


def _in_factor(file: str, factor: Factor) -> Iterator[Problem]:
    yield from _weighed(file, "title", [(Kind.TITLE, factor.title)])
    yield from _weighed(file, "example", [(Kind.EXAMPLES, factor.example)])
    yield from _counted(file, "example", factor.example, (2, 3))
    for action in factor.actions:
        yield from _weighed(file, action.id, [(Kind.HELP, action.text), (Kind.TEXT, action.then)])
        yield from _counted(file, action.id, action.text, (1,))


def _counted(file: str, item: str, words: Words, numbers: Sequence[int]) -> Iterator[Problem]:
    for locale in LOCALES:
        if (number := len(voice.sentences(words[locale]))) not in numbers:
            meant = " or ".join(map(str, numbers))
            yield Problem(file, item, locale, f"sentences: {number}, and {meant} is meant")


def _in_guide(file: str, guide: Guide) -> Iterator[Problem]:
    yield from _weighed(file, "title", [(Kind.TITLE, guide.title), (Kind.HELP, guide.lead)])
    for point in guide.points:
        asks = [(Kind.QUESTION, ask) for ask in point.asks]
        texts = [(Kind.TITLE, point.title), (Kind.HELP, point.text), *asks]
        yield from _weighed(file, point.id, texts)


def _in_cadence(file: str, cadence: Cadence) -> Iterator[Problem]:
    yield from _weighed(file, "title", [(Kind.TITLE, cadence.title), (Kind.HELP, cadence.fits)])


def _in_pointers(obstacles: OptionList | None, guides: Iterable[Guide]) -> Iterator[Problem]:
    """What an obstacle points to must be there: a factor, or a point of a guide for the team."""
    points = {point.id for guide in guides for point in guide.points}
    known = {f"{POINTER}{key}" for key in FactorKey} | points
    for option in obstacles.options if obstacles else ():
        for stranger in [each for each in option.points_to if each not in known]:
            if stranger.startswith((POINTER, "team.")):
                yield Problem(catalogue.OBSTACLES, option.id, "", f"points to {stranger}, which is not there")


def _weighed(
    file: str,
    item: str,
    texts: Iterable[tuple[Kind, Words | None]],
    excesses: tuple[Excess, ...] = (),
    whole: Iterable[tuple[str, Finding]] = (),
) -> Iterator[Problem]:
    """The findings that no excess gives a reason for, and the excesses that nothing needs."""
    found = [*whole]
    for kind, words in texts:
        if words is None:
            continue
        for locale in LOCALES:
            found += [(locale, each) for each in voice.findings(words[locale], kind, locale)]
        if kind in (Kind.QUESTION, Kind.HELP) and words.nl == words.en:
            yield Problem(file, item, "", f"the same in both languages: {words.nl}")
    excused = {excess.rule for excess in excesses}
    yield from (Problem(file, item, locale, each.what) for locale, each in found if each.rule not in excused)
    for rule in excused - {each.rule for _, each in found}:
        yield Problem(file, item, "", f"no text needs the excess {rule!r}")


def _of_item(item: Item, options: Iterable[Option]) -> Iterator[tuple[Kind, Words | None]]:
    yield from ((Kind.QUESTION, item.ask), (Kind.HELP, item.help), (Kind.EXAMPLES, item.examples))
    yield from _of_options(options)


def _of_options(options: Iterable[Option]) -> Iterator[tuple[Kind, Words | None]]:
    for option in options:
        yield from ((Kind.OPTION, option.label), (Kind.HELP, option.help))


def _of_groups(groups: Iterable[Group]) -> Iterator[tuple[Kind, Words | None]]:
    yield from ((Kind.TITLE, group.label) for group in groups)


def _as_a_whole(options: tuple[Option, ...]) -> Iterator[tuple[str, Finding]]:
    yield from (("", found) for found in voice.option_findings(option.label.nl for option in options))


def _average(part: Part) -> Iterator[tuple[str, Finding]]:
    """The average length is a rule for a whole text: here, for what is asked in one go."""
    for locale in LOCALES:
        texts = [words[locale] for item in part.items for words in (item.ask, item.help) if words]
        found = voice.findings(" ".join(texts), Kind.TEXT, locale)
        yield from ((locale, each) for each in found if each.rule is Rule.AVERAGE)


def _in_message(message: Message) -> Iterator[tuple[str, str, str]]:
    english = _forms(message.id)
    dutch = _forms(message.string or "")
    name = english[0]
    if message.fuzzy or not all(dutch):
        yield name, "nl", "the translation is fuzzy" if message.fuzzy else "the translation is missing"
    for locale, texts in (("en", english), ("nl", filter(None, dutch))):
        for text in texts:
            yield from ((name, locale, each.what) for each in voice.word_findings(text, Kind.TEXT, locale))
    # The singular may say "one" in words, so a plural form may leave out what not every original has.
    asked = [set(PLACEHOLDER.findall(text)) for text in english]
    for text in filter(None, dutch):
        there = set(PLACEHOLDER.findall(text))
        if not set.intersection(*asked) <= there <= set.union(*asked):
            yield name, "nl", f"the placeholders differ: {text}"


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
