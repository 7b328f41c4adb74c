"""The letter to look back: its first question is answered behind a link, the others in the course."""

import re

import pytest

from demo_lms.browser import Browser
from lti_tool.domain.answers import Answer
from lti_tool.models.people import Person
from lti_tool.models.reflections import Reflection, ReflectionStatus
from lti_tool.services import exports
from lti_tool.services.export_sources import Source
from tests.web.looking_back import OURS, SCALE, TEXT, kept, opened, press, until
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.tables import dump


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


def test_looking_changes_nothing_however_often_and_however_a_scanner_looks(campus, letter, url):
    urls = [link(letter, f"answer={one}") for one in ("very_hard", "hard", "all_right", "good", "very_good")]
    around = [url, url.replace("/look-back", ""), url.replace("/look-back", "/looked-back")]
    before = dump(campus.work)

    for _ in range(10):
        for each in (*urls, *around):
            assert campus.http.get(each).status_code in {200, 303}
            assert campus.http.head(each).status_code in {200, 303}
            campus.http.options(each)

    assert dump(campus.work) == before


def test_the_page_asks_one_question_with_the_answer_of_the_link_chosen(campus, mail, letter):
    page = campus.http.get(link(letter, "answer=all_right"))

    assert re.findall(r'value="(\w+)" checked', page.text) == ["all_right"]
    asked = page.text.partition("<main")[2]
    assert asked.count("<textarea") == asked.count('type="submit"') == 1
    assert kept(mail) == {}


def test_two_clicks_are_enough(campus, mail, letter):
    with Browser(campus.lms.url) as browser:
        page = browser.visit(link(letter, "answer=all_right"))
        page = browser.submit(page, button="Antwoord bewaren")

    assert page.url.endswith("/looked-back")
    assert kept(mail) == {SCALE: Answer(choices=("all_right",))}


def test_an_answer_stands_in_the_course_where_the_rest_is_asked(campus, mail, url):
    answer = press(campus, url, "good")

    assert answer.headers["Location"].endswith("/looked-back")
    thanks = campus.http.get(answer.headers["Location"])
    assert "Uw antwoord is bewaard" in thanks.text
    assert campus.only(Reflection).status is ReflectionStatus.DRAFT
    browser, home = campus.open("sanne")
    course = browser.open(home, "/reflect/harvest/1")
    assert re.findall(r'value="(\w+)" checked', course.text) == ["good"]


def test_what_is_written_beside_it_stands_in_the_course_only(campus, mail, url):
    press(campus, url, "good", text=OURS)

    assert kept(mail) == {SCALE: Answer(choices=("good",)), TEXT: Answer(words=OURS)}
    assert OURS not in campus.http.get(url).text
    assert OURS not in repr(dump(campus.work))
    browser, home = campus.open("sanne")
    assert browser.open(home, "/reflect/harvest/").url.endswith("/harvest/2")
    assert OURS in campus.http.get(f"{home.url}reflect/harvest/1", headers=campus.cookie_of(browser)).text


def test_it_is_among_what_a_person_takes_along(campus, mail, url):
    press(campus, url, "good", text=OURS)

    work = campus.work
    with work.reading() as session:
        person = session.get_one(Person, mail.who.person.id)
        source = Source(session, person, mail.who.key, work.keyring.named, work.catalogue, "nl")
        (training,) = exports.of_person(source).trainings

    said = {each.item: (each.asked, each.chosen, each.words) for each in training.answers}
    assert said[SCALE] == ("Hoe was de training voor u?", ("Goed",), "")
    assert said[TEXT][2] == OURS


def test_it_counts_as_an_answer_so_there_is_no_last_call(campus, mail, url):
    before = mail.planned()

    press(campus, url)

    assert {step for step, _ in before} == {"last_call"}
    assert {step for step, _ in mail.planned()} == {"yield"}


def test_it_is_a_sign_so_the_next_mail_offers_no_way_out(campus, mail, letter, url):
    offer = "Als het nu niet uitkomt"

    press(campus, url)

    assert (offer in letter.text, offer in until(mail, "yield").text) == (True, False)


@pytest.mark.parametrize("sent", [{}, {SCALE: ""}, {SCALE: "invented"}, {SCALE: "good", TEXT: "x" * 1001}])
def test_an_answer_that_does_not_fit_is_told_and_not_kept(campus, mail, url, sent):
    answer = campus.http.post(url, data={**opened(campus.http.get(url)), **sent})

    assert answer.status_code == 422
    assert sent.get(TEXT, "") in answer.text
    assert kept(mail) == {}


def test_thanks_wait_for_an_answer(campus, url):
    answer = campus.http.get(url.replace("/look-back", "/looked-back"))

    assert answer.headers["Location"] == url.removeprefix(campus.tool)


def test_who_used_the_plan_is_asked_what_it_brought(campus, mail):
    mail.on(MONDAY)
    campus.http.post(link(mail.on(THURSDAY), "answer=used"), data={"checkin.used": "used"})

    letter = until(mail, "harvest")
    thanks = campus.http.get(press(campus, link(letter, "answer=good")).headers["Location"])

    assert "U hebt uw plan gebruikt." in letter.text
    assert "opschrijven wat het opleverde" in thanks.text


def test_the_pages_speak_the_language_of_the_letter(campus):
    mail = Mail(campus, locale="en")
    url = link(until(mail, "harvest"), "answer=very_good")

    page = campus.http.get(url)
    thanks = campus.http.get(press(campus, url, "very_good").headers["Location"])

    assert "How was the training for you?" in page.text
    assert "In your course a few more questions are ready." in thanks.text
