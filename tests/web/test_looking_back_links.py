"""Links to look back: which letters have one, and when it opens nothing any more."""

from datetime import date

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery
from lti_tool.models.reflections import Reflection
from lti_tool.services import links
from lti_tool.services.links import Purpose
from tests.web.looking_back import SCALE, kept, press, until
from tests.web.mail import MONDAY, Mail, link
from tests.web.tables import dump

WINDOW_ENDS = date(2026, 12, 18)


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def letter(mail):
    return until(mail, "harvest")


@pytest.fixture
def url(letter):
    """The page behind the letter, without an answer chosen."""
    return link(letter, "/look-back").partition("?")[0]


def test_the_letter_to_look_back_asks_nothing_about_the_plan(campus, url):
    about_plan = url.replace("/look-back", "")

    answers = [
        campus.http.request(method, f"{about_plan}{page}", data={"checkin.used": "used"})
        for page, method in (("", "GET"), ("", "POST"), ("/thanks", "GET"), ("/obstacle", "POST"))
    ]

    assert {answer.status_code for answer in answers} == {303}
    assert answers[0].headers["Location"] == url.removeprefix(campus.tool)
    assert campus.all(CheckIn) == []


@pytest.fixture
def shared(campus, mail):
    """A letter of the own day, on the last day of the two weeks, that asks to look back as well."""
    about_plan = link(mail.on(MONDAY), "/c/").partition("?")[0]
    campus.http.post(about_plan, data={"checkin.plan": "change"})
    campus.http.post(f"{about_plan}/change", data={"post.task_on": WINDOW_ENDS.isoformat()})
    return mail.on(WINDOW_ENDS)


def test_a_letter_of_two_steps_takes_both_answers_in_any_order(campus, mail, shared):
    about_plan, back = link(shared, "answer=partly"), link(shared, "/look-back")

    after_looking_back = campus.http.get(press(campus, back, "good").headers["Location"])
    to_obstacle = campus.http.post(about_plan, data={"checkin.used": "partly"})

    assert about_plan.partition("?")[0].removeprefix(campus.tool) in after_looking_back.text
    assert to_obstacle.status_code == 303
    assert kept(mail) == {SCALE: Answer(choices=("good",))}
    assert {each.outcome for each in campus.all(CheckIn)} == {"change", "partly"}
    assert {step for step, _ in mail.planned()} == {"yield"}


def test_who_answers_about_the_plan_is_led_to_look_back_until_that_is_done(campus, shared):
    about_plan, back = link(shared, "answer=partly").partition("?")[0], link(shared, "/look-back")
    campus.http.post(about_plan, data={"checkin.used": "partly"})

    before = campus.http.get(f"{about_plan}/thanks")
    press(campus, back, "good")
    after = campus.http.get(f"{about_plan}/thanks")

    path = back.removeprefix(campus.tool)
    assert [path in page.text for page in (before, after)] == [True, False]


def test_a_letter_that_did_not_ask_it_does_not_lead_to_looking_back(campus, mail):
    about_plan = link(mail.on(MONDAY), "/c/").partition("?")[0]
    before = dump(campus.work)

    for page in ("look-back", "looked-back"):
        assert campus.http.get(f"{about_plan}/{page}").status_code == 410
    assert campus.http.post(f"{about_plan}/look-back", data={SCALE: "good"}).status_code == 410

    assert dump(campus.work) == before


def test_a_link_that_is_past_leads_to_the_course(campus, mail, url):
    course = f"{campus.lms.url}/courses/311/return"
    with campus.work.sessions.begin() as session:
        session.get_one(ResourceLink, mail.where.link.id).return_url = course
    page = campus.http.get(url)
    thanks = campus.http.get(press(campus, url, "good", page).headers["Location"])

    campus.go_to(date(2026, 12, 26), 0, 5)
    too_late = press(campus, url, "hard", page)

    assert too_late.status_code == 410
    assert all(f'href="{course}"' in each.text for each in (page, thanks, too_late))
    assert kept(mail) == {SCALE: Answer(choices=("good",))}


def test_the_link_of_somebody_who_was_erased_opens_nothing(campus, mail, url):
    page = campus.http.get(url)
    campus.work.keyring.forget(mail.who.key.id)

    assert press(campus, url, "good", page).status_code == 410
    assert campus.all(Reflection) == []


def test_a_token_of_another_purpose_opens_nothing(campus, mail, url):
    (delivery,) = [row for row in campus.all(Delivery) if row.step == "harvest"]
    secret = campus.work.settings.secret_key.get_secret_value()

    answer = campus.http.get(f"/c/{links.token(secret, Purpose.PREFERENCES, delivery.id)}/look-back")

    assert answer.status_code == 410
