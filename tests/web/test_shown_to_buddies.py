"""What a buddy sees: what the learner shows, until it is taken back or closes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.exports import BuddyKept
from lti_tool.models.contacts import Contact
from lti_tool.models.people import Person
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.rounds import erasing
from lti_tool.services import exports, privacy
from lti_tool.services.export_sources import Source
from tests.web.buddies import (
    LAST_ON,
    W5,
    WORDS,
    YES,
    invited,
    launch_was_long_ago,
    opened,
    show,
    willing,
    with_a_plan,
)
from tests.web.follow import ONE_CLICK, letters, set_up
from tests.web.mail import link


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def learner(campus, where):
    return with_a_plan(campus)


def test_a_buddy_sees_nothing_until_the_learner_shows_it_and_each_thing_by_itself(campus, learner):
    url = willing(campus, learner)
    nothing = campus.http.get(url).text

    assert show(campus, learner, "plan").status_code == 303
    plan = campus.http.get(url).text
    show(campus, learner, "day")
    day = campus.http.get(url).text
    show(campus, learner)
    taken_back = campus.http.get(url).text

    assert "Hier staat nu niets" in nothing
    assert "Hier staat nu niets" in taken_back
    for page, sees_plan, sees_day in (
        (nothing, False, False),
        (plan, True, False),
        (day, False, True),
        (taken_back, False, False),
    ):
        assert (WORDS.when in page, WORDS.then in page) == (sees_plan, sees_plan)
        assert ("9 december" in page) == sees_day
        assert "Sanne" not in page
    assert campus.all(Release) == []


def test_a_buddy_reads_the_name_only_if_the_learner_ticks_it(campus, learner):
    url = invited(campus, learner, tells_name="1")
    asked = campus.http.get(url).text

    campus.http.post(url, data=YES)

    assert "Sanne" in asked
    assert "Sanne" in campus.http.get(url).text


def test_showing_more_takes_a_fresh_launch_and_hiding_does_not(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan", "day")
    launch_was_long_ago(campus)

    hidden = show(campus, learner, "plan").status_code
    more = show(campus, learner, "plan", "task")

    assert (hidden, more.status_code) == (303, 403)
    assert "Open dit onderdeel nog eens" in more.text
    assert [row.item.value for row in campus.all(Release)] == ["plan"]


def test_what_was_taken_back_in_another_page_does_not_come_back(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan", "day")
    path = f"buddies/{campus.only(Contact).id}"
    before = opened(learner, path)
    show(campus, learner, "plan")

    answer = learner(path, item=["plan", "day"], opened=before)

    assert answer.status_code == 409
    assert "Dit is intussen veranderd" in answer.text
    assert [row.item.value for row in campus.all(Release)] == ["plan"]


def test_what_is_no_item_is_not_shown(campus, learner):
    willing(campus, learner)

    show(campus, learner, "kopje", "plan", "' OR 1=1")

    assert [row.item.value for row in campus.all(Release)] == ["plan"]


def test_the_question_leads_to_what_is_shown_and_its_stop_ends_it(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan")

    (letter,) = letters(campus, W5)

    url = link(letter, "/b/").removesuffix("/stop")
    assert "Ik blijf buddy" in campus.http.get(f"{url}/stop").text
    assert WORDS.when in campus.http.get(url).text
    assert WORDS.when not in letter.text + letter.subject + letter.html
    assert campus.http.post(f"{url}/stop", data=ONE_CLICK).status_code == 200
    assert WORDS.when not in campus.http.get(url).text


def test_the_page_closes_a_week_after_the_two_weeks_and_stopping_stays_possible(campus, learner):
    url = willing(campus, learner)
    show(campus, learner, "plan")

    campus.go_to(LAST_ON)
    last = campus.http.get(url)
    campus.go_to(LAST_ON + timedelta(days=1))
    over = campus.http.get(url)

    assert (last.status_code, over.status_code) == (200, 410)
    assert WORDS.when in last.text
    assert WORDS.when not in over.text
    assert "U hoeft niets te doen" in over.text
    assert "Ik blijf buddy" not in campus.http.get(f"{url}/stop").text
    assert campus.http.post(url, data=YES).status_code == 410
    assert campus.http.post(f"{url}/stop", data=ONE_CLICK).status_code == 200


@pytest.mark.parametrize("what", ["left", "removed", "erased"])
def test_the_page_closes_with_the_learner_and_the_platform(campus, learner, what):
    url = willing(campus, learner)
    show(campus, learner, "plan")

    with campus.work.sessions.begin() as session:
        enrolment = session.scalars(select(Enrolment)).one()
        if what == "left":
            enrolment.status = EnrolmentStatus.LEFT
        if what == "removed":
            session.scalars(select(Platform)).one().status = PlatformStatus.REMOVED
        person_id, key_id = enrolment.person_id, session.get_one(Person, enrolment.person_id).key_id
    if what == "erased":
        campus.work.keyring.forget(key_id)
        no_key = campus.http.get(url)
        erasing.erase(campus.work, person_id, now=campus.work.now())
        assert no_key.status_code == 410

    answer = campus.http.get(url)

    assert answer.status_code == 410
    assert WORDS.when not in answer.text


def test_what_is_kept_names_the_buddies_and_what_they_see(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan", "day")

    with campus.work.reading() as session:
        person = session.get_one(Person, session.scalars(select(Enrolment)).one().person_id)
        key = campus.work.keyring.of([person.key_id])[person.key_id]
        source = Source(session, person, key, campus.work.keyring.named, campus.work.catalogue, "nl")
        (training,) = exports.of_person(source).trainings
        kept = privacy.kept(session, person)

    assert training.buddies == (BuddyKept("Ingrid Postma", "confirmed", ("day", "plan")),)
    assert training.managers == ()
    assert (kept.buddies, kept.leaders) == (1, 0)
