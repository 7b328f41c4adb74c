"""Who names what gets in the way sees what may help, and can ask somebody with a letter of their own."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine

from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.deliveries import Delivery
from lti_tool.models.tracks import Track
from tests.web.campus import LOOK_BACK, PREPARE, write
from tests.web.follow import TYPED, asking, set_up
from tests.web.mail import THURSDAY, Mail, link
from tests.web.tables import dump

OBSTACLES = "reflect/plan/3"
LABEL, PEOPLE = "Te weinig tijd", "Mijn leidinggevende wil eerst iets anders"


@pytest.fixture
def learner(campus):
    set_up(campus)
    return asking(campus, "sanne")


def letters(text):
    """The letters that a page opens, by the words of their button: receiver, subject and text."""
    found = {}
    for url, words in re.findall(
        r'href="(mailto:[^"]*)" target="_top"><span class="nl-button__label">([^<]*)', text
    ):
        parts = urlsplit(html.unescape(url))
        said = parse_qs(parts.query, strict_parsing=True)
        found[words] = (unquote(parts.path), said["subject"][0], said["body"][0])
    return found


def tips(campus, text, locale="nl"):
    """The ids of the actions that a page shows, in order."""
    known = {
        html.escape(one.text[locale], quote=False): one.id
        for factor in campus.work.catalogue.actions.factors
        for one in factor.actions
    }
    return [known[words] for words in re.findall(r"<li[^>]*>.*?<b>(.*?)</b></li>", text) if words in known]


def named(learner, *obstacles, **more):
    """The page after the step that asks for obstacles."""
    answer = learner(OBSTACLES, **{"post.obstacles": list(obstacles), **more})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_after_saving_an_obstacle_one_reads_two_things_that_fit_and_goes_on_from_there(campus, learner):
    where = named(learner, "time")

    page = learner(OBSTACLES + "/help")

    assert where.endswith(f"/{OBSTACLES}/help")
    assert tips(campus, page.text) == ["time.smaller", "time.half_hour"]
    assert "Tijd en ruimte" in page.text
    assert re.search(r'href="[^"]*/reflect/plan/4"><span class="nl-button__label">Verdergaan', page.text)


def test_of_several_obstacles_the_work_comes_first_and_there_are_two_things_in_all(campus, learner):
    named(learner, "habit", "leader", "occasion")

    found = tips(campus, learner(OBSTACLES + "/help").text)

    assert [each.split(".")[0] for each in found] == ["work", "leader"]


@pytest.mark.parametrize("obstacles", [["none"], []])
def test_where_nothing_stands_in_the_way_the_next_step_comes_at_once(learner, obstacles):
    assert named(learner, *obstacles).endswith("/reflect/plan/4")
    assert learner(OBSTACLES + "/help").status_code == 303


def test_what_is_not_on_the_list_brings_the_offer_to_ask_somebody(campus, learner):
    named(learner, **{"post.obstacles:line": "de verhuizing"})

    page = learner(OBSTACLES + "/help").text

    assert tips(campus, page) == []
    assert list(letters(page)) == ["Mail een collega", "Mail mijn trainer", "Mail mijn leidinggevende"]
    assert "verhuizing" not in page


@pytest.mark.parametrize("how", [{"later": "1"}, {"autosave": "1"}])
def test_who_saves_for_later_or_while_typing_is_not_led_away(learner, how):
    answer = learner(OBSTACLES, **{"post.obstacles": "time", **how})

    assert "/help" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("link_id", "instrument", "item", "part"),
    [(PREPARE, "pre", "pre.obstacles", "ahead"), (LOOK_BACK, "mid", "mid.holding_back", "session")],
)
def test_every_reflection_that_asks_for_obstacles_does_so(campus, link_id, instrument, item, part):
    campus.place(link_id, instrument=instrument)
    steps = campus.work.catalogue.latest(instrument).part(part).steps
    number = next(n for n, one in enumerate(steps, 1) if item in {each.id for each in one.items})
    browser, page = campus.open("sanne", link_id)
    url, cookie = f"{page.url}reflect/{part}/{number}", campus.cookie_of(browser)

    answer = campus.http.post(url, data={item: "time"}, headers=cookie)

    assert answer.headers["Location"].endswith(f"/reflect/{part}/{number}/help")
    assert tips(campus, campus.http.get(url + "/help", headers=cookie).text)[0] == "time.smaller"


@pytest.mark.parametrize("path", ["reflect/plan/0/help", "reflect/plan/9/help", "reflect/elsewhere/1/help"])
def test_a_step_that_does_not_exist_has_no_help(learner, path):
    assert learner(path).status_code == 404


def test_a_letter_says_what_the_work_lacks_and_nothing_about_people(learner):
    named(learner, "time", "leader", **{"post.obstacles:line": "Fatima van de balie"})

    for to, subject, body in letters(learner(OBSTACLES + "/help").text).values():
        assert to == ""
        assert [words for words in (LABEL, PEOPLE, "Fatima") if words in body] == [LABEL]
        assert not [words for words in (LABEL, PEOPLE, "Fatima") if words in subject]
        assert "\r\n\r\n" in body
        assert len(subject) <= 45


def test_a_letter_is_in_the_language_of_its_writer(campus):
    set_up(campus)
    learner = asking(campus, "emma")
    named(learner, "time")

    page = learner(OBSTACLES + "/help").text

    assert list(letters(page)) == ["Mail a colleague", "Mail my trainer", "Mail my manager"]
    assert all("Too little time" in body for _, _, body in letters(page).values())
    assert "Beklijf sends nothing and keeps nothing." in page


def test_the_same_text_can_be_copied_by_who_has_no_mail_program(learner):
    named(learner, "time")

    page = html.unescape(learner(OBSTACLES + "/help").text)

    to_copy = page.split("Kopieer de tekst")[1]
    for _, subject, body in letters(page).values():
        assert f"<b>{subject}</b>" in to_copy
        assert all(line in to_copy for line in body.split("\r\n"))


def test_a_title_that_looks_like_a_header_stays_a_title(campus, learner):
    with campus.work.sessions.begin() as session:
        session.get_one(Track, campus.only(Track).id).title = "A\r\nBcc: x@y.example&bcc=z " + "😀" * 300
    named(learner, "time")

    page = learner(OBSTACLES + "/help").text

    assert len(letters(page)) == 3
    for url in re.findall(r'href="(mailto:[^"]*)"', page):
        assert len(html.unescape(url)) <= 2000
        assert set(parse_qs(urlsplit(html.unescape(url)).query)) == {"subject", "body"}
    assert all("Alvast bedankt" in body for _, _, body in letters(page).values())


def let_say_yes(campus, learner, kind, status=ContactStatus.CONFIRMED):
    """Somebody of this kind is named, and answers."""
    learner("buddies" if kind is ContactKind.BUDDY else "leader", **TYPED)
    with campus.work.sessions.begin() as session:
        contact = session.get_one(Contact, campus.only(Contact).id)
        contact.status, contact.answered_at = status, campus.work.now().calendar


@pytest.mark.parametrize("kind", [ContactKind.BUDDY, ContactKind.LEADER])
def test_who_said_yes_is_written_to_at_the_address_that_the_learner_gave(campus, learner, kind):
    let_say_yes(campus, learner, kind)
    named(learner, "time")

    found = letters(learner(OBSTACLES + "/help").text)

    assert found["Mail naar Ingrid Postma"][0] == TYPED["address"]
    assert len(found) == 3
    assert [to for to, _, _ in found.values()].count("") == 2


@pytest.mark.parametrize("status", [each for each in ContactStatus if each is not ContactStatus.CONFIRMED])
def test_without_a_yes_no_name_and_no_address_stands_there(campus, learner, status):
    let_say_yes(campus, learner, ContactKind.BUDDY, status)
    named(learner, "time")

    page = learner(OBSTACLES + "/help").text

    assert TYPED["address"] not in unquote(page)
    assert TYPED["name"] not in page


def test_a_while_after_the_launch_no_address_stands_there(campus, learner):
    let_say_yes(campus, learner, ContactKind.BUDDY)
    named(learner, "time")

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=20)):
        page = learner(OBSTACLES + "/help").text

    assert len(letters(page)) == 3
    assert TYPED["address"] not in unquote(page)


def test_the_plan_shows_the_same_under_what_gets_in_the_way(campus, learner):
    named(learner, "time", "none")

    section = learner("plan").text.split('aria-labelledby="plan-in_the_way"')[1].split("</section>")[0]

    assert tips(campus, section) == ["time.smaller", "time.half_hour"]
    assert len(letters(section)) == 3


def test_a_plan_without_obstacles_offers_no_help(campus, learner):
    named(learner, "none")

    page = learner("plan").text

    assert "mailto:" not in page


def test_the_check_in_in_the_tool_offers_to_ask_somebody_too(campus):
    set_up(campus)
    browser, page = campus.open("sanne")
    write(browser, page)
    learner = asking(campus, "sanne")
    learner("check-in", **{"checkin.used": "not_yet"})
    learner("check-in/obstacle", **{"checkin.obstacle": ["time"]})

    found = letters(learner("check-in/help").text)

    assert len(found) == 3
    assert all(LABEL in body for _, _, body in found.values())


def test_behind_the_link_of_a_mail_a_letter_holds_no_answer_and_no_address(campus):
    cue = link(Mail(campus).on(THURSDAY), "/c/").partition("?")[0]
    campus.http.post(cue, data={"checkin.used": "not_yet"})
    campus.http.post(f"{cue}/obstacle", data={"checkin.obstacle": ["time"]})

    found = letters(campus.http.get(f"{cue}/help").text)

    assert len(found) == 3
    assert all(to == "" and LABEL not in body for to, _, body in found.values())


def test_asking_somebody_keeps_nothing_and_sends_nothing(campus, learner):
    named(learner, "time")
    before, waiting = dump(campus.work), len(campus.all(Delivery))

    learner(OBSTACLES + "/help")
    learner("plan")

    assert dump(campus.work) == before
    assert len(campus.all(Delivery)) == waiting
