"""Whether a training works: who is not reached, what the LMS granted, and scores that go once more."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from demo_lms.faults import Endpoint, Fault
from lti_tool.models.courses import Course, ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.rounds import roster
from lti_tool.rounds import scores as rounds
from tests.web.campus import ASSISTANT, TRAINER, write
from tests.web.statements import FEW, MANY, counted, let_launch, let_take_part
from tests.web.tables import dump

LONG_AGO = timedelta(minutes=6)


@pytest.fixture
def done(campus):
    """A training of which one learner is done; her score is still to go."""
    campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)


@pytest.fixture
def trainer(campus):
    """Opens the page as its trainer."""

    def look():
        browser, home = campus.open(TRAINER)
        return browser, health_of(browser, home)

    return look


def health_of(browser, home):
    return browser.open(browser.open(home, "/settings"), "/health")


def say(campus, status, reason, tried_ago=LONG_AGO, **more):
    """Lets the score have ended up so."""
    ended = None if status is DeliveryStatus.PLANNED else datetime.now(UTC)
    values = {"status": status, "reason": reason, "scored_at": datetime.now(UTC) - tried_ago}
    with campus.work.sessions.begin() as session:
        session.execute(
            update(Delivery).where(Delivery.kind == Kind.SCORE).values(finished_at=ended, **values, **more)
        )


def score(campus):
    return next(row for row in campus.all(Delivery) if row.kind is Kind.SCORE)


def test_a_score_that_did_not_arrive_stands_with_its_name_and_a_plain_reason(campus, done, trainer):
    say(campus, DeliveryStatus.FAILED, "not_allowed")

    _, page = trainer()

    assert "Sanne" in page.text
    assert "laat Beklijf niet toe" in page.text
    assert "not_allowed" not in page.text


def test_trying_again_sends_it(campus, done, trainer):
    say(campus, DeliveryStatus.FAILED, "not_allowed")
    browser, page = trainer()

    after = browser.submit(page, button="Opnieuw proberen: Scores die niet zijn aangekomen")
    rounds.run(campus.work, now=campus.work.now())

    assert "binnen een minuut opnieuw" in after.text
    assert (score(campus).status, score(campus).reason) == (DeliveryStatus.SENT, None)


@pytest.mark.parametrize("reason", ["no_line_item", "given_up"])
def test_what_was_given_up_can_be_tried_again_too(campus, done, trainer, reason):
    say(campus, DeliveryStatus.SKIPPED, reason)
    browser, page = trainer()

    browser.submit(page, button="Opnieuw proberen: Scores die niet zijn aangekomen")

    assert (score(campus).status, score(campus).finished_at) == (DeliveryStatus.PLANNED, None)


def test_what_waits_for_hours_goes_at_once_when_asked(campus, done, trainer):
    say(campus, DeliveryStatus.PLANNED, "unreachable", retry_at=datetime.now(UTC) + timedelta(hours=5))
    browser, page = trainer()

    browser.submit(page, button="Opnieuw proberen: Scores die niet zijn aangekomen")

    assert "probeert het vanzelf opnieuw" in page.text
    assert score(campus).retry_at is None


def test_what_was_tried_a_moment_ago_is_left_alone(campus, done, trainer):
    say(campus, DeliveryStatus.FAILED, "not_allowed", tried_ago=timedelta(minutes=1))
    browser, page = trainer()

    after = browser.submit(page, button="Opnieuw proberen: Scores die niet zijn aangekomen")

    assert "over 5 minuten" in after.text
    assert score(campus).status is DeliveryStatus.FAILED


def test_who_left_and_who_is_nobody_has_no_score_to_wait_for(campus, done, trainer):
    say(campus, DeliveryStatus.FAILED, "not_allowed")
    with campus.work.sessions.begin() as session:
        session.execute(update(Enrolment).values(status=EnrolmentStatus.LEFT))

    _, left = trainer()
    with campus.work.sessions.begin() as session:
        session.execute(update(Enrolment).values(status=EnrolmentStatus.ACTIVE))
        session.execute(update(Person).values(is_test=True))
    _, test = trainer()

    assert "Elke score is aangekomen" in left.text
    assert "Elke score is aangekomen" in test.text


def test_who_may_only_look_has_no_button(campus, done):
    say(campus, DeliveryStatus.FAILED, "not_allowed")
    browser, home = campus.open("youssef", roles=[ASSISTANT])

    page = health_of(browser, home)

    assert "Sanne" in page.text
    assert "Opnieuw proberen" not in page.text


@pytest.mark.parametrize("failed", [True, False])
def test_the_first_page_says_so_only_when_a_score_stopped(campus, done, failed):
    if failed:
        say(campus, DeliveryStatus.FAILED, "not_allowed")

    _, home = campus.open(TRAINER)

    assert ("Niet alle scores kwamen aan" in home.text) is failed


def test_whoever_is_not_reached_stands_there_with_why(campus, done, trainer):
    where = campus.place()
    let_launch(campus, 0, 3)
    let_take_part(campus, where)
    with campus.work.sessions.begin() as session:
        session.execute(update(Mailbox).values(status=MailboxStatus.REFUSED))
        session.execute(update(Person).where(Person.sub == "learner-1").values(mailbox_id=None))
        ids = select(Person.id).where(Person.sub == "learner-2")
        session.execute(
            update(Enrolment).where(Enrolment.person_id.in_(ids)).values(status=EnrolmentStatus.LEFT)
        )

    _, page = trainer()

    rows = {name: page.text.split(f"Naam van learner-{name}<")[1].split("</li>")[0] for name in (0, 1, 2)}
    assert "Een mail kwam terug" in rows[0]
    assert "Geen mailadres" in rows[1]
    assert "Opende nog niets" in rows[1]
    assert "Weg uit de leeromgeving" in rows[2]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"line_item_url": None, "line_items_url": None}, "neemt hier geen score van aan"),
        ({"line_item_url": None, "line_items_url": "https://lms.example/i"}, "zoekt een plek"),
        ({"line_item_url": "https://lms.example/i/1"}, "heeft een plek in de cijferlijst"),
    ],
)
def test_it_says_where_scores_go(campus, done, trainer, values, words):
    browser, home = campus.open(TRAINER)
    with campus.work.sessions.begin() as session:
        session.execute(update(ResourceLink).values(line_item_sought_at=None, **values))

    page = health_of(browser, home)

    assert words in page.text


def test_it_says_why_the_list_of_people_could_not_be_read(campus, done):
    browser, home = campus.open(TRAINER)
    with campus.work.sessions.begin() as session:
        session.execute(
            update(Course).values(roster_url="https://lms.example/nrps", roster_problem="not_allowed")
        )

    page = health_of(browser, home)

    assert "kan de lijst van deelnemers in uw leeromgeving niet lezen" in page.text
    assert "laat Beklijf niet toe" in page.text


@pytest.mark.parametrize(
    ("status", "of_trainer", "of_looker"),
    [
        (403, "Staat de training daar open?", "Staat de training daar open?"),
        (404, "Haal deze training dan weg", "Alleen een trainer kan ze stoppen"),
        (410, "Haal deze training dan weg", "Alleen een trainer kan ze stoppen"),
    ],
)
def test_a_course_that_is_closed_or_gone_is_told_with_what_its_reader_can_do(
    campus, done, trainer, status, of_trainer, of_looker
):
    campus.lms.platform.faults.add(Endpoint.ROSTER, Fault(status))
    roster.run(campus.work, now=campus.work.now())

    _, page = trainer()
    looked_on = health_of(*campus.open("noor"))

    assert of_trainer in page.text
    assert of_looker in looked_on.text


def test_looking_changes_nothing(campus, done):
    browser, home = campus.open(TRAINER)
    before = dump(campus.work)

    health_of(browser, home)

    assert dump(campus.work) == before


def test_its_statements_do_not_grow_with_the_group(campus):
    where = campus.place()
    browser, home = campus.open(TRAINER)
    cookie, numbers = campus.cookie_of(browser), []
    for first, last in ((0, FEW), (FEW, MANY)):
        let_launch(campus, first, last)
        let_take_part(campus, where)
        with counted() as sent:
            assert campus.http.get(f"{home.url}health", headers=cookie).status_code == 200
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("asked", ["page=99999999999999999999", "scores=99999999999999999999", "page=-1"])
def test_a_page_that_is_not_there_is_the_nearest_one(campus, done, asked):
    browser, home = campus.open(TRAINER)

    page = campus.http.get(f"{home.url}health?{asked}", headers=campus.cookie_of(browser))

    assert page.status_code == 200
