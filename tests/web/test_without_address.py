"""A learner without an address is asked nothing about mails, until there is one."""

import pytest
from sqlalchemy import update

from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.models.reflections import Reflection
from tests.web.campus import LOOK_BACK, WRITING, write

STEPS = 4


@pytest.fixture
def marloes(campus):
    """Marloes, of whom the LMS gives no address, at an activity that looks back."""
    campus.place()
    return campus.open("marloes")


def refuse_letters(campus):
    """Letters to everybody came back for good."""
    with campus.work.sessions.begin() as session:
        session.execute(update(Mailbox).values(status=MailboxStatus.REFUSED))


def hours(campus):
    """The hours that people chose for their mails."""
    return [f"{person.mail_hour:%H:%M}" for person in campus.all(Person) if person.mail_hour]


def test_the_steps_end_before_the_one_about_mails(campus, marloes):
    browser, page = marloes
    page = browser.open(page, "/reflect/")

    seen = []
    while "/reflect/" in page.url:
        seen.append(page)
        said = {"post.if_then": "een inwoner belt"} if len(seen) == 2 else {}
        page = browser.submit(page, said, having="later")

    assert len(seen) == STEPS
    assert f"stap 1 van {STEPS}" in seen[0].text
    assert "Uw mails" not in seen[0].text
    assert "Bewaren en afronden" in seen[-1].text
    assert campus.only(Plan).status is PlanStatus.MADE
    assert hours(campus) == []


def test_the_step_that_is_not_asked_is_not_there(campus, marloes):
    browser, page = marloes
    address, cookie = f"{page.url}reflect/plan/{STEPS + 1}", campus.cookie_of(browser)

    statuses = [
        campus.http.request(method, address, headers=cookie).status_code for method in ("GET", "POST")
    ]

    assert statuses == [404, 404]


def test_whose_address_comes_later_finds_the_step_when_changing_the_plan(campus, marloes):
    browser, page = marloes
    write(browser, page)
    campus.next_claims(lambda claims: claims.update(email="marloes.hendriks@gemeente.example"))

    write(browser, browser.launch(LOOK_BACK), {**WRITING, "post.hour": "11:30"})

    assert hours(campus) == ["11:30"]
    assert campus.only(Plan).cue is not None


def test_who_stopped_at_the_mails_and_gets_none_any_more_goes_on_at_the_step_before(campus):
    campus.place()
    browser, page = campus.open("sanne")
    campus.http.post(f"{page.url}reflect/plan/4", headers=campus.cookie_of(browser))
    assert campus.only(Reflection).step == STEPS + 1

    refuse_letters(campus)

    home = browser.launch(LOOK_BACK)
    assert f"bij stap {STEPS} van {STEPS}" in home.text
    assert browser.open(home, "/reflect/").url.endswith(f"/reflect/plan/{STEPS}")
