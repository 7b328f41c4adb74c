"""Looking back behind a letter while something else stands in the course already."""

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.reflections import LateDraft
from lti_tool.services import late_drafts
from tests.web.looking_back import OURS, SCALE, TEXT, THEIRS, kept, press, until, write_in_the_course
from tests.web.mail import MONDAY, Mail, link


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


def test_who_changes_the_answer_behind_the_letter_is_told_that_it_takes_the_place_of_the_first(
    campus, mail, url
):
    press(campus, url, "good", text=OURS)

    page = campus.http.get(url)
    press(campus, url, "hard", page)

    assert "U hebt dit al beantwoord" in page.text
    assert kept(mail) == {SCALE: Answer(choices=("hard",)), TEXT: Answer(words=OURS)}


def test_pressing_the_button_twice_is_one_answer(campus, mail, url):
    page = campus.http.get(url)

    answers = [press(campus, url, "good", page, text=OURS) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert campus.all(LateDraft) == []


def test_an_older_page_does_not_overwrite_what_was_answered_in_the_course(campus, mail, url):
    older = campus.http.get(url)
    write_in_the_course(mail, {SCALE: Answer(choices=("very_hard",))})

    answer = press(campus, url, "good", older, text=OURS)

    assert answer.status_code == 409
    assert "op een andere plek" in answer.text
    assert OURS in answer.text
    assert kept(mail) == {SCALE: Answer(choices=("very_hard",))}
    press(campus, url, "good", answer, text=OURS)
    assert kept(mail) == {SCALE: Answer(choices=("good",)), TEXT: Answer(words=OURS)}


def test_a_text_that_finds_another_in_the_course_waits_there_for_its_writer(campus, mail, url):
    older = campus.http.get(url)
    write_in_the_course(mail, {TEXT: Answer(words=THEIRS)})

    answer = press(campus, url, "good", older, text=OURS)
    press(campus, url, "good", answer)

    assert (answer.status_code, THEIRS in answer.text) == (409, False)
    assert "wacht in uw leeromgeving" in answer.text
    assert kept(mail) == {SCALE: Answer(choices=("good",)), TEXT: Answer(words=THEIRS)}
    draft = campus.only(LateDraft)
    assert late_drafts.read(draft, mail.who.person, mail.who.key) == {TEXT: Answer(words=OURS)}


def test_a_text_in_the_course_cannot_be_changed_or_taken_back_behind_the_letter(campus, mail, url):
    write_in_the_course(mail, {TEXT: Answer(words=THEIRS)})

    page = campus.http.get(url)
    for text in (OURS, ""):
        press(campus, url, "good", page, text=text)

    assert "<textarea" not in page.text
    assert kept(mail)[TEXT] == Answer(words=THEIRS)


@pytest.mark.parametrize("text", ["", OURS])
def test_what_was_handed_in_is_changed_in_the_course_only(campus, mail, url, text):
    older = campus.http.get(url)
    given = {SCALE: Answer(choices=("very_good",)), TEXT: Answer(words=THEIRS)}
    write_in_the_course(mail, given, is_submitted=True)

    answers = [press(campus, url, "hard", older, text=text), campus.http.get(url)]

    assert [each.status_code for each in answers] == [409, 200]
    assert all("U hebt teruggekeken op de training" in each.text for each in answers)
    assert all(f'name="{SCALE}"' not in each.text for each in answers)
    assert ("wacht in uw leeromgeving" in answers[0].text) is bool(text)
    assert len(campus.all(LateDraft)) == bool(text)
    assert kept(mail) == given


def test_a_button_that_knows_nothing_of_what_stands_there_is_asked_first(campus, mail, url):
    answer = campus.http.post(url, data={SCALE: "good"})

    assert answer.status_code == 409
    assert kept(mail) == {}


def test_who_looked_back_in_the_course_gets_no_letter_about_it(campus, mail):
    mail.on(MONDAY)
    write_in_the_course(mail, {SCALE: Answer(choices=("good",))}, is_submitted=True)

    assert ("harvest", 1) not in mail.planned()


def test_who_began_to_look_back_in_the_course_has_answered(campus, mail, letter):
    write_in_the_course(mail, {SCALE: Answer(choices=("good",))})

    assert {step for step, _ in mail.planned()} == {"yield"}
    assert [row.status for row in campus.all(Delivery) if row.step == "last_call"] == [
        DeliveryStatus.CANCELLED
    ]
