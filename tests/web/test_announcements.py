"""Whoever chose a training with its days never pressed a switch: its page says once that it is on."""

from datetime import date

import pytest
from sqlalchemy import update

from lti_tool.models.courses import Course
from lti_tool.models.deliveries import Delivery
from lti_tool.models.tracks import Track
from lti_tool.rounds import roster
from tests.web.campus import ASSISTANT, PREPARE, TRAINER, switch_on, write
from tests.web.choosing import DAYS, choose, claims_of, first_open

ON = "Deze training staat aan"
FIRST = "De eerste mail gaat op maandag 23 november"


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


def open_item(campus, item, link_id="9001", name=TRAINER, *changes):
    """Somebody opens the link that the LMS made of an item; their browser and the first page."""
    browser = campus.sign_in(name)
    campus.next_claims(*claims_of(item, link_id), *changes)
    return browser, browser.launch(PREPARE)


@pytest.mark.database
def test_a_trainer_reads_when_the_first_mail_goes_and_to_whom(campus):
    items = choose(campus, DAYS)

    _, before = open_item(campus, items[0])
    roster.run(campus.work, now=campus.work.now())
    _, after = open_item(campus, items[0])

    told = [page.text.split(ON)[1].split("</section>")[0] for page in (before, after)]
    assert f"{FIRST}. Voor iedereen die zich nog niet heeft voorbereid." in told[0]
    assert f"{FIRST} naar " in told[1]
    assert " mensen." in told[1]


def test_without_a_list_of_the_course_it_says_who_gets_the_mail(campus):
    items = choose(campus, DAYS)
    with campus.work.sessions.begin() as session:
        session.execute(update(Course).values(roster_url=None))

    _, page = open_item(campus, items[0], "9001", TRAINER, without_list)

    assert f"{FIRST}. Voor iedereen die" in page.text
    assert "Iemand doet mee zodra die een onderdeel heeft geopend." in page.text


def test_once_the_trainer_leaves_it_like_this_no_item_of_the_training_says_it_again(campus):
    items = choose(campus, DAYS)
    browser, page = open_item(campus, items[0])

    done = browser.submit(page, button="Zo laten")
    _, other = open_item(campus, items[3], "9004")

    assert ON not in done.text + other.text
    assert done.url.endswith("/")
    assert campus.only(Track).is_unannounced is False


def test_the_way_to_the_calendar_ends_it_too(campus):
    items = choose(campus, DAYS)
    browser, page = open_item(campus, items[0])

    calendar = browser.submit(page, button="Kalender bekijken")
    _, again = open_item(campus, items[0])

    assert calendar.url.endswith("/dates")
    assert ON not in again.text


def test_until_then_it_stays_and_the_page_under_it_works(campus):
    items = choose(campus, DAYS)
    browser, page = open_item(campus, items[0])

    groups = browser.open(browser.open(page, "/settings"), "/groups")
    _, again = open_item(campus, items[0])

    assert groups.document.heading == "Groepen"
    assert ON in again.text


def test_neither_learners_nor_those_who_may_only_look_are_told(campus):
    items = choose(campus, DAYS)
    roles = "https://purl.imsglobal.org/spec/lti/claim/roles"

    _, looker = open_item(campus, items[0], "9001", "youssef", lambda c: c.update({roles: [ASSISTANT]}))

    assert ON not in looker.text
    assert ON not in first_open(campus, items[0], "sanne").text
    assert campus.only(Track).is_unannounced is True


def test_who_pressed_the_switch_is_not_told_again(campus):
    items = choose(campus, {"when": "later"})
    browser, page = open_item(campus, items[0])

    ready = switch_on(browser, page, DAYS)

    assert "Klaar. Deelnemers kunnen beginnen" in ready.text
    assert ON not in ready.text


def test_after_the_first_mail_it_speaks_of_the_next(campus):
    items = choose(campus, DAYS)
    first_open(campus, items[0], "sanne")
    campus.go_to(date(2026, 11, 24), 17)
    assert campus.deliver()

    _, page = open_item(campus, items[0])

    assert "De volgende mail gaat op" in page.text.split(ON)[1]


def test_it_names_no_day_that_somebody_chose_for_themselves(campus):
    items = choose(campus, DAYS)
    with campus.work.sessions.begin() as session:
        session.execute(update(Course).values(roster_url=None))
    campus.go_to(date(2026, 12, 15))
    learner, page = open_item(campus, items[3], "9004", "sanne", without_list)
    write(learner, page)
    campus.go_to(date(2026, 12, 18), 10)
    campus.deliver()
    own = date(2026, 12, 19)
    with campus.work.sessions.begin() as session:
        session.execute(update(Delivery).where(Delivery.step == "own_date").values(due_on=own))

    _, home = open_item(campus, items[0], "9001", TRAINER, without_list)

    told = home.text.split(ON)[1].split("</section>")[0]
    assert [(row.status, row.due_on) for row in campus.all(Delivery) if row.step == "own_date"] == [
        ("planned", own)
    ]
    assert "De volgende mail gaat op" in told
    assert "19 december" not in told
    assert "naar 1 persoon" not in told


def without_list(claims):
    """A launch that says nothing of a list of who is in the course."""
    claims.pop("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice", None)


@pytest.mark.parametrize("roster_is_read", [False, True])
def test_of_half_a_day_it_says_that_the_first_mail_is_for_who_has_a_plan(campus, roster_is_read):
    day = {"starts_on": "30-11-2026", "ends_on": "30-11-2026"}
    choice = {"preset": "half_day", **day, "purposes": ["pre", "post"]}
    items = choose(campus, choice)
    _, page = open_item(campus, items[0])
    if roster_is_read:
        roster.run(campus.work, now=campus.work.now())
        _, page = open_item(campus, items[0])

    told = page.text.split(ON)[1].split("</section>")[0]
    assert "De eerste mail gaat op dinsdag 1 december. Voor iedereen met een plan, kort na" in told
    assert "naar" not in told.split("In de kalender")[0]


def test_of_an_e_learning_it_names_no_day_that_each_person_has_for_themselves(campus):
    choice = {"preset": "e_learning", "starts_on": "20-11-2026", "ends_on": "31-12-2026", "cadence": "light"}
    items = choose(campus, choice)

    _, page = open_item(campus, items[0])

    told = page.text.split(ON)[1].split("</section>")[0]
    assert "De eerste mail komt in ieders eigen twee weken." in told


def test_a_list_that_was_read_today_is_read_anew_once_a_training_that_was_chosen_is_opened(campus):
    campus.place(PREPARE, instrument="pre", starts_on=campus.today, ends_on=campus.today)
    campus.open(TRAINER)
    roster.run(campus.work, now=campus.work.now())
    items = choose(campus, DAYS)

    _, before = open_item(campus, items[0])
    read = roster.run(campus.work, now=campus.work.now())
    open_item(campus, items[1], "9002")
    again = roster.run(campus.work, now=campus.work.now())

    assert ON in before.text
    assert (read, again) == (1, 0)
