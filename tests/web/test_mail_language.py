"""The language of mails, chosen apart from that of the pages."""

import pytest

from demo_lms.vocabulary import LAUNCH_PRESENTATION
from lti_tool.models.people import Person
from tests.web.about_people import about, unpacked
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.own_addresses import ask, the_question
from tests.web.tables import dump

WEEK = {"hour": "09:30", "words": "with"}
DUTCH, ENGLISH = '<html lang="nl"', '<html lang="en"'


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def days_page(mail):
    """The address of the page behind Monday's letter, which is in Dutch."""
    letter = mail.on(MONDAY)
    assert letter.header("Content-Language") == "nl"
    return link(letter, "/m/").partition("?")[0] + "/days"


@pytest.fixture
def sanne(campus, mail):
    """Sanne in the tool: her browser and her first page."""
    campus.go_to(MONDAY, 8)
    return campus.open("sanne")


def choose(sanne, language):
    browser, page = sanne
    return browser.submit(
        browser.open(browser.open(page, "/mails"), "/days"), {"language": language}, having="hour"
    )


def test_who_chose_another_language_gets_all_mails_in_it_and_what_is_behind_them(campus, mail, days_page):
    campus.http.post(days_page, data={**WEEK, "language": "en"})

    letter = mail.on(THURSDAY)
    behind = [campus.http.get(link(letter, page)) for page in ("/c/", "/m/")]

    assert letter.header("Content-Language") == "en"
    assert "You wrote:" in letter.text
    assert [ENGLISH in page.text for page in behind] == [True, True]


def test_the_pages_in_the_course_keep_their_own_language(campus, sanne):
    page = choose(sanne, "en")

    again = campus.open("sanne")[1]

    assert [DUTCH in one.text for one in (page, again)] == [True, True]
    assert 'value="en" checked' in page.text


@pytest.mark.parametrize("language", ["en", "pages"])
def test_what_was_planned_stays_as_it_was(campus, days_page, language):
    before = dump(campus.work)["delivery"]

    campus.http.post(days_page, data={**WEEK, "language": language})

    assert dump(campus.work)["delivery"] == before


@pytest.mark.parametrize(("chosen", "language"), [("pages", "en"), ("nl", "nl")])
def test_who_chose_none_follows_what_the_course_says_at_a_launch(campus, mail, sanne, chosen, language):
    choose(sanne, chosen)
    campus.next_claims(lambda claims: claims.update({LAUNCH_PRESENTATION: {"locale": "en"}}))
    campus.open("sanne")

    assert mail.on(MONDAY).header("Content-Language") == language


def test_a_letter_about_an_address_is_in_that_language_too(campus, sanne):
    browser, page = sanne
    choose(sanne, "en")

    ask(browser, page)
    letter = the_question(campus)

    assert letter.header("Content-Language") == "en"
    assert ENGLISH in campus.http.get(link(letter, "/k/")).text


def test_what_was_not_offered_is_asked_again(campus, days_page):
    answer = campus.http.post(days_page, data={**WEEK, "language": "fy"})

    assert answer.status_code == 422
    assert {one.mail_locale for one in campus.all(Person)} == {None}


def test_a_page_that_was_opened_before_the_question_was_there_leaves_the_choice(campus, days_page):
    campus.http.post(days_page, data={**WEEK, "language": "en"})

    answer = campus.http.post(days_page, data=WEEK)

    assert answer.status_code == 303
    assert "en" in {one.mail_locale for one in campus.all(Person)}


def test_it_is_in_what_somebody_takes_along(campus, sanne):
    choose(sanne, "en")
    browser = campus.sign_in("sanne")
    campus.next_claims(about())

    page = browser.launch("3112")
    file = campus.http.get(f"{page.url}download", headers=campus.cookie_of(browser))
    readable, for_programs = unpacked(file)

    assert "<dt>Taal van uw mails</dt><dd>English</dd>" in readable
    assert for_programs["language_of_mails"] == "en"
