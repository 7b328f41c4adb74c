"""HTML documents as a browser without scripts reads them: forms, links, frames, headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Answer = str | bool | Sequence[str] | None
"""What goes into a field: text, whether a box is ticked, several choices, or None to leave the field out."""

CHOICES = {"radio", "checkbox", "option"}
"""Kinds of control that send their own value, and only when chosen."""

BUTTONS = {"submit", "image"}

SILENT = {"button", "reset", "file"}
"""Kinds of control that send nothing here."""


@dataclass(frozen=True)
class Control:
    """One field, one choice or one button of a form.

    kind: the type of an input; "textarea", "option" for one choice of a select, "submit" for a button.
    text: what stands on a button or in an option.
    action: where this button sends its form instead; empty for the form's own address.
    """

    name: str
    kind: str
    value: str
    is_chosen: bool = False
    text: str = ""
    action: str = ""


@dataclass(frozen=True)
class Form:
    """A form and its controls in order."""

    action: str
    method: str
    controls: tuple[Control, ...]
    id: str = ""

    @property
    def names(self) -> set[str]:
        """The names of all fields and buttons."""
        return {control.name for control in self.controls if control.name}

    @property
    def buttons(self) -> list[Control]:
        return [control for control in self.controls if control.kind in BUTTONS]

    def button(self, text: str | None) -> Control | None:
        """The button with this text or value; the first for None. Raises LookupError when there is none."""
        if text is None:
            return next(iter(self.buttons), None)
        for button in self.buttons:
            if text in (button.text, button.value):
                return button
        raise LookupError(f"no button {text!r} among {[button.text for button in self.buttons]}")

    def filled(self, answers: Mapping[str, Answer], pressed: Control | None) -> list[tuple[str, str]]:
        """The pairs that the form sends. Raises LookupError for a field or a choice that it does not have."""
        for name, answer in answers.items():
            self._require(name, answer)
        pairs = []
        for control in self.controls:
            value = _sent(control, answers) if control.kind not in BUTTONS else _pressed(control, pressed)
            if value is not None and control.name:
                pairs.append((control.name, value))
        return pairs

    def _require(self, name: str, answer: Answer) -> None:
        same = [control for control in self.controls if control.name == name]
        if not same:
            raise LookupError(f"no field {name!r} among {sorted(self.names)}")
        choices = {control.value for control in same if control.kind in CHOICES}
        missing = set(_wanted(answer)) - choices
        if len(choices) > 0 and missing:
            raise LookupError(f"no choice {sorted(missing)} for {name!r} among {sorted(choices)}")


@dataclass(frozen=True)
class Link:
    """A link or a frame: where it leads and what stands on it."""

    url: str
    text: str


@dataclass(frozen=True)
class Document:
    """What a page offers."""

    title: str
    heading: str
    forms: tuple[Form, ...]
    links: tuple[Link, ...]
    frames: tuple[Link, ...]


def _sent(control: Control, answers: Mapping[str, Answer]) -> str | None:
    if control.kind in SILENT:
        return None
    answer = answers.get(control.name, control.is_chosen if control.kind in CHOICES else control.value)
    if control.kind not in CHOICES:
        return answer if isinstance(answer, str) else None
    is_sent = answer if isinstance(answer, bool) else control.value in _wanted(answer)
    return control.value if is_sent else None


def _wanted(answer: Answer) -> Sequence[str]:
    """The values of the choices in an answer."""
    if answer is None or isinstance(answer, bool):
        return ()
    return (answer,) if isinstance(answer, str) else answer


def _pressed(control: Control, pressed: Control | None) -> str | None:
    return control.value if control is pressed else None
