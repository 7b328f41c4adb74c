"""The forms with which a trainer words a question: other words for one that there is, or one of their own."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from lti_tool.domain import item_type_files, own_questions
from lti_tool.domain.adaptations import Wording
from lti_tool.domain.instruments import Item
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import LOCALES, Words
from lti_tool.web.fields import TextField, WordField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind

LONGEST_ASK, LONGEST_HELP, LONGEST_OPTION = 200, 300, 100
LONGEST_OPTIONS = own_questions.MOST_OPTIONS * (LONGEST_OPTION + 1)
NOTHING = Words("", "")


class OwnForm(PageForm):
    """A question of a trainer's own, with its options where its type takes any."""

    def look_further(self) -> None:
        """Something is asked, and there are as many options as the type takes."""
        if not (self["ask-nl"].data or self["ask-en"].data):
            self["ask-nl"].errors = [*self["ask-nl"].errors, Problem(ProblemKind.NO_OWN_QUESTION)]
        for problem in list(self._of_options())[:1]:
            first = next((name for name in _both("options") if self[name].data), "options-nl")
            self[first].errors = [*self[first].errors, problem]

    def _of_options(self) -> Iterator[Problem]:
        if self["type"].data is None:
            return
        least, most = own_questions.bounds(item_type_files.named(self["type"].data))
        nl, en = (lines(self[name].data) for name in _both("options"))
        number = max(len(nl), len(en))
        if most and number < least:
            yield Problem(ProblemKind.TOO_FEW_OPTIONS, limit=least)
        elif most and number > most:
            yield Problem(ProblemKind.TOO_MANY_OPTIONS, limit=most)
        elif most and nl and en and len(nl) != len(en):
            yield Problem(ProblemKind.OPTIONS_DIFFER)
        for each in (nl, en):
            if any(times > 1 for times in Counter(map(str.casefold, each)).values()):
                yield Problem(ProblemKind.SAME_OPTION_TWICE)
            if any(len(line) > LONGEST_OPTION for line in each):
                yield Problem(ProblemKind.OPTION_TOO_LONG, limit=LONGEST_OPTION)


def words(known: Wording | None, sent: Posted | None = None) -> PageForm:
    """Other words for a question; what stays empty keeps those of the source."""
    form = PageForm(_texts())
    form.process(sent, data=_said(known.ask, known.help) if known else {})
    return form


def read_words(form: PageForm, source: Item) -> Wording:
    """What a form says; what the source says too is none of its own."""
    ask, help_ = _read(form, "ask"), _read(form, "help")
    return Wording(_unlike(ask, source.ask), _unlike(help_, source.help or NOTHING))


def own(parts: Sequence[str], known: OwnItem | None, sent: Posted | None = None) -> OwnForm:
    """A question of a trainer's own. parts: keys of those that may ask it."""
    fields: dict[str, Any] = {
        "part": WordField(parts, otherwise=parts[0]),
        "type": WordField([each.name for each in own_questions.types()]),
        **_texts(),
        **{name: TextField(LONGEST_OPTIONS) for name in _both("options")},
    }
    form = OwnForm(fields)
    form.process(sent, data=_of_own(known) if known else {"part": parts[0], "type": "text"})
    return form


def read_own(form: PageForm, item_id: str) -> OwnItem:
    """The question of a form that holds."""
    kind = item_type_files.named(form["type"].data)
    help_ = _read(form, "help")
    return OwnItem(
        id=item_id,
        part=form["part"].data,
        type=kind.name,
        ask=_read(form, "ask"),
        help=help_ if help_ != NOTHING else None,
        options=_options(form) if own_questions.bounds(kind)[1] else (),
    )


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def mark_of(known: Wording | OwnItem | None) -> str:
    """What a page says of the words that it was opened with, so that of two trainers the second is told."""
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def _options(form: PageForm) -> tuple[Words, ...]:
    nl, en = (lines(form[name].data) for name in _both("options"))
    number = max(len(nl), len(en))
    nl, en = (each or [""] * number for each in (nl, en))
    return tuple(Words(*pair) for pair in zip(nl, en, strict=True))


def _texts() -> dict[str, TextField]:
    asks = {name: TextField(LONGEST_ASK, is_line=True) for name in _both("ask")}
    return {**asks, **{name: TextField(LONGEST_HELP, is_line=True) for name in _both("help")}}


def _both(name: str) -> list[str]:
    return [f"{name}-{locale}" for locale in LOCALES]


def _read(form: PageForm, name: str) -> Words:
    return Words(*(form[each].data for each in _both(name)))


def _said(ask: Words, help_: Words | None) -> dict[str, str]:
    help_ = help_ or NOTHING
    return {"ask-nl": ask.nl, "ask-en": ask.en, "help-nl": help_.nl, "help-en": help_.en}


def _of_own(known: OwnItem) -> dict[str, str]:
    options = {f"options-{each}": "\n".join(one[each] for one in known.options) for each in LOCALES}
    return {"part": known.part, "type": known.type, **_said(known.ask, known.help), **options}


def _unlike(words: Words, source: Words) -> Words:
    return Words(*("" if words[each] == source[each] else words[each] for each in LOCALES))
