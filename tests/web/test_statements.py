"""How often a page asks the database: as often for sixty learners as for three."""

import re

import pytest

from lti_tool.models.deliveries import Delivery
from lti_tool.models.tracks import Enrolment
from lti_tool.services.participants import AT_ONCE
from tests.web.campus import LOOK_BACK, OTHER_COURSE, TRAINER
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part


@pytest.fixture
def group(campus):
    """An activity that is set up, and its trainer's browser and page."""
    where = campus.place()
    let_launch(campus, 0, FEW)
    let_take_part(campus, where)
    browser, page = campus.open(TRAINER)
    return where, page.url, campus.cookie_of(browser)


def test_the_trainers_page_asks_as_often_for_sixty_as_for_three(campus, group):
    where, url, cookie = group
    campus.http.get(url, headers=cookie)
    with counted() as for_few:
        few = campus.http.get(url, headers=cookie)
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    with counted() as for_many:
        many = campus.http.get(url, headers=cookie)

    people = [page.text.split('id="people"')[1] for page in (few, many)]
    assert [len(set(re.findall(r"learner-\d+", text))) for text in people] == [FEW, AT_ONCE]
    assert len(for_many) == len(for_few)
    assert len(for_many) < 24


def test_moving_the_dates_asks_as_often_for_sixty_as_for_three(campus, group):
    where, url, cookie = group

    def move(starts_on, ends_on):
        days = {"starts_on": starts_on, "ends_on": ends_on}
        told = campus.http.post(url + "dates", data=days, headers=cookie)
        (moving,) = re.findall(r'name="moving" value="([-0-9]+)"', told.text)
        moved = campus.http.post(url + "dates", data={**days, "moving": moving}, headers=cookie)
        assert moved.status_code == 303

    with counted() as for_few:
        move("2026-12-03", "2026-12-04")
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    with counted() as for_many:
        move("2026-12-10", "2026-12-11")

    assert len({one.anchor_on for one in campus.all(Enrolment)}) == 1
    assert len(campus.all(Enrolment)) == MANY
    assert len(for_many) == len(for_few), (len(for_few), len(for_many))


def test_setting_up_asks_as_often_for_sixty_as_for_three(campus):
    browser = campus.sign_in(TRAINER)
    few, many = browser.launch(LOOK_BACK), browser.launch(OTHER_COURSE)
    let_launch(campus, 0, FEW, LOOK_BACK)
    let_launch(campus, FEW, FEW + MANY, OTHER_COURSE)
    cookie, counts = campus.cookie_of(browser), []
    days = {"phase": "post", "starts_on": "2026-12-03", "ends_on": "2026-12-04", "switch_on": "1"}

    for page in (few, many):
        with counted() as sent:
            assert campus.http.post(page.url, data=days, headers=cookie).status_code == 303
        counts.append(len(sent))

    assert len(campus.all(Enrolment)) == FEW + MANY
    assert len(campus.all(Delivery)) >= FEW + MANY
    assert counts[1] == counts[0]


def test_putting_people_in_groups_asks_as_often_for_sixty_as_for_three(campus, group):
    where, url, cookie = group
    days = {"add": "1", "name": "Noord", "starts_on": "2026-12-03", "ends_on": "2026-12-04"}
    campus.http.post(url + "groups", data=days, headers=cookie)

    def regroup(number):
        chosen = {str(one.id): number for one in campus.all(Enrolment)}
        with counted() as sent:
            page = campus.http.get(url + "groups", headers=cookie)
            moved = campus.http.post(url + "groups", data=chosen, headers=cookie)
        assert (page.status_code, moved.status_code) == (200, 303)
        return len(sent)

    for_few = regroup("2")
    regroup("1")
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    for_many = regroup("2")

    assert len({one.cohort_id for one in campus.all(Enrolment)}) == 1
    assert for_many == for_few
