"""What a letter says, for a page: its words in their order, without where its links lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lti_tool.mail.environment import environment
from lti_tool.mail.letters import Writable


@dataclass(frozen=True)
class Line:
    """A line of a letter. is_link: what stands there is the name of a link."""

    text: str
    is_link: bool = False


@dataclass(frozen=True)
class Preview:
    """The words of a letter."""

    subject: str
    lines: tuple[Line, ...]


def read(about: Writable) -> Preview:
    """A letter as it would go; nothing is sent. The mark of an example is left to the page."""
    about = about.on_single_lines()
    jinja = environment("en" if about.locale.lower().startswith("en") else "nl")
    given: dict[str, object] = {"nudge": about, "cue": about.cue, "locale": about.locale}
    given["shared"] = made = jinja.get_template(about.shared).make_module(given)
    words, shared = vars(jinja.get_template(about.template).make_module(given)), vars(made)
    return Preview(words["subject"], tuple(line for line in _lines(words, shared) if line.text))


def _lines(words: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Line]:
    """In the order of layout.txt."""
    if shared["own_words"]:
        yield Line(f"{shared['you_wrote']} “{shared['own_words']}”")
    yield from (Line(words[name]) for name in ("lead", "question"))
    yield from (Line(label, is_link=True) for label, _ in words["actions"])
    yield Line(words["note"])
    if recall := shared.get("recall"):
        yield Line(recall)
        yield Line(shared["recall_choice"], is_link=True)
    yield Line(shared.get("waits", ""))
    yield Line(shared["also"], is_link=True)
    yield from (Line(shared.get(name, "")) for name in ("why", "coming", "offer"))
    yield from (Line(label, is_link=True) for label, _ in shared["choices"])
