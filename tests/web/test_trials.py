"""A trainer who looks as a learner: as a learner does, marked everywhere, and in nobody's numbers."""

import re
from datetime import timedelta

import pytest

from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Mailbox
from lti_tool.models.tracks import Enrolment
from tests.web.campus import ASSISTANT, PREPARE, TRAINER, write
from tests.web.routes import addresses, filled
from tests.web.tables import dump
from tests.web.trials import LOOK, STOP, look, trained, trials_of

MARK = "U kijkt als deelnemer."


@pytest.fixture
def trainer(campus):
    return trained(campus)


@pytest.fixture
def looking(trainer):
    return look(trainer)


def inside(page):
    """What a page shows, without the address of its visit."""
    return re.sub(r"/v/[^/]+/", "/v/", page.partition("<main")[2])


def test_a_trainer_sees_what_a_learner_sees(campus, trainer, looking):
    _, page = looking
    _, learners = campus.open("sanne")

    assert page.status == 200
    assert MARK in page.text
    assert inside(page.text) == inside(learners.text)


def test_a_learner_is_not_told_that_they_look(campus, trainer):
    _, page = campus.open("sanne")

    assert MARK not in page.text
    assert STOP not in page.text


def test_the_test_person_has_no_name_and_no_address_and_a_sub_that_no_platform_can_say(campus, looking):
    (person,) = trials_of(campus)

    assert (person.is_test, person.name, person.mailbox_id) == (True, None, None)
    assert "\n" in person.sub


def test_what_is_written_is_kept_while_looking(campus, looking):
    browser, page = looking

    after = write(browser, page)

    assert MARK in after.text
    assert "vraag ik eerst door" in browser.open(after, "/v/").text


def test_other_items_of_the_training_are_looked_at_as_the_same_person(campus, trainer):
    browser, _ = trainer
    campus.open("sanne", PREPARE)
    home = browser.launch("3112")
    page = browser.submit(home, button="Bekijken als deelnemer")

    before = browser.submit(page, button=campus.lms.platform.link(PREPARE).title)

    assert MARK in before.text
    assert before.url != page.url
    assert len(trials_of(campus)) == 1


def test_nobody_is_mailed_about_it(campus, looking):
    browser, page = looking
    write(browser, page)

    campus.go_to(campus.today + timedelta(days=8))

    assert campus.deliver() == []
    assert [row for row in campus.all(Delivery) if row.kind is Kind.SCORE] == []


def test_their_mails_stand_in_none_of_the_numbers_of_a_trainer(campus, trainer, looking):
    browser, home = trainer
    cookie = campus.cookie_of(browser)

    group = campus.http.get(home.url, headers=cookie)
    moving = campus.http.post(
        f"{home.url}dates",
        data={"starts_on": "2027-03-02", "ends_on": "2027-03-02"},
        headers=cookie,
    )

    assert any(row.kind is Kind.NUDGE for row in campus.all(Delivery))
    assert "zodra er iemand meedoet" in group.text
    assert moving.status_code == 303


def test_no_page_of_it_mails_anybody(campus, app, looking):
    browser, page = looking
    cookie, token = campus.cookie_of(browser), page.url.split("/")[4]
    before = len(campus.all(Mailbox))
    typed = {"address": "ineke.vandalen@gemeente.example", "name": "Ineke", "locale": "nl", "answer": "yes"}

    for method, rule, access in addresses(app):
        if method == "POST" and access in {"learner", "visitor"} and "stop" not in rule.rule + "erase":
            campus.http.post(filled(rule, token), data=typed, headers=cookie)

    assert len(campus.all(Mailbox)) == before
    assert [row for row in campus.all(Delivery) if row.mailbox_id is not None] == []


def test_naming_a_buddy_says_why_nobody_is_mailed(campus, looking):
    browser, page = looking
    cookie = campus.cookie_of(browser)
    typed = {"address": "ineke.vandalen@gemeente.example", "name": "Ineke", "locale": "nl"}

    answer = campus.http.post(f"{page.url}buddies", data=typed, headers=cookie)

    assert answer.status_code == 422
    assert "Daarom mailt Beklijf niemand" in answer.text


def test_who_may_only_look_may_look_as_a_learner_too(campus, trainer):
    browser, home = campus.open("youssef", roles=[ASSISTANT])

    page = browser.submit(home, button="Bekijken als deelnemer")

    assert MARK in page.text


@pytest.mark.parametrize("path", [LOOK, STOP])
def test_a_learner_has_no_way_to_a_trainers_pages(campus, trainer, path):
    browser, page = campus.open("sanne")
    before = dump(campus.work)

    answer = campus.http.post(f"{page.url}{path}", headers=campus.cookie_of(browser))

    assert answer.status_code in {403, 404}
    assert dump(campus.work) == before


def test_before_its_days_are_known_there_is_nothing_to_look_at(campus):
    browser, page = campus.open(TRAINER)
    token = page.url.split("/")[4]

    answer = campus.http.post(f"/v/{token}/as-learner", headers=campus.cookie_of(browser))

    assert answer.status_code == 409
    assert "Geef de training eerst dagen" in answer.text
    assert trials_of(campus) == []


def test_a_group_that_is_not_there_is_not_looked_at(campus, trainer):
    browser, home = trainer

    answer = campus.http.post(f"{home.url}as-learner", data={"group": "7"}, headers=campus.cookie_of(browser))

    assert answer.status_code == 409
    assert campus.all(Enrolment) == []


def test_pages_of_a_trainer_are_closed_while_looking(campus, looking):
    browser, page = looking

    refused = campus.http.get(f"{page.url}dates", headers=campus.cookie_of(browser))

    assert refused.status_code == 403
