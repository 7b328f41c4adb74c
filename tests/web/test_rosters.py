"""From a launch by the trainer to letters for who never opened anything, over HTTP."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from demo_lms.vocabulary import NRPS_SERVICE
from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import roster
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, switch_on

LEARNERS = {"Sanne de Wit", "Youssef el Haddad", "Marloes Hendriks", "Tjerk Hoekstra", "Emma Verbeek"}
TROUBLE = "Beklijf kan de lijst van deelnemers in uw leeromgeving nu niet lezen."


@pytest.fixture
def set_up(campus):
    """A preparation that its trainer set up, for a training in eight weeks."""
    browser, page = campus.open(TRAINER, PREPARE)
    day = (campus.today + timedelta(weeks=8)).isoformat()
    days = {"phase": "pre", "starts_on": day, "ends_on": day}
    switch_on(browser, page, days)
    return campus


def read(campus):
    return roster.run(campus.work, now=campus.work.now())


def names_on(page):
    return set(re.findall(r"<li><span>([^<]+)</span><span class=\"nl-data-badge[^>]*>Nog niet", page.text))


def test_who_never_opened_it_is_on_the_trainers_page_and_gets_the_letters_before_it(set_up):
    assert read(set_up) == 1

    _, page = set_up.open(TRAINER, PREPARE)
    assert names_on(page) == LEARNERS
    assert "Er doen 5 mensen mee." in page.text
    assert TROUBLE not in page.text
    assert len(who_gets(set_up, "prepare")) == len(LEARNERS)


def test_a_link_that_joins_the_training_later_brings_its_letters_to_who_takes_part_already(set_up):
    read(set_up)
    before = who_gets(set_up, "plan")
    browser, page = set_up.open(TRAINER, LOOK_BACK)
    switch_on(browser, page, {"phase": "post"})

    assert (len(before), len(who_gets(set_up, "plan"))) == (0, len(LEARNERS))


def who_gets(campus, step):
    with campus.work.reading() as session:
        people = select(Person.sub).join(Enrolment).join(Delivery, Delivery.enrolment_id == Enrolment.id)
        return set(session.scalars(people.where(Delivery.step == step)))


def test_who_left_the_course_is_no_longer_on_the_trainers_page(set_up):
    read(set_up)
    members = f"{set_up.lms.url}/api/courses/311/members"
    try:
        set_up.http.post(members, json={"person": "tjerk", "is_member": False})
        ask_again(set_up)
        read(set_up)
    finally:
        set_up.http.post(members, json={"person": "tjerk", "is_member": True})

    _, page = set_up.open(TRAINER, PREPARE)
    assert names_on(page) == LEARNERS - {"Tjerk Hoekstra"}


def test_a_roster_that_cannot_be_read_is_told_to_the_trainer_once_and_calmly(set_up):
    with set_up.work.sessions.begin() as session:
        session.scalars(select(Course)).one().roster_url = "http://127.0.0.1:9/memberships"
    read(set_up)

    _, page = set_up.open("tjerk", PREPARE)
    assert TROUBLE not in page.text
    _, page = set_up.open(TRAINER, PREPARE)
    assert page.text.count(TROUBLE) == 1


def test_an_lms_without_rosters_works_as_before(campus):
    campus.next_claims(lambda claims: claims.pop(NRPS_SERVICE))
    browser, page = campus.open(TRAINER, PREPARE)
    page = switch_on(browser, page, {"phase": "pre"})

    assert (read(campus), campus.only(Course).roster_url) == (0, None)
    assert "Nog niemand heeft dit onderdeel geopend." in page.text
    assert TROUBLE not in page.text


def ask_again(campus):
    with campus.work.sessions.begin() as session:
        session.scalars(select(Course)).one().roster_read_at = None
