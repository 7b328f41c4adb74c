"""The pages of an adviser of an organisation, with what they are shown with."""

from collections.abc import Iterator
from datetime import time

from werkzeug.datastructures import MultiDict

from lti_tool.web import signing_in
from tests.web.samples import Page


def pages() -> Iterator[Page]:
    """All of them."""
    for notice in (None, "asked", "left"):
        yield Page("adviser_sign_in", {"form": signing_in.form(), "notice": notice}, str(notice))
    wrong = signing_in.form(MultiDict({"address": ""}))
    wrong.validate()
    yield Page("adviser_sign_in", {"form": wrong, "notice": None}, "no address")
    yield Page("adviser_enter", {"organisation": "Gemeente Waterhoek"})
    yield Page("adviser_gone", {"reference": "BK-7Q2M-94XA", "ask_url": "/o/sign-in"})
    yield Page("adviser_home", {"organisation": "Gemeente Waterhoek", "until": time(17, 30)})
