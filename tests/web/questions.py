"""Forms of one question each, as the tests of the fields fill them in."""

from datetime import date

from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Audience, Item, Option, Step
from lti_tool.domain.item_type import ItemType
from lti_tool.domain.item_type_files import named
from lti_tool.domain.words import Words
from lti_tool.web import forms
from lti_tool.web.item_fields import DayTile
from lti_tool.web.problems import Problem

TODAY = date(2026, 11, 13)
MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)
DAYS = [DayTile(MONDAY), DayTile(TUESDAY), DayTile(FRIDAY, False, "free_day")]
TEXT = named("text")
ASK = Words(nl="Wat wilt u?", en="What do you want?")
OPTIONS = tuple(Option(id, Words(nl=id, en=id)) for id in ("time", "rules"))


def item(type: ItemType = TEXT, **more: object) -> Item:
    """A question of one type."""
    return Item(id="pre.goal", type=type, ask=ASK, audience=Audience.ME, source="own", **more)  # type: ignore[arg-type]


def filled(asked: Item, sent: dict[str, str | list[str]], said: Answer | None = None) -> forms.PageForm:
    """The form of one question, as it comes in."""
    step = Step("goal", ASK, ASK, (asked,))
    known = {asked.id: said} if said else {}
    return forms.step(step, "nl", today=TODAY, days=DAYS, said=known, sent=MultiDict(sent))


def answer(form: forms.PageForm) -> Answer:
    """The one answer of a form that holds."""
    assert form.validate()
    return forms.read(form)["pre.goal"]


def problem(form: forms.PageForm) -> Problem:
    """The one problem of a form that does not hold."""
    assert not form.validate()
    return form["pre.goal"].problem
