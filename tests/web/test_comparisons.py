"""A comparison of two cadences, as a learner, a trainer and an adviser meet it."""

import pytest
from sqlalchemy import select

from lti_tool.domain.comparisons import Arm, By, Measure, Status
from lti_tool.models.comparisons import Comparison, Drawn
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import comparisons
from lti_tool.services import comparisons as services
from lti_tool.services import organisations
from lti_tool.services.comparisons import Declaration
from tests.web.advisers import Adviser
from tests.web.campus import ASSISTANT, TRAINER
from tests.web.mail import MONDAY, Mail, link

SAYS = "Uw organisatie vergelijkt twee manieren"


def compare(campus):
    """Lets a comparison run with everybody there, all of them in the other arm."""
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        organisation = session.scalars(select(Organisation).where(Organisation.slug == "default")).one()
        wanted = Declaration("standard", "light", Measure.FIRST_USE, By.PERSON, 15)
        made = services.declare(session, organisation, wanted, now.calendar.date())
        made.status, made.started_on, made.people = Status.RUNNING, now.calendar.date(), 1
        for one in session.scalars(select(Enrolment)):
            session.add(
                Drawn(
                    organisation_id=one.organisation_id,
                    comparison_id=made.id,
                    enrolment_id=one.id,
                    arm=Arm.OTHER,
                )
            )
    comparisons.run(campus.work, now=now)


def planned(campus):
    return {row.step for row in campus.all(Delivery) if row.status is DeliveryStatus.PLANNED}


@pytest.fixture
def mail(campus):
    """Somebody with a plan, who counts along."""
    mail = Mail(campus)
    compare(campus)
    return mail


def test_a_letter_says_that_it_is_compared_and_how_to_stay_out(campus, mail):
    letter = mail.on(MONDAY)

    assert SAYS in " ".join(letter.text.split())
    assert "Niet meedoen aan de vergelijking" in letter.text
    assert "choose=stay_out" in letter.html


def test_the_page_behind_a_letter_says_so_and_one_press_is_enough_to_stay_out(campus, mail):
    page = link(mail.on(MONDAY), "/m/").partition("?")[0]
    shown = campus.http.get(page).text
    assert SAYS in shown
    assert "check_in" not in planned(campus)

    kept = campus.http.post(page, data={"choose": "stay_out"}, follow_redirects=True)

    assert "U doet niet mee aan de vergelijking" in kept.text
    assert campus.all(Drawn) == []
    assert "check_in" in planned(campus)
    assert SAYS not in campus.http.get(page).text


def test_in_the_tool_it_can_be_done_too(campus, mail):
    browser, page = campus.open("sanne")

    after = browser.submit(browser.open(page, "/mails"), button="Niet meedoen aan de vergelijking")

    assert "U doet niet mee aan de vergelijking" in after.text
    assert campus.all(Drawn) == []


def test_a_trainer_reads_that_it_runs_and_can_keep_the_training_out(campus, mail):
    browser, home = campus.open(TRAINER)
    settings = browser.open(home, "/settings")
    assert SAYS in settings.text

    after = browser.submit(settings, button="Training niet laten meedoen")

    assert "doet niet mee aan de vergelijking" in after.text
    assert SAYS not in after.text
    assert campus.all(Drawn) == []


def test_who_may_only_look_reads_that_it_runs(campus, mail):
    browser, home = campus.open(TRAINER, roles=[ASSISTANT])

    shown = browser.open(home, "/settings").text

    assert SAYS in shown
    assert "niet laten meedoen" not in shown


def test_without_a_comparison_nothing_speaks_of_one(campus):
    mail = Mail(campus)

    letter = mail.on(MONDAY)

    assert SAYS not in " ".join(letter.text.split())
    assert SAYS not in campus.http.get(link(letter, "/m/").partition("?")[0]).text


def test_an_adviser_reads_what_came_of_it_and_how_sure_that_is(campus):
    compare(campus)
    with campus.work.sessions.begin() as session:
        one = session.scalars(select(Comparison)).one()
        one.status, one.ended_on = Status.REPORTED, one.started_on
        one.usual_people = one.other_people = 180
        one.usual_share, one.other_share, one.low, one.high = 41, 44, -8, 14
    signed_in = Adviser(campus).appointed().signed_in()

    shown = campus.http.get("/o/comparisons", headers=signed_in).text

    assert "Er is geen duidelijk verschil" in shown
    assert "tussen -8 en +14 op elke 100 mensen" in shown
    assert "44 op elke 100" in shown


def test_an_adviser_of_another_organisation_reads_nothing_of_it(campus):
    compare(campus)
    with campus.work.sessions.begin() as session:
        organisations.add(session, "ours", "Ons", "Europe/Amsterdam", campus.work.now().real)
    signed_in = Adviser(campus).appointed("ours").signed_in()

    assert "nog niets vergeleken" in campus.http.get("/o/comparisons", headers=signed_in).text
