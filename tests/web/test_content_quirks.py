"""What each platform asks for and needs when content is chosen, by what is known of it."""

from datetime import date

import pytest

from tests.web.choosing import DL, ask, told

ADD = "In leeromgeving zetten"
DAYS = {"starts_on": "1-12-2026", "between": "", "ends_on": "8-12-2026"}
ANYTHING = ["link", "file", "html", "ltiResourceLink", "image"]
MOODLE = {
    "accept_types": ["ltiResourceLink"],
    "accept_presentation_document_targets": ["frame", "iframe", "window"],
    "accept_copy_advice": False,
    "accept_multiple": True,
    "accept_unsigned": False,
    "auto_create": False,
    "can_confirm": False,
    "title": "Beklijf",
    "text": "",
    "data": None,
}
CANVAS_ASSIGNMENT = {
    "accept_types": ["ltiResourceLink"],
    "accept_presentation_document_targets": ["iframe", "window"],
    "accept_media_types": "application/vnd.ims.lti.v1.ltilink",
    "accept_multiple": False,
    "accept_lineitem": True,
    "auto_create": False,
    "validation_context": None,
    "data": None,
}
BLACKBOARD = {
    "accept_types": ANYTHING,
    "accept_presentation_document_targets": ["embed", "window"],
    "accept_multiple": True,
    "data": "a-blob-of-blackboard",
}
OPEN_EDX = {
    "accept_types": ANYTHING,
    "accept_presentation_document_targets": ["iframe", "window", "embed"],
    "accept_multiple": True,
    "auto_create": True,
    "data": None,
}


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


def chosen(campus, answers=None, **settings):
    """What goes back to a platform with these settings."""
    browser, page = ask(campus, **settings)
    claims = told(browser.submit(page, {**DAYS, **(answers or {})}, button=ADD))
    return claims, claims[DL + "content_items"]


@pytest.mark.parametrize("settings", [MOODLE, BLACKBOARD, OPEN_EDX], ids=["moodle", "blackboard", "open-edx"])
def test_every_platform_gets_whole_numbers_texts_and_what_names_its_columns(campus, settings):
    claims, items = chosen(campus, **settings)

    assert len(items) == 4
    for item in items:
        assert item["url"] == campus.tool + "/lti/launch"
        assert 0 < len(item["title"]) <= 255
        assert all(type(value) is str for value in item["custom"].values())
        if "lineItem" in item:
            assert type(item["lineItem"]["scoreMaximum"]) is int
            assert item["lineItem"]["resourceId"] == item["custom"]["activity_id"]
    assert claims.get(DL + "data") == settings["data"]


def test_moodle_that_sends_no_data_and_posts_items_one_by_one_gets_no_item_that_it_would_drop(campus):
    long = "Leren " * 18

    _, items = chosen(campus, {"name": long + "<i>x</i>"}, **MOODLE)

    assert not [item for item in items if len(item["title"]) > 255 or "<" in item["title"]]


def test_an_assignment_of_canvas_takes_one_item_with_its_column_in_the_page(campus):
    _, (item,) = chosen(campus, {"purposes": "post"}, **CANVAS_ASSIGNMENT)

    assert item["lineItem"]["scoreMaximum"] == 1
    assert ("iframe" in item, "window" in item) == (True, False)


def test_blackboard_gets_an_address_and_a_column_with_each_item_and_a_window_where_it_has_no_frame(campus):
    _, items = chosen(campus, **BLACKBOARD)

    assert ["lineItem" in item for item in items] == [True, True, True, False]
    assert [("window" in item, "iframe" in item) for item in items] == [(True, False)] * 4


def test_a_quicklink_of_brightspace_that_says_nothing_of_several_gets_one(campus):
    _, items = chosen(campus, {"purposes": "pre"}, accept_multiple=None, accept_types=ANYTHING)

    assert len(items) == 1
