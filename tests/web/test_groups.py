"""Groups of a training with days of their own, and who is in which."""

import re
from datetime import date, timedelta

import pytest

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.plans import Plan
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import AnchorSource, Cohort, Enrolment, Track
from lti_tool.services.participants import AT_ONCE
from tests.factories import AMSTERDAM
from tests.web.campus import ASSISTANT, LOOK_BACK, TRAINER, write
from tests.web.statements import let_launch, let_take_part
from tests.web.tables import dump

WEEK = timedelta(days=7)


@pytest.fixture
def today(campus) -> date:
    return campus.work.now().calendar.astimezone(AMSTERDAM).date()


def add(browser, page, name, day):
    """A trainer adds a group of one day, from the first page."""
    groups = browser.open(browser.open(page, "/settings"), "/groups")
    days = {"name": name, "starts_on": day.isoformat(), "ends_on": day.isoformat()}
    return browser.submit(groups, days, "Groep maken", "add")


def put(browser, groups, enrolment, number):
    """A trainer puts somebody in a group."""
    return browser.submit(groups, {str(enrolment.id): str(number)}, having=str(enrolment.id))


def test_without_groups_there_is_one_and_nobody_is_asked_about_it(campus):
    campus.place()
    campus.open("sanne")

    browser, page = campus.open(TRAINER)
    groups = browser.open(browser.open(page, "/settings"), "/groups")

    assert "Groep 1" not in page.text
    assert "Groepen bewaren" not in groups.text


def test_a_group_has_a_name_and_its_own_days(campus, today):
    campus.place()
    browser, page = campus.open(TRAINER)

    after = add(browser, page, "Groep Noord", today + 2 * WEEK)

    assert "notice=group_added" in after.url
    assert [(one.number, one.name) for one in campus.all(Cohort)] == [(1, ""), (2, "Groep Noord")]
    assert campus.only(Track).closes_on == today + 2 * WEEK + timedelta(days=60)


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "x" * 61}, {"ends_on": "1-1-2020"}])
def test_a_group_that_cannot_be_is_told_and_not_made(campus, today, typed):
    campus.place()
    browser, page = campus.open(TRAINER)
    groups = browser.open(browser.open(page, "/settings"), "/groups")

    again = browser.submit(groups, {"name": "Noord", **typed}, "Groep maken", "add")

    assert again.status == 422
    assert 'id="to-mend"' in again.text
    assert len(campus.all(Cohort)) == 1


def test_who_moves_keeps_all_that_was_written_and_gets_the_letters_of_the_new_days(campus, today):
    campus.place()
    learner, first = campus.open("sanne")
    write(learner, first)
    browser, page = campus.open(TRAINER)
    groups = add(browser, page, "Groep Noord", today + 3 * WEEK)
    kept = dump(campus.work, {"reflection", "answer", "plan"})

    saved = put(browser, groups, campus.only(Enrolment), 2)

    enrolment = campus.only(Enrolment)
    north = next(one for one in campus.all(Cohort) if one.number == 2)
    nudges = [row for row in campus.all(Delivery) if row.kind is Kind.NUDGE]
    coming = [row.due_on for row in nudges if row.status is DeliveryStatus.PLANNED]
    assert "notice=grouped" in saved.url
    assert (enrolment.cohort_id, enrolment.anchor_on) == (north.id, today + 3 * WEEK)
    assert dump(campus.work, {"reflection", "answer", "plan"}) == kept
    assert min(coming) > today + 3 * WEEK
    assert "een inwoner belt" in learner.launch(LOOK_BACK).text


def test_somebody_whose_days_did_not_come_from_a_group_keeps_them(campus, today):
    campus.place()
    campus.open("sanne")
    with campus.work.sessions.begin() as session:
        own = session.merge(campus.only(Enrolment))
        own.anchor_source, own.anchor_on = AnchorSource.LEARNER, today + WEEK
    browser, page = campus.open(TRAINER)

    put(browser, add(browser, page, "Noord", today + 3 * WEEK), campus.only(Enrolment), 2)

    assert campus.only(Enrolment).anchor_on == today + WEEK


def test_who_is_in_another_group_writes_on_and_is_not_enrolled_again(campus, today):
    campus.place()
    learner, first = campus.open("sanne")
    step = learner.open(first, "/reflect/")
    learner.submit(step, {"post.task": "de brief"}, "Bewaren voor later", "later")
    browser, page = campus.open(TRAINER)
    put(browser, add(browser, page, "Noord", today + 3 * WEEK), campus.only(Enrolment), 2)

    again = learner.launch(LOOK_BACK)
    write(learner, again)

    assert len(campus.all(Enrolment)) == len(campus.all(Reflection)) == len(campus.all(Plan)) == 1


def test_the_home_of_a_trainer_shows_people_by_group(campus, today):
    campus.place()
    campus.open("sanne")
    campus.open("youssef")
    browser, page = campus.open(TRAINER)
    groups = add(browser, page, "Groep Noord", today + 3 * WEEK)
    youssef = max(campus.all(Enrolment), key=lambda enrolment: enrolment.joined_at)
    put(browser, groups, youssef, 2)

    home = browser.launch(LOOK_BACK)

    first, north = home.text.split('id="people"')[1].split("Groep Noord")[:2]
    assert ("Sanne de Wit" in first, "Youssef el Haddad" in first) == (True, False)
    assert "Youssef el Haddad" in north


def test_the_days_of_one_group_move_without_the_other(campus, today):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    add(browser, page, "Groep Noord", today + 3 * WEEK)
    later = (today + 5 * WEEK).isoformat()

    form = browser.open(browser.open(browser.launch(LOOK_BACK), "/settings"), "/dates?group=2")
    saved = browser.submit(form, {"ends_on": later, "starts_on": later, "name": "Oost"}, having="starts_on")

    assert "notice=moved" in saved.url
    assert [(one.name, one.ends_on) for one in campus.all(Cohort)] == [
        ("", today),
        ("Oost", today + 5 * WEEK),
    ]
    assert campus.only(Enrolment).anchor_on == today


def test_nobody_is_put_in_a_group_that_is_not_there_or_of_another_training(campus, today):
    campus.place()
    campus.open("sanne")
    browser, page = campus.open(TRAINER)
    before = dump(campus.work, {"enrolment"})

    answer = campus.http.post(
        page.url + "groups", data={str(campus.only(Enrolment).id): "2"}, headers=campus.cookie_of(browser)
    )

    assert answer.status_code == 422
    assert dump(campus.work, {"enrolment"}) == before


def test_who_may_only_look_makes_no_groups(campus):
    campus.place()
    browser, page = campus.open("youssef", roles=[ASSISTANT])

    answer = campus.http.get(page.url + "groups", headers=campus.cookie_of(browser))

    assert answer.status_code == 403
    assert "/groups" not in page.text


def test_a_large_group_is_divided_fifty_people_at_a_time(campus, today):
    where = campus.place()
    let_launch(campus, 0, AT_ONCE + 2)
    let_take_part(campus, where)
    browser, page = campus.open(TRAINER)
    first = add(browser, page, "Groep Noord", today + 2 * WEEK)
    second = browser.follow(first, "Volgende mensen")
    known = {str(one.id): one for one in campus.all(Enrolment)}
    shown = [known[one] for one in re.findall(r'<select[^>]*name="([-0-9a-f]{36})"', second.text)]

    saved = put(browser, second, shown[0], 2)

    moved = [one.id for one in campus.all(Enrolment) if one.cohort_id != where.cohort.id]
    assert len(shown) == 2
    assert moved == [shown[0].id]
    assert "page=2" in saved.url
