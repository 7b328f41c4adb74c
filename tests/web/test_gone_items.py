"""An item that somebody took out of the course: its trainer reads so, and can put it back with all in it."""

import pytest

from demo_lms.faults import Endpoint, Fault
from lti_tool.models.activities import Activity
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Track
from lti_tool.rounds import scores
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, switch_on, write
from tests.web.choosing import DL, ask, choose, told
from tests.web.test_announcements import open_item

GONE = "heeft geen plek meer voor dit onderdeel"
NEW = "3119"


@pytest.fixture(params=[404, 410])
def where(campus, request):
    """A training of which one learner is done, and whose look back was taken out of the course."""
    made = campus.place()
    campus.place(PREPARE, instrument="pre")
    browser, page = campus.open("sanne")
    write(browser, page)
    campus.lms.platform.faults.add(Endpoint.SCORES, Fault(request.param))
    scores.run(campus.work, now=campus.work.now())
    return made


def settings(campus, **more):
    browser, home = campus.open(TRAINER, PREPARE, **more)
    return browser, browser.open(home, "/settings")


def score(campus):
    (row,) = [row for row in campus.all(Delivery) if row.kind is Kind.SCORE]
    return row.status


def put_in_again(campus, name=TRAINER):
    """Opens the link that the trainer made for it in the LMS."""
    browser = campus.sign_in(name)
    campus.next_link(NEW, "Terugkijken en plan maken")
    return browser, browser.launch(LOOK_BACK)


def test_the_trainer_reads_what_happened_what_stays_and_what_helps(campus, where):
    browser, page = settings(campus)

    health = browser.open(page, "/health")

    assert page.text.count(GONE) == 1
    assert "Zet het opnieuw in uw leeromgeving" in page.text
    assert "heeft geen plek meer in uw leeromgeving" in health.text
    assert "Bij Instellingen leest u wat u kunt doen" in health.text


def test_who_may_only_look_reads_what_happened(campus, where):
    _, page = settings(campus, roles=[ASSISTANT])

    assert GONE in page.text
    assert "Zet het opnieuw" not in page.text


def test_an_item_that_somebody_opens_after_that_is_there(campus, where):
    campus.open("marloes", LOOK_BACK)

    assert GONE not in settings(campus)[1].text


def test_put_in_the_course_again_it_holds_what_people_wrote_and_their_score_goes(campus, where):
    browser, page = put_in_again(campus)
    shown = switch_on(browser, page)

    scores.run(campus.work, now=campus.work.now())

    (link,) = [one for one in campus.all(ResourceLink) if one.link_id == NEW]
    assert shown.status == 200
    assert [each.link_id for each in campus.all(Activity) if each.id == where.activity.id] == [link.id]
    assert len(campus.all(Activity)) == 2
    assert campus.only(Reflection).activity_id == where.activity.id
    assert score(campus) is DeliveryStatus.SENT
    assert GONE not in settings(campus)[1].text


def test_whoever_was_done_is_done_there_too(campus, where):
    browser, page = put_in_again(campus)
    switch_on(browser, page)

    learner, home = put_in_again(campus, "sanne")

    assert "de brief over het terras" in learner.open(home, "/reflect/").text


@pytest.mark.database
def test_chosen_in_the_lms_for_the_same_training_it_is_the_same_item(campus, where):
    (item,) = choose(campus, {"purposes": "post"}, accept_multiple=False)

    learner, home = open_item(campus, item, NEW, "sanne")
    scores.run(campus.work, now=campus.work.now())

    (link,) = [one for one in campus.all(ResourceLink) if one.link_id == NEW]
    assert "de brief over het terras" in learner.open(home, "/reflect/").text
    assert {each.link_id for each in campus.all(Activity) if each.id == where.activity.id} == {link.id}
    assert len(campus.all(Activity)) == 2
    assert score(campus) is DeliveryStatus.SENT


def test_chosen_and_then_not_taken_in_by_the_lms_it_stays_where_it_was(campus, where):
    choose(campus, {"purposes": "post"}, accept_multiple=False)

    assert len(campus.all(Activity)) == 2
    assert GONE in settings(campus)[1].text


@pytest.mark.database
def test_where_the_lms_takes_a_whole_training_its_items_that_are_gone_are_put_back(campus, where):
    browser, page = ask(campus)

    answer = browser.submit(page, having="back")

    (item,) = told(answer)[DL + "content_items"]
    learner, home = open_item(campus, item, NEW, "sanne")
    assert "de brief over het terras" in learner.open(home, "/reflect/").text
    assert len(campus.all(Activity)) == 2
    assert len(campus.all(Track)) == 1


def test_where_nothing_is_gone_there_is_nothing_to_put_back(campus):
    campus.place()

    _, page = ask(campus)

    assert "Terugzetten" not in page.text


def test_items_that_are_back_meanwhile_are_not_put_back_twice(campus, where):
    browser, page = ask(campus)
    campus.open("marloes", LOOK_BACK)

    answer = browser.submit(page, having="back")

    assert answer.status == 409
    assert "Terugzetten" not in answer.text
    assert len(campus.all(Activity)) == 2


def test_a_second_link_beside_one_that_is_there_is_an_item_of_its_own(campus):
    campus.place()
    browser, page = put_in_again(campus)

    switch_on(browser, page)

    assert len({each.link_id for each in campus.all(Activity)}) == 2
