"""When somebody finished a training at their own pace: the page in all its states."""

from collections.abc import Iterator
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from lti_tool.services.finishing import Finish
from lti_tool.web import finishing
from tests.web.samples import TITLE, TODAY, VISIT, Page

DAY = timedelta(days=1)
FIRST, LAST = TODAY - 20 * DAY, TODAY + 20 * DAY
UNSAID = Finish(FIRST, LAST, None, is_open=True, can_be_taken_back=False)
SAID = Finish(FIRST, LAST, TODAY - 2 * DAY, is_open=True, can_be_taken_back=True)


def pages() -> Iterator[Page]:
    """Before it is said, after, and where it can be said no more."""
    over = Finish(FIRST, LAST, TODAY - 18 * DAY, is_open=False, can_be_taken_back=False)
    closed = Finish(FIRST, TODAY - 2 * DAY, None, is_open=False, can_be_taken_back=False)
    coming = Finish(TODAY + DAY, LAST, None, is_open=False, can_be_taken_back=False)
    for name, finish in (("unsaid", UNSAID), ("said", SAID), ("over", over), ("closed", closed)):
        yield _page(name, finish)
    yield _page("to come", coming)
    yield _page("to mend", UNSAID, typed="1-1-2020")
    yield _page("with a plan", Finish(FIRST, LAST, TODAY, True, False), has_plan=True)


def _page(name: str, finish: Finish, *, typed: str | None = None, has_plan: bool = False) -> Page:
    form = finishing.form(finish, TODAY, MultiDict({"day": typed}) if typed else None)
    if typed:
        form.validate()
    shown = {"title": TITLE, "finish": finish, "form": form, "has_plan": has_plan, "visit": VISIT}
    return Page("finished", shown, name)
