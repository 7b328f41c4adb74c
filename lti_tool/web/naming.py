"""The form with which somebody names a contact or a manager."""

from typing import Any

from wtforms import Field

from lti_tool.domain.words import LOCALES
from lti_tool.services.contacts import Refusal, Typed
from lti_tool.web.fields import WordField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import clean_line

LONGEST_NAME, LONGEST_ADDRESS = 100, 254


class LineField(Field):  # type: ignore[misc]  # WTForms has no types
    """A line that has to be filled in; kept on the page whatever it holds."""

    data: str

    def __init__(self, limit: int, missing: ProblemKind, **wtforms: Any) -> None:
        super().__init__(**wtforms)
        self.limit, self.missing = limit, missing

    def process_data(self, value: str | None) -> None:
        """Takes a known line over."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads what was typed."""
        self.data = clean_line(valuelist[0]) if valuelist else ""
        if not self.data:
            self.process_errors.append(Problem(self.missing))
        elif (over := len(self.data) - self.limit) > 0:
            self.process_errors.append(Problem(ProblemKind.TOO_LONG, over, self.limit))

    @property
    def problem(self) -> Problem | None:
        """The first thing there is to mend."""
        return self.errors[0] if self.errors else None

    @property
    def first_id(self) -> str:
        """The id of its input."""
        return str(self.id)


class TickField(Field):  # type: ignore[misc]  # WTForms has no types
    """Yes when it is ticked."""

    data: bool
    problem = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads whether it was ticked."""
        self.data = bool(valuelist)


def form(locale: str, sent: Posted | None = None) -> PageForm:
    """Name, address and language; and whether a manager may know who asks. locale: the likely language."""
    made = PageForm(
        {
            "name": LineField(LONGEST_NAME, ProblemKind.NO_NAME),
            "address": LineField(LONGEST_ADDRESS, ProblemKind.NO_ADDRESS),
            "locale": WordField(LOCALES),
            "tells_name": TickField(),
        }
    )
    made.process(sent, data={"locale": locale, "tells_name": False})
    return made


def read(filled: PageForm) -> Typed:
    """What a form that holds says."""
    return Typed(*(filled[name].data for name in ("name", "address", "locale", "tells_name")))


def refuse(filled: PageForm, refusal: Refusal) -> None:
    """Puts beside the address why it cannot be asked."""
    filled["address"].errors = [Problem(ProblemKind(refusal))]
