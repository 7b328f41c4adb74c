"""A trainer who looks as a learner: as a learner does, marked everywhere, and nothing of it stays."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Mailbox, Person
from lti_tool.models.tracks import Enrolment
from lti_tool.models.visits import Proof, Visit
from lti_tool.rounds import erasing, retention
from tests.web.campus import ASSISTANT, PREPARE, TRAINER, write
from tests.web.routes import addresses, filled
from tests.web.tables import dump

LOOK, STOP, GO_ON = "as-learner", "as-learner/stop", "as-learner/items/"
MARK = "U kijkt als deelnemer."
# The trainer's own visits are all that may be other afterwards, and what the LMS said of the trainer.
STAYS = {"visit", "round_run"}


@pytest.fixture
def trainer(campus):
    """A trainer of a training that ended today; their browser and first page."""
    campus.place(PREPARE, instrument="pre")
    campus.place()
    return campus.open(TRAINER)


@pytest.fixture
def looking(campus, trainer):
    """The same, who looks as a learner; the first page of that."""
    browser, home = trainer
    return browser, browser.submit(home, button="Bekijken als deelnemer")


def inside(page):
    """What a page shows, without the address of its visit."""
    return re.sub(r"/v/[^/]+/", "/v/", page.partition("<main")[2])


def trials_of(campus):
    return [each for each in campus.all(Person) if each.is_trial]


def but_visits(campus):
    return {name: rows for name, rows in dump(campus.work).items() if name not in STAYS}


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


def test_after_stopping_nothing_is_left_and_the_trainer_is_back(campus, trainer):
    browser, home = trainer
    before = but_visits(campus)
    page = write(browser, browser.submit(home, button="Bekijken als deelnemer"))
    (person,) = trials_of(campus)

    back = browser.submit(page, button="Stoppen met kijken")

    assert "U kijkt niet meer als deelnemer" in back.text
    assert "Bekijken als deelnemer" in back.text
    assert but_visits(campus) == before
    assert campus.work.keyring.of([person.key_id]) == {}


def test_looking_once_more_begins_anew(campus, trainer, looking):
    browser, home = trainer
    write(browser, looking[1])
    (first,) = trials_of(campus)

    again = browser.submit(home, button="Bekijken als deelnemer")

    (second,) = trials_of(campus)
    assert second.id != first.id
    assert "vraag ik eerst door" not in again.text


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


def test_the_way_back_of_who_may_only_look_leads_to_what_they_may_see(campus, trainer):
    browser, home = campus.open("youssef", roles=[ASSISTANT])
    page = browser.submit(home, button="Bekijken als deelnemer")

    back = browser.submit(page, button="Stoppen met kijken")

    assert (
        campus.http.get(f"{back.url.split('?')[0]}dates", headers=campus.cookie_of(browser)).status_code
        == 403
    )


@pytest.mark.parametrize("path", [LOOK, STOP])
def test_a_learner_has_no_way_to_a_trainers_pages(campus, trainer, path):
    browser, page = campus.open("sanne")
    before = dump(campus.work)

    answer = campus.http.post(f"{page.url}{path}", headers=campus.cookie_of(browser))

    assert answer.status_code in {403, 404}
    assert dump(campus.work) == before


def test_the_address_that_a_trainer_passed_on_opens_nothing_and_leads_nowhere(campus, looking):
    _, page = looking
    browser, _ = campus.open("sanne")
    before = len(campus.all(Visit))

    answer = campus.http.post(f"{page.url}as-learner/stop", headers=campus.cookie_of(browser))

    assert answer.status_code == 403
    assert len(campus.all(Visit)) == before
    assert len(trials_of(campus)) == 1


def test_without_a_cookie_the_way_back_leads_through_the_course(campus, looking):
    _, page = looking
    with campus.work.sessions.begin() as session:
        session.execute(update(Visit).values(proof=Proof.STORAGE))

    answer = campus.http.post(
        f"{page.url}as-learner/stop",
        headers={"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"},
    )

    assert answer.status_code == 200
    assert "Open het onderdeel opnieuw in uw leeromgeving" in answer.text
    assert trials_of(campus) == []


def test_the_way_back_does_not_make_a_launch_last_longer(campus, looking):
    browser, page = looking
    with campus.work.sessions.begin() as session:
        long_ago = datetime.now(UTC) - timedelta(hours=9)
        session.execute(update(Visit).where(Visit.back_id.is_(None)).values(launched_at=long_ago))

    back = browser.submit(page, button="Stoppen met kijken")

    assert "Open het onderdeel opnieuw in uw leeromgeving" in back.text


def test_who_is_a_trainer_no_more_comes_back_to_what_they_are_now(campus, looking):
    browser, page = looking
    campus.open(TRAINER, roles=["Learner"])

    back = browser.submit(page, button="Stoppen met kijken")

    assert (
        campus.http.get(f"{back.url.split('?')[0]}dates", headers=campus.cookie_of(browser)).status_code
        == 403
    )


def test_who_walks_away_leaves_nothing_either(campus, trainer, looking):
    browser, page = looking
    write(browser, page)
    (person,) = trials_of(campus)

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=46)):
        removed = retention.run(campus.work, now=campus.work.now())

    assert removed.trials == 1
    assert trials_of(campus) == []
    assert campus.work.keyring.of([person.key_id]) == {}


def test_who_still_looks_is_left_alone(campus, looking):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=40)):
        retention.run(campus.work, now=campus.work.now())

    assert len(trials_of(campus)) == 1


def test_a_test_student_of_the_lms_is_left_alone(campus, trainer):
    campus.open("tjerk", roles=["Learner", "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"])

    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        retention.run(campus.work, now=campus.work.now())

    assert [each.is_test for each in campus.all(Person)].count(True) == 1


def test_a_trainer_who_is_erased_takes_the_test_person_along(campus, looking):
    (person,) = trials_of(campus)
    ineke = next(
        visit.person_id
        for visit in campus.all(Visit)
        if visit.back_id is None and visit.person_id != person.id
    )

    erasing.erase(campus.work, ineke, now=campus.work.now())
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=46)):
        retention.run(campus.work, now=campus.work.now())

    assert trials_of(campus) == []


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
