"""The letter to look back: its first question is answered behind a link, the others in the course."""

import re
from datetime import date

import pytest

from demo_lms.browser import Browser
from demo_lms.letters import Letter
from lti_tool.domain.answers import Answer
from lti_tool.models.check_ins import CheckIn
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.reflections import LateDraft, Reflection, ReflectionStatus
from lti_tool.services import desks, exports, late_drafts, links, reflections, submissions
from lti_tool.services.export_sources import Source
from lti_tool.services.links import Purpose
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.tables import dump

SCALE, TEXT = "post.experience", "post.experience.text"
WINDOW_ENDS = date(2026, 12, 18)
OURS, THEIRS = "de oefening met de telefoon", "de route van een aanvraag"


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def letter(mail):
    """The letter to look back, after all that come before it and stayed without an answer."""
    return until(mail, "harvest")


def until(mail: Mail, wanted: str) -> Letter:
    for (step, _), day in sorted(mail.planned().items(), key=lambda each: each[1]):
        found = mail.on(day)
        if step == wanted:
            return found
    raise AssertionError(f"no letter of {wanted}")


@pytest.fixture
def url(letter):
    """The page behind the letter, without an answer chosen."""
    return link(letter, "/look-back").partition("?")[0]


def opened(page):
    """What a page carries of the answers that it was opened with."""
    (found,) = re.findall(r'name="opened" value="([^"]*)"', page.text)
    return {"opened": found}


def press(campus, url, chosen="good", page=None, **more):
    """Presses the button of a page: one that was opened before, or one opened now."""
    said = {SCALE: chosen, TEXT: more.get("text", "")}
    return campus.http.post(url, data={**opened(page or campus.http.get(url)), **said})


def seat(mail, session):
    work = mail.campus.work
    return desks.find(session, mail.who.person, mail.who.key, mail.where.link, work.catalogue, "harvest")


def kept(mail):
    """What the learner's own looking back holds, wherever it was written."""
    with mail.campus.work.reading() as session:
        found = seat(mail, session)
        return reflections.answers(session, found.desk, found.reflection)


def write_in_the_course(mail, said, *, is_submitted=False):
    work = mail.campus.work
    with work.sessions.begin() as session:
        now = work.now().calendar
        submissions.save(session, seat(mail, session), said, 2, work.catalogue, now)
        if is_submitted:
            submissions.submit(session, seat(mail, session), work.catalogue, now)


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


@pytest.mark.parametrize("sent", [{}, {SCALE: ""}, {SCALE: "invented"}, {SCALE: "good", TEXT: "x" * 1001}])
def test_an_answer_that_does_not_fit_is_told_and_not_kept(campus, mail, url, sent):
    answer = campus.http.post(url, data={**opened(campus.http.get(url)), **sent})

    assert answer.status_code == 422
    assert sent.get(TEXT, "") in answer.text
    assert kept(mail) == {}


def test_a_button_that_knows_nothing_of_what_stands_there_is_asked_first(campus, mail, url):
    answer = campus.http.post(url, data={SCALE: "good"})

    assert answer.status_code == 409
    assert kept(mail) == {}


def test_the_letter_to_look_back_asks_nothing_about_the_plan(campus, url):
    about_plan = url.replace("/look-back", "")

    answers = [
        campus.http.request(method, f"{about_plan}{page}", data={"checkin.used": "used"})
        for page, method in (("", "GET"), ("", "POST"), ("/thanks", "GET"), ("/obstacle", "POST"))
    ]

    assert {answer.status_code for answer in answers} == {303}
    assert answers[0].headers["Location"] == url.removeprefix(campus.tool)
    assert campus.all(CheckIn) == []


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


def test_the_pages_speak_the_language_of_the_letter(campus):
    mail = Mail(campus, locale="en")
    url = link(until(mail, "harvest"), "answer=very_good")

    page = campus.http.get(url)
    thanks = campus.http.get(press(campus, url, "very_good").headers["Location"])

    assert "How was the training for you?" in page.text
    assert "In your course a few more questions are ready." in thanks.text
