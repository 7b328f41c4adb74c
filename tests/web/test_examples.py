"""A letter that a trainer has sent to themselves: marked as an example, with links that do nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxDay, MailboxStatus, MailboxWeek, Person
from lti_tool.rounds import erasing
from lti_tool.services import catalogue
from tests.web.campus import ASSISTANT, PREPARE, TRAINER
from tests.web.tables import dump

STEPS = [str(step.id) for step in catalogue.load().cadence("standard").steps]
SEND = "Stuur mij deze"


@pytest.fixture
def trainer(campus):
    """A trainer of a training that ended today; their browser and first page."""
    campus.place(PREPARE, instrument="pre")
    campus.place()
    return campus.open(TRAINER)


@pytest.fixture
def ask(campus, trainer):
    """Asks for an example of a step; the answer."""
    browser, home = trainer
    url, cookie = f"{home.url}letters/example", campus.cookie_of(browser)
    return lambda step: campus.http.post(url, data={"step": step}, headers=cookie)


def examples(campus):
    return [row for row in campus.all(Delivery) if row.kind is Kind.SERVICE]


def move(campus, day):
    """Lets the examples that went out have gone on another day."""
    with campus.work.sessions.begin() as session:
        session.execute(update(Delivery).where(Delivery.status == DeliveryStatus.SENT).values(due_on=day))


def test_an_example_goes_to_the_address_of_the_launch_and_says_what_it_is(campus, trainer):
    browser, home = trainer
    page = browser.open(home, "/letters")
    after = browser.submit(page, having=f"{SEND}: Tussenstand", button=f"{SEND}: Tussenstand")

    (letter,) = campus.deliver()

    assert "onderweg naar uw mailadres" in after.text
    assert "ineke" in letter.recipients[0]
    assert letter.subject == "Voorbeeld: Tussenstand: doorvragen"
    assert letter.text.lstrip().startswith("U vroeg om dit voorbeeld.")
    assert letter.html.index("U vroeg om dit voorbeeld. De woorden") < letter.html.index("een inwoner belt")
    assert [row.status for row in examples(campus)] == [DeliveryStatus.SENT]


def test_every_letter_of_a_training_can_be_seen_and_leads_nowhere_else(campus, trainer, ask):
    subjects = []
    for number, step in enumerate(STEPS):
        if number % 3 == 0:
            campus.go_to(campus.today + timedelta(days=1))
        ask(step)
        (letter,) = campus.deliver()
        subjects.append(letter.subject)
        links = set(re.findall(r"https?://[^\s\"<>]+", letter.text))
        assert {link.split("?")[0] for link in links} == {f"{campus.tool}/c/example"}

    assert all(subject.startswith("Voorbeeld: ") for subject in subjects)
    assert len(set(subjects)) == len(STEPS)


def test_its_links_say_so_and_change_nothing(campus, ask):
    ask("own_date")
    (letter,) = campus.deliver()
    before = dump(campus.work)
    links = set(re.findall(r"https?://[^\s\"<>]+", letter.text))

    pages = [campus.http.get(link) for link in links] + [campus.http.post(link) for link in links]

    assert {page.status_code for page in pages} == {200}
    assert all("Dit is een voorbeeld" in page.text for page in pages)
    assert dump(campus.work) == before


def test_it_takes_no_place_in_the_budget_and_stands_in_no_log(campus, trainer, ask):
    browser, home = trainer
    log = browser.open(home, "/letters").text.split("<main")[1].split('id="example"')[0]

    ask("rehearse")
    campus.deliver()

    assert campus.all(MailboxDay) == campus.all(MailboxWeek) == []
    assert browser.open(home, "/letters").text.split("<main")[1].split('id="example"')[0] == log


def test_there_are_three_a_day_and_then_the_page_says_so(campus, trainer, ask):
    browser, home = trainer
    for step in STEPS[:4]:
        ask(step)

    letters = campus.deliver()

    page = browser.open(home, "/letters")
    assert (len(letters), len(examples(campus))) == (3, 3)
    assert "Vanaf morgen kunt u weer om een voorbeeld vragen" in page.text
    assert SEND not in page.text


def test_one_that_finds_no_room_any_more_comes_tomorrow_and_the_page_says_so(campus, trainer, ask):
    browser, home = trainer
    today = campus.today
    for step in STEPS[:3]:
        ask(step)
    campus.deliver()
    move(campus, today - timedelta(days=1))
    ask("yield")
    move(campus, today)  # as if others went out to this address meanwhile

    now_sent = campus.deliver()
    page = browser.open(home, "/letters")
    campus.go_to(today + timedelta(days=1))
    later = campus.deliver()

    assert (len(now_sent), len(later)) == (0, 1)
    assert "Een voorbeeld waar u om vroeg, komt morgen." in page.text
    assert "komt morgen" not in browser.open(home, "/letters").text


def test_how_many_can_still_come_today_is_told_before_and_who_asks_too_often_reads_so(campus, trainer, ask):
    browser, home = trainer
    before = browser.open(home, "/letters").text
    ask("plan")
    after = browser.open(home, "/letters").text
    for step in ("harvest", "yield"):
        ask(step)

    refused = ask("prepare")

    assert "vandaag om 3 voorbeelden vragen" in before
    assert "vandaag om 2 voorbeelden vragen" in after
    told = campus.http.get(refused.headers["location"], headers=campus.cookie_of(browser))
    assert "Dit voorbeeld komt niet." in told.text


def test_the_same_letter_can_be_asked_for_twice(campus, ask):
    ask("plan")
    ask("plan")

    assert [letter.subject for letter in campus.deliver()] == ["Voorbeeld: Plan maken na uw training"] * 2


@pytest.mark.parametrize(
    ("status", "said"), [(MailboxStatus.REFUSED, "kwam terug"), (MailboxStatus.STOPPED, "staan uit")]
)
def test_where_no_mail_may_go_none_goes_and_the_page_says_why(campus, trainer, ask, status, said):
    browser, home = trainer
    ask("plan")
    with campus.work.sessions.begin() as session:
        session.execute(update(Mailbox).values(status=status))

    ask("harvest")

    assert campus.deliver() == []
    assert [row.reason for row in examples(campus)] == ["no_mail"]
    assert said in browser.open(home, "/letters").text.split('id="example"')[1]


def test_a_trainer_without_an_address_reads_that_none_can_come(campus, trainer, ask):
    browser, home = trainer
    with campus.work.sessions.begin() as session:
        session.execute(update(Person).values(mailbox_id=None, lms_mailbox_id=None))

    ask("plan")

    assert examples(campus) == []
    assert "geen mailadres. Daarom kan er geen voorbeeld" in browser.open(home, "/letters").text


def test_an_unknown_step_and_who_is_no_trainer_get_nothing(campus, ask):
    statuses = [ask("score").status_code]
    for browser, home in (campus.open("youssef", roles=[ASSISTANT]), campus.open("sanne")):
        url, cookie = f"{home.url}letters/example", campus.cookie_of(browser)
        statuses.append(campus.http.post(url, data={"step": "plan"}, headers=cookie).status_code)

    assert statuses == [404, 403, 403]
    assert examples(campus) == []


def test_erasing_a_trainer_takes_their_examples_along(campus, ask):
    ask("plan")
    person = campus.only(Person)

    erasing.erase(campus.work, person.id, now=campus.work.now())

    assert examples(campus) == campus.all(Person) == []
