"""Who got which mail, as a trainer reads it."""

import re
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select, update

from lti_tool.domain.nudges import SkipReason
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services.participants import AT_ONCE
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part

SETTLED = (DeliveryStatus.PLANNED, DeliveryStatus.SENT, DeliveryStatus.SKIPPED, DeliveryStatus.CANCELLED)


@pytest.fixture
def group(campus):
    """A training with one learner who made a plan; opens the page as its trainer."""
    campus.place()
    write(*campus.open("sanne"))
    browser, home = campus.open(TRAINER)
    return lambda: (browser, browser.open(home, "/letters"))


def change(campus, model=Delivery, **values):
    with campus.work.sessions.begin() as session:
        session.execute(update(model).values(**values))


def main(opened):
    """What a page that somebody opened says of people, above the examples for its reader."""
    return opened[1].text.split("<main")[1].split("</main>")[0].split('id="example"')[0]


def test_the_page_is_the_same_whatever_became_of_the_mails_about_a_plan(campus, group):
    before, seen = main(group()), set()

    for status, reason in product(SETTLED, SkipReason):
        change(campus, status=status, reason=reason)
        seen.add(main(group()))
    change(campus, due_on=campus.all(Delivery)[0].due_on + timedelta(days=3))

    assert {*seen, main(group())} == {before}
    assert "Sanne de Wit" in before


def test_a_mail_about_preparing_stands_there_with_what_became_of_it(campus):
    campus.place(PREPARE, instrument="pre")
    campus.place(LOOK_BACK)
    campus.open("sanne", PREPARE)
    browser, home = campus.open(TRAINER)
    with campus.work.sessions.begin() as session:
        some = session.scalars(select(Delivery)).first()
        some.step, some.status = "prepare", DeliveryStatus.SENT
        day = some.due_on

    shown = main((browser, browser.open(home, "/letters")))

    assert re.search(rf"Voorbereiden: verstuurd op \w+ {day.day} \w+", shown)


def preparing(campus):
    """A training to come with one learner who is asked to prepare; opens the page as its trainer."""
    day = campus.today + timedelta(days=30)
    campus.place(PREPARE, instrument="pre", starts_on=day, ends_on=day)
    campus.open("sanne", PREPARE)
    browser, home = campus.open(TRAINER, PREPARE)
    return lambda: main((browser, browser.open(home, "/letters")))


def test_nothing_stands_planned_for_who_has_no_address(campus):
    opened = preparing(campus)
    before = opened()
    change(campus, Person, mailbox_id=None, lms_mailbox_id=None)

    shown = opened()

    assert "Voorbereiden: gepland voor" in before
    assert "gepland voor" not in shown
    assert re.search(r"Voorbereiden: gaat alleen als er op \w+ \d+ \w+ een mailadres is", shown)


def test_nor_for_whose_address_refuses_mail(campus):
    opened = preparing(campus)
    change(campus, Mailbox, status=MailboxStatus.REFUSED)

    shown = opened()

    assert "gepland voor" not in shown
    assert re.search(r"Voorbereiden: gaat alleen als het mailadres op \w+ \d+ \w+ weer werkt", shown)


def test_a_mail_that_may_not_have_arrived_has_no_name_or_day_and_can_be_sent_again(campus, group):
    change(campus, status=DeliveryStatus.UNKNOWN)

    browser, shown = group()
    again = browser.submit(shown, button="Opnieuw sturen: Een mail aan Sanne de Wit")

    listed = main((browser, shown))
    assert "kan niet zien of" in listed
    assert not re.search(r"\d{1,2} (november|december|januari)", listed)
    assert "notice=sent_again" in again.url


def test_whom_mail_does_not_reach_is_counted_and_who_wants_no_mail_at_all_is_not(campus, group):
    before = main(group())

    change(campus, Mailbox, status=MailboxStatus.REFUSED)
    came_back = main(group())
    change(campus, Mailbox, status=MailboxStatus.STOPPED)
    stopped = main(group())
    change(campus, Enrolment, status=EnrolmentStatus.LEFT)
    left = main(group())

    assert "<dt>Een mail kwam terug</dt><dd>1</dd>" in came_back
    assert stopped == before
    assert "<dt>Weg uit de leeromgeving</dt><dd>1</dd>" in left
    assert "Sanne de Wit" not in left


def test_who_may_only_look_sees_it_without_buttons_and_a_learner_does_not(campus, group):
    change(campus, status=DeliveryStatus.UNKNOWN)
    looking, home = campus.open("youssef", roles=[ASSISTANT])
    learner, own = campus.open("sanne")

    seen = main((looking, looking.open(home, "/letters")))
    refused = campus.http.get(f"{own.url}letters", headers=campus.cookie_of(learner))

    assert "Sanne de Wit" in seen
    assert "/again" not in seen
    assert refused.status_code == 403


def test_the_page_asks_as_often_for_sixty_as_for_three_and_shows_fifty_at_a_time(campus):
    where = campus.place()
    let_launch(campus, 0, FEW)
    let_take_part(campus, where)
    browser, page = campus.open(TRAINER)
    url, cookie = f"{page.url}letters", campus.cookie_of(browser)
    campus.http.get(url, headers=cookie)
    with counted() as for_few:
        campus.http.get(url, headers=cookie)
    let_launch(campus, FEW, MANY)
    let_take_part(campus, where)

    with counted() as for_many:
        first = campus.http.get(url, headers=cookie)
    second = campus.http.get(f"{url}?page=2", headers=cookie)
    beyond = campus.http.get(f"{url}?page=99", headers=cookie)

    shown = [len(set(re.findall(r"<b>Naam van learner-\d+", one.text))) for one in (first, second, beyond)]
    assert shown == [AT_ONCE, MANY - AT_ONCE, MANY - AT_ONCE]
    assert len(for_many) == len(for_few)
    assert len(for_many) < 20
