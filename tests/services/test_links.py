"""Signed links in letters."""

from uuid import UUID

import pytest

from lti_tool.services import links
from lti_tool.services.links import Purpose

SECRET = "a secret that only the tests know, long enough"
ROW = UUID(int=2**127 - 1)


def test_a_link_gives_back_its_row():
    assert links.read(SECRET, Purpose.ANSWER, links.token(SECRET, Purpose.ANSWER, ROW)) == ROW


def test_a_link_for_one_purpose_opens_no_other():
    assert links.read(SECRET, Purpose.PREFERENCES, links.token(SECRET, Purpose.ANSWER, ROW)) is None


def test_a_link_is_worthless_under_another_secret():
    assert links.read("x" * 40, Purpose.ANSWER, links.token(SECRET, Purpose.ANSWER, ROW)) is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "ü", "A" * 5000, f"{ROW}", "AAAA.AAAA"])
def test_what_we_did_not_sign_is_no_link(text):
    assert links.read(SECRET, Purpose.ANSWER, text) is None
