"""Markup: reading HTML into a document."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from demo_lms.documents import Control, Document, Form, Link

Attributes = dict[str, str | None]


def read(text: str) -> Document:
    """The document in `text`; unknown or broken markup is passed over, as browsers do."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.document()


@dataclass
class _Element:
    """An element that is open and wants the text inside it."""

    attributes: Attributes
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


class _Reader(HTMLParser):
    """Collects what a `Document` holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._forms: list[Form] = []
        self._controls: list[tuple[Control, int | str | None]] = []
        self._links: list[Link] = []
        self._frames: list[Link] = []
        self._headings: dict[str, str] = {}
        self._form: int | None = None
        self._select: Attributes = {}
        self._select_began = 0
        self._open: dict[str, _Element] = {}
        self._begin: dict[str, Callable[[Attributes], None]] = {
            "form": self._begin_form,
            "input": self._take_input,
            "select": self._begin_select,
            "iframe": self._take_frame,
        }
        self._end: dict[str, Callable[[_Element], None]] = {
            "a": self._take_link,
            "button": self._take_button,
            "option": self._take_option,
            "textarea": self._take_textarea,
            "title": lambda element: self._take_heading("title", element),
            "h1": lambda element: self._take_heading("h1", element),
        }

    def document(self) -> Document:
        forms = tuple(
            replace(form, controls=tuple(c for c, owner in self._controls if owner in (number, form.id)))
            for number, form in enumerate(self._forms)
        )
        title, heading = (self._headings.get(name, "") for name in ("title", "h1"))
        return Document(title, heading, forms, tuple(self._links), tuple(self._frames))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "option":
            self._finish("option")  # the end tag of an option may be left out
        if tag in self._end:
            self._open[tag] = _Element(dict(attrs))
        elif tag in self._begin:
            self._begin[tag](dict(attrs))

    def handle_data(self, data: str) -> None:
        for element in self._open.values():
            element.pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._finish("option")
            self._end_select()
        else:
            self._finish(tag)

    def _finish(self, tag: str) -> None:
        element = self._open.pop(tag, None)
        if element is not None:
            self._end[tag](element)

    def _begin_form(self, attributes: Attributes) -> None:
        self._form = len(self._forms)
        method = (attributes.get("method") or "get").lower()
        self._forms.append(Form(attributes.get("action") or "", method, (), attributes.get("id") or ""))

    def _begin_select(self, attributes: Attributes) -> None:
        self._select, self._select_began = attributes, len(self._controls)

    def _end_select(self) -> None:
        """A select that takes one choice has one: the first, unless the markup names another."""
        options = self._controls[self._select_began :]
        if options and "multiple" not in self._select and not any(option.is_chosen for option, _ in options):
            first, owner = options[0]
            self._controls[self._select_began] = replace(first, is_chosen=True), owner
        self._select = {}

    def _take_input(self, attributes: Attributes) -> None:
        kind = (attributes.get("type") or "text").lower()
        default = "on" if kind in ("checkbox", "radio") else ""
        value = attributes.get("value", default) or ""
        self._take(
            Control(
                attributes.get("name") or "",
                kind,
                value,
                "checked" in attributes,
                value,
                attributes.get("formaction") or "",
            ),
            attributes,
        )

    def _take_button(self, element: _Element) -> None:
        given = element.attributes
        kind = (given.get("type") or "submit").lower()
        name, value, action = (given.get(key) or "" for key in ("name", "value", "formaction"))
        self._take(Control(name, kind, value, False, element.text, action), given)

    def _take_textarea(self, element: _Element) -> None:
        """A line break right after the start tag does not count (HTML 4.10.11)."""
        value = "".join(element.pieces).removeprefix("\n")
        self._take(Control(element.attributes.get("name") or "", "textarea", value), element.attributes)

    def _take_option(self, element: _Element) -> None:
        value = element.attributes.get("value", element.text) or ""
        name = self._select.get("name") or ""
        is_chosen = "selected" in element.attributes
        self._take(
            Control(name, "option", value, is_chosen, element.text), {**self._select, **element.attributes}
        )

    def _take_link(self, element: _Element) -> None:
        self._links.append(Link(element.attributes.get("href") or "", element.text))

    def _take_frame(self, attributes: Attributes) -> None:
        self._frames.append(Link(attributes.get("src") or "", attributes.get("title") or ""))

    def _take_heading(self, kind: str, element: _Element) -> None:
        self._headings.setdefault(kind, element.text)

    def _take(self, control: Control, attributes: Attributes) -> None:
        if "disabled" not in attributes:
            self._controls.append((control, attributes.get("form") or self._form))
