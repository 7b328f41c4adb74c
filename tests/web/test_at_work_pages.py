"""Where people try something in their work without a training, no page speaks of "the training"."""

import re

import pytest

from lti_tool.domain.paces import Pace
from lti_tool.models.activities import Activity
from lti_tool.models.tracks import Enrolment
from tests.factories import ENDED_ON
from tests.web.campus import TRAINER, write
from tests.web.follow import asking

LOOK_BACK_ON_WORK, LOOK_BACK_ON_TRAINING = "Terugkijken op de twee weken", "Terugkijken op de training"


@pytest.fixture(autouse=True)
def at_work(campus):
    """A Friday, on which people start to try it."""
    campus.go_to(ENDED_ON, 16)
    return campus.place(starts_on=ENDED_ON, ends_on=ENDED_ON, pace=Pace.AT_WORK)


def main(page):
    return page.text.split("<main")[1].split("</main>")[0]


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
