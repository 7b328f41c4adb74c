"""All that is somebody's own, within their visit: to read, to take along, to change, and to erase."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.people import Person
from lti_tool.models.privacy import Tombstone
from tests.web.about_people import SANNE, heading, unpacked
from tests.web.campus import OTHER_COURSE, TRAINER, write
from tests.web.follow import asking
from tests.web.tables import dump

TASK, THEN = "de brief over het terras", "vraag ik eerst door"
LATER = timedelta(minutes=16)


@pytest.fixture
def written(campus):
    """A learner who wrote something, and the page she is on."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


@pytest.fixture
def sanne(campus, written):
    """What she asks of the tool in a visit that has just begun."""
    return asking(campus, "sanne")


def after(delay):
    return time_machine.travel(datetime.now(UTC) + delay)


def test_every_page_of_a_learner_leads_to_it(written):
    browser, home = written

    page = browser.open(home, "/mine")

    assert (page.status, heading(page)) == (200, "Uw woorden en keuzes")
    assert "/mine" in browser.open(page, "/mails").text
    assert '/mine" aria-current' in page.text
    assert '/mine" aria-current' not in home.text


def test_a_trainers_page_does_not(campus, written):
    _, page = campus.open(TRAINER)

    assert "/mine" not in page.text


def test_it_holds_what_was_written_by_part_and_dated(sanne):
    page = sanne("mine").text

    assert all(words in page for words in (TASK, THEN))
    assert re.search(r"<h3[^>]*>Uw plan</h3>", page)
    assert re.search(r'<p class="bk-small">\d+ \w+ 20\d\d</p>', page)


def test_what_can_be_corrected_leads_to_where_that_is_done(campus, written):
    browser, home = written
    page = browser.open(home, "/mine")

    answers, plan = browser.open(page, "/reflect/plan/1"), browser.open(page, "/plan")

    assert TASK in answers.text
    assert (plan.status, THEN in plan.text) == (200, True)


def test_from_another_training_it_says_where_that_is_done(campus, written):
    campus.place(OTHER_COURSE)

    browser, there = campus.open("sanne", OTHER_COURSE)
    page = browser.open(there, "/mine").text

    assert TASK in page
    assert "/reflect/plan" not in page
    assert "Wilt u deze antwoorden veranderen? Open dit onderdeel vanuit uw leeromgeving." in page


def test_a_note_of_the_logbook_stands_there_with_its_link(sanne):
    sanne("logbook", **{"log.note": "Femke leest hardop."})

    page = sanne("mine").text
    (url,) = re.findall(r'href="[^"]*/(logbook/[-0-9a-f]{36})"', page)

    assert "Femke leest hardop." in page
    assert "Femke leest hardop." in sanne(url).text


def test_the_file_is_the_same_as_after_a_data_privacy_launch(sanne):
    file = sanne("mine/download")

    page, export = unpacked(file)
    assert file.headers["Content-Disposition"] == 'attachment; filename="beklijf.zip"'
    assert (TASK in page, export["trainings"][0]["plan"]["then"]) == (True, THEN)


def test_a_quarter_of_an_hour_after_the_launch_it_says_how_to_come_back(sanne):
    with after(LATER):
        page, file, erasing = sanne("mine"), sanne("mine/download"), sanne("mine/erase", erase="1")

    assert [each.status_code for each in (page, file, erasing)] == [200, 403, 403]
    for each in (page, file, erasing):
        assert "Open dit onderdeel nog eens vanuit uw leeromgeving." in each.text
        assert TASK not in each.text
    assert "/mails" in page.text


def test_reading_it_changes_nothing(campus, sanne):
    sanne("mine")
    before = dump(campus.work)

    sanne("mine")
    sanne("mine/erase")

    assert dump(campus.work) == before


def test_somebody_erases_themselves_after_being_asked_once_more(campus, sanne):
    asked = sanne("mine/erase")
    still = {one.sub for one in campus.all(Person)}

    done = sanne("mine/erase", erase="1")

    assert "Alles van u wissen?" in asked.text
    assert SANNE in still
    assert (done.status_code, "Alles is gewist." in done.text) == (200, True)
    assert "Sanne" not in done.text
    assert SANNE not in {one.sub for one in campus.all(Person)}
    assert len(campus.all(Tombstone)) == 1
    assert sanne("mine").status_code == 404


def test_nobody_else_opens_it(campus, sanne):
    other = asking(campus, "youssef")

    assert TASK not in other("mine").text


def test_who_wrote_nothing_yet_reads_where_to_begin(campus):
    page = asking(campus, "youssef")("mine")

    assert page.status_code == 200
    assert "Uw eerste stap staat bij uw training." in page.text
