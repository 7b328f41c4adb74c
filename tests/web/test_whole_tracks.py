"""Choosing a whole training, or one item of it: what goes back to the course, and what waits for its link."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from lti_tool.models.activities import Activity
from lti_tool.models.deep_links import ContentSelection, SelectionStatus
from lti_tool.models.tracks import Cohort, Meeting, Track
from tests.web.campus import TRAINER
from tests.web.choosing import ADD, DAYS, DL, ask, choose, told
from tests.web.tables import dump

ALL = ["pre", "mid", "post", "journey"]


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


def test_a_whole_training_goes_back_in_one_response(campus):
    items = choose(campus, {**DAYS, "name": "Doorvragen"})

    assert [item["title"] for item in items] == [
        "Voorbereiden: Doorvragen",
        "Terugkijken op bijeenkomst 1: Doorvragen",
        "Terugkijken op bijeenkomst 2: Doorvragen",
        "Terugkijken en plan maken: Doorvragen",
        "Mijn leerreis: Doorvragen",
    ]
    assert {item["type"] for item in items} == {"ltiResourceLink"}
    assert {item["url"] for item in items} == {campus.tool + "/lti/launch"}
    assert [item.get("lineItem", {}).get("tag") for item in items] == ["pre", "mid", "mid", "post", None]
    assert {item["lineItem"]["scoreMaximum"] for item in items if "lineItem" in item} == {1}


def test_each_item_carries_the_id_of_an_activity_that_waits_for_its_link(campus):
    items = choose(campus, DAYS)

    activities = campus.all(Activity)
    assert {item["custom"]["activity_id"] for item in items} == {str(row.lms_id) for row in activities}
    assert all(item["lineItem"]["resourceId"] == item["custom"]["activity_id"] for item in items[:4])
    assert [row.link_id for row in activities] == [None] * 5
    assert sorted(row.meeting_number or 0 for row in activities) == [0, 0, 0, 1, 2]
    assert [row.held_on.day for row in campus.all(Meeting)] == [1, 8, 15]


def test_each_item_is_expected_when_its_training_needs_it(campus):
    items = choose(campus, DAYS)

    assert [item.get("submission") for item in items] == [
        {"endDateTime": "2026-12-01T22:59:00Z"},
        {"startDateTime": "2026-11-30T23:00:00Z", "endDateTime": "2026-12-08T22:59:00Z"},
        {"startDateTime": "2026-12-07T23:00:00Z", "endDateTime": "2026-12-15T22:59:00Z"},
        {"startDateTime": "2026-12-14T23:00:00Z", "endDateTime": "2026-12-29T22:59:00Z"},
        None,
    ]


def test_the_name_of_the_course_and_all_items_are_chosen_already(campus):
    _, page = ask(campus)

    filled = dict(page.form(having="name").filled({}, None))
    assert filled["name"] == "Doorvragen aan het loket"
    assert [c.value for c in page.form().controls if c.name == "purposes" and c.is_chosen] == ALL


def test_the_days_of_a_course_that_is_to_come_are_filled_in_and_others_stay_open(campus):
    trainer = campus.sign_in(TRAINER)
    course = campus.lms.platform.courses.find("312")
    campus.go_to(course.meetings[0])

    coming, over = (dict(trainer.choose_content(c).form().filled({}, None)) for c in ("312", "311"))

    first, last = (f"{day.day}-{day.month}-{day.year}" for day in course.meetings)
    assert (coming["starts_on"], coming["ends_on"]) == (first, last)
    assert (over["starts_on"], over["ends_on"]) == ("", "")


def test_days_that_come_later_leave_the_training_without_a_group(campus):
    items = choose(campus, {"when": "later", "sessions": "3"})

    assert [item.get("lineItem", {}).get("tag") for item in items] == ["pre", "mid", "mid", "post", None]
    assert not [item for item in items if "submission" in item]
    assert campus.all(Cohort) == []
    assert campus.only(Track).closes_on is None


def test_only_the_items_that_are_wanted_go_back(campus):
    browser, page = ask(campus)
    items = told(browser.submit(page, {**DAYS, "purposes": ["post"]}, button=ADD))[DL + "content_items"]

    assert [item["lineItem"]["tag"] for item in items] == ["post"]


def test_a_course_without_columns_gets_none(campus):
    items = choose(campus, DAYS, accept_lineitem=False)

    assert not [item for item in items if "lineItem" in item]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"name": ""}, "Geef de training een naam."),
        ({"starts_on": "morgen"}, "Schrijf de dag zo"),
        ({"starts_on": "2-12-2026", "ends_on": "1-12-2026"}, "Kies een laatste dag vanaf"),
        ({"purposes": []}, "Kies minstens één onderdeel."),
        ({"starts_on": "morgen", "purposes": []}, "Kies minstens één onderdeel."),
        ({"starts_on": "1-12-2026", "ends_on": "1-12-2026", "purposes": ["mid"]}, "Een training van één dag"),
    ],
)
def test_what_does_not_fit_is_asked_again_and_nothing_is_made(campus, answers, says):
    browser, page = ask(campus)

    page = browser.submit(page, {**DAYS, "between": "", **answers}, button=ADD)

    assert page.status == 422
    assert says in page.text
    assert campus.all(Track) == []
    assert campus.only(ContentSelection).status is SelectionStatus.OPEN


def test_what_is_to_mend_in_the_same_way_is_said_once_on_top(campus):
    browser, page = ask(campus)

    page = browser.submit(page, {"starts_on": "", "ends_on": "", "between": ""}, button=ADD)

    summary = page.text.partition('id="to-mend"')[2].partition("</ul>")[0]
    assert summary.count("Schrijf de dag zo") == 1
    assert all(f'href="#{day}"' in summary for day in ("starts_on", "ends_on"))


def test_days_that_are_not_asked_need_not_fit(campus):
    items = choose(campus, {"when": "later", "starts_on": "morgen", "sessions": "1"})

    assert [item.get("lineItem", {}).get("tag") for item in items] == ["pre", "post", None]


@pytest.mark.database
def test_two_posts_at_once_make_one_training_and_the_same_response(campus):
    browser, page = ask(campus)
    own, form = campus.cookie_of(browser), page.form(having="name")
    sent = dict(form.filled(DAYS, form.button(ADD))) | {"purposes": ALL}

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: campus.http.post(page.url, data=sent, headers=own), range(2)))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(campus.all(Track)) == 1
    assert len(campus.all(Activity)) == 4 + 1


def test_back_and_again_gives_the_same_items_under_the_same_nonce(campus):
    browser, page = ask(campus)

    first, again = (told(browser.submit(page, DAYS, button=ADD)) for _ in range(2))

    assert first[DL + "content_items"] == again[DL + "content_items"]
    assert first["nonce"] == again["nonce"]


def test_looking_changes_nothing(campus):
    browser, page = ask(campus)
    before = dump(campus.work)

    for path in ("", "/done"):
        campus.http.get(page.url + path, headers=campus.cookie_of(browser))

    assert dump(campus.work) == before


def test_where_one_item_fits_one_is_chosen_and_begins_a_training(campus):
    (item,) = choose(campus, {**DAYS, "purposes": "pre"}, accept_multiple=None)

    assert item["lineItem"]["tag"] == "pre"
    assert len(campus.all(Activity)) == 1


def test_the_next_single_item_joins_the_training_and_is_what_that_lacks(campus):
    choose(campus, {**DAYS, "purposes": "pre"}, accept_multiple=False)

    found = [choose(campus, accept_multiple=False)[0] for _ in range(4)]

    assert [item["title"].split(":")[0] for item in found] == [
        "Terugkijken op bijeenkomst 1",
        "Terugkijken op bijeenkomst 2",
        "Terugkijken en plan maken",
        "Mijn leerreis",
    ]
    assert len(campus.all(Track)) == 1


def test_a_single_item_can_join_a_training_whose_days_come_later(campus):
    choose(campus, {"when": "later", "purposes": "pre"}, accept_multiple=False)

    (item,) = choose(campus, {"purposes": "post"}, accept_multiple=False)

    assert item["lineItem"]["tag"] == "post"
    assert len(campus.all(Track)) == 1


def test_outside_a_course_an_item_is_set_up_when_it_is_first_opened(campus):
    (item,) = choose(campus, {"purposes": "post"}, course=False)

    assert item["title"] == "Terugkijken en plan maken"
    assert "custom" not in item
    assert item["lineItem"] == {
        "label": "Terugkijken en plan maken",
        "scoreMaximum": 1,
        "tag": "post",
        "submissionReview": {"reviewableStatus": ["Submitted", "Completed"]},
    }
    assert campus.all(Track) == []


def test_a_name_with_signs_in_it_arrives_as_it_was_typed_but_for_tags(campus):
    items = choose(campus, {**DAYS, "name": "R&D <b>\"anders\"</b> 'é'"})

    assert items[0]["title"] == "Voorbereiden: R&D ‹b›\"anders\"‹/b› 'é'"
