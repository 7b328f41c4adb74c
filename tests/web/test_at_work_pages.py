"""Where people try something in their work without a training, no page speaks of "the training"."""

import re
from datetime import timedelta

import pytest

from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.tracks import Enrolment
from tests.factories import ENDED_ON
from tests.following import MONDAY
from tests.web import buddies
from tests.web.campus import PREPARE, TRAINER, write
from tests.web.follow import TYPED, asking, carded, invited, letters, set_up
from tests.web.mail import link

WEEK = timedelta(days=7)
LOOK_BACK_ON_WORK, LOOK_BACK_ON_TRAINING = "Terugkijken op de twee weken", "Terugkijken op de training"


@pytest.fixture(autouse=True)
def at_work(campus):
    """A Friday, on which people start to try it."""
    campus.go_to(ENDED_ON, 10)
    campus.place(starts_on=ENDED_ON, ends_on=ENDED_ON, pace=Pace.AT_WORK)
    return set_up(campus)


def main(page):
    return page.text.split("<main")[1].split("</main>")[0]


def of_a_training(page):
    """What a page says of a training that people are given."""
    return re.findall(r"[^.>]*\b(?:de|deze) training\b[^.<]*", main(page))


@pytest.mark.parametrize("path", ["", "mails", "journey/{enrolment}"])
def test_a_learner_looks_back_on_the_two_weeks(campus, path):
    write(*campus.open("sanne"))
    ask = asking(campus, "sanne")

    text = main(ask(path.format(enrolment=campus.only(Enrolment).id)))

    assert LOOK_BACK_ON_WORK in text
    assert LOOK_BACK_ON_TRAINING not in text


@pytest.mark.parametrize("path", ["", "letters", "letters/see/harvest", "dates", "questions/{item}"])
def test_a_trainer_reads_that_people_look_back_on_the_two_weeks(campus, path):
    write(*campus.open("sanne"))
    ask = asking(campus, TRAINER)

    text = main(ask(path.format(item=campus.only(Activity).id)))

    assert LOOK_BACK_ON_WORK in text
    assert LOOK_BACK_ON_TRAINING not in text


def test_a_calendar_names_the_look_back_on_the_two_weeks(campus):
    browser, page = campus.open("sanne")
    offer = browser.open(browser.open(write(browser, page), "/mails"), "/calendar")
    taken = browser.submit(offer, button="Agenda-adres maken")
    address = re.search(r"http\S+\.ics", taken.text)[0]

    calendar = campus.http.get(address).text

    assert f"SUMMARY:{LOOK_BACK_ON_WORK}" in calendar
    assert LOOK_BACK_ON_TRAINING not in calendar


@pytest.mark.parametrize(
    "path",
    [
        "before",
        "before/goals",
        "before/remind",
        "let-read",
        "after",
        "after/report",
        "after/export",
        "contacts",
    ],
)
def test_a_trainer_of_people_at_work_reads_of_no_training(campus, path):
    ask = asking(campus, TRAINER)

    assert of_a_training(ask(path)) == []


def test_the_settings_say_before_and_after_what_an_item_comes(campus):
    campus.place(PREPARE, instrument="pre")

    text = main(asking(campus, TRAINER)("settings"))

    assert "Voordat mensen beginnen" in text
    assert "Nadat mensen beginnen" in text


@pytest.mark.parametrize("path", ["leader", "leader/yourself", "buddies", "buddies/yourself"])
def test_a_learner_asks_for_help_with_no_training(campus, path):
    ask = asking(campus, "sanne")

    assert of_a_training(ask(path)) == []


def test_a_contact_is_asked_about_no_training(campus):
    url = invited(campus, asking(campus, TRAINER))

    assert of_a_training(campus.http.get(url)) == []


def test_a_manager_is_asked_about_no_training(campus):
    asking(campus, "sanne")("leader", **TYPED)
    (letter,) = letters(campus)

    assert of_a_training(campus.http.get(link(letter, "/k/"))) == []


def test_a_buddy_is_asked_about_no_training_and_stops_in_none(campus):
    url = buddies.invited(campus, buddies.with_a_plan(campus))

    shown = [campus.http.get(url), campus.http.get(f"{url}/stop")]
    campus.http.post(url, data=buddies.YES)
    shown.append(campus.http.get(url))

    assert [of_a_training(page) for page in shown] == [[], [], []]


def test_a_team_card_after_the_two_weeks_asks_what_others_notice_of_what_people_tried(campus):
    carded(campus, asking(campus, TRAINER))
    sent = [letter for weeks in (1, 2, 3) for letter in letters(campus, MONDAY + weeks * WEEK, 9)]

    shown = [campus.http.get(link(letter, "/o/")) for letter in sent]

    assert "Wat merken anderen van wat u probeerde?" in "".join(map(main, shown))
    assert [of_a_training(page) for page in shown] == [[]] * len(sent)


def test_whoever_stops_the_cards_reads_of_no_training(campus):
    url = carded(campus, asking(campus, TRAINER))

    assert of_a_training(campus.http.get(f"{url}/stop")) == []
