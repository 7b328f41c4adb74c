"""The pages about where mails go, with what they are shown with."""

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from lti_tool.web import own_addresses
from tests.web.samples import TITLE, VISIT, Page

LMS, OWN = "s.dewit@gemeente.example", "sanne@thuis.example"


def pages() -> Iterator[Page]:
    """All of them."""
    around = {"title": TITLE, "visit": VISIT, "back_url": "/v/v1/", "form": own_addresses.form()}
    around |= {"is_fresh": True, "is_own": False, "lms_knows_one": True, "reach": "open", "waiting": ()}
    around |= {"address": LMS, "notice": None}
    yield Page("own_address", around, "of the course")
    yield Page("own_address", {**around, "waiting": [OWN], "notice": "asked"}, "asked")
    yield Page("own_address", {**around, "address": OWN, "is_own": True}, "of their own")
    bare = {**around, "lms_knows_one": False}
    yield Page("own_address", {**bare, "address": OWN, "is_own": True}, "of their own only")
    yield Page("own_address", {**bare, "address": None, "notice": "taken_back"}, "none")
    for reach in ("refused", "stopped"):
        yield Page("own_address", {**around, "reach": reach}, reach)
    wrong = own_addresses.form(MultiDict({"address": ""}))
    wrong.validate()
    yield Page("own_address", {**around, "form": wrong}, "to mend")
    yield Page("own_address", {**around, "is_fresh": False, "address": None}, "after a quarter")
    for state in ("asked", "yes", "no"):
        yield Page("address_confirm", {"organisation": "Gemeente Waterhoek", "state": state}, state)
    url = "https://beklijf.example/f/Qx3wT7vK9mPz2LrB8nYc.ics"
    for name, taken, words in (("", None, False), ("taken", url, False), ("with words", url, True)):
        shown = {"address": taken, "with_words": words, "back_url": "/m/t2"}
        yield Page("calendar_feed", shown, name)
    yield Page("address_gone", {"reference": "BK-7Q2M-94XA"})
