"""The form with which somebody names a contact or a manager."""

from lti_tool.domain.words import LOCALES
from lti_tool.services.contacts import Refusal, Typed
from lti_tool.web.fields import AskedField, LineField, WordField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind

LONGEST_NAME, LONGEST_ADDRESS = 100, 254


class TickField(AskedField):
    """Yes when it is ticked."""

    data: bool

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
