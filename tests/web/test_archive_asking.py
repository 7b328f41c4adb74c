"""Who may ask for a link to one's own words, how often, and what ends it before it goes."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from lti_tool.models.archives import ArchiveLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services import archive_links
from tests.web.archives import asked_for, way, writer
from tests.web.follow import asking
from tests.web.own_addresses import COURSE, confirmed, later


@pytest.fixture
def launched(campus):
    return writer(campus)


@pytest.fixture
def sanne(campus, launched):
    """What she asks of the tool, with an address of her own."""
    confirmed(campus, *launched)
    return asking(campus, "sanne")


@pytest.fixture
def sent(campus, sanne):
    return asked_for(campus, sanne)


def test_one_is_mailed_a_day_however_often_and_wherever_it_is_asked(campus, sanne, sent):
    again = re.search(r"/m/\S+/archive", sent.text)[0]

    for _ in range(3):
        sanne("mine/archive", ask="1")
        campus.http.post(again, data={"ask": "1"})
    sanne("mine/archive", end="1")
    sanne("mine/archive", ask="1")

    assert campus.deliver() == []
    assert "Uw link is gestopt. Morgen kunt u een andere vragen." in sanne("mine/archive").text


@pytest.mark.database
def test_of_many_who_ask_at_once_one_is_mailed(campus, sanne):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: sanne("mine/archive", ask="1"), range(4)))

    assert {answer.status_code for answer in answers} == {303}
    assert len([one for one in campus.deliver() if "/a/" in one.text]) == 1


def test_a_link_that_was_ended_before_its_letter_went_is_not_mailed(campus, sanne):
    sanne("mine/archive", ask="1")

    sanne("mine/archive", end="1")

    assert campus.deliver() == []
    (row,) = [one for one in campus.all(Delivery) if one.step == archive_links.STEP]
    assert (row.status, row.reason) == (DeliveryStatus.SKIPPED, "archive_over")


def test_without_an_address_of_ones_own_there_is_none(campus, launched):
    sanne = asking(campus, "sanne")

    page = sanne("mine/archive")
    sanne("mine/archive", ask="1")

    assert "Hiervoor is een eigen mailadres nodig" in page.text
    assert "/address" in page.text
    assert COURSE not in page.text
    assert campus.all(ArchiveLink) == []


def test_asking_takes_a_fresh_launch_and_ending_does_not(campus, sanne, sent):
    with later(timedelta(minutes=16)):
        asked = sanne("mine/archive", ask="1")
        ended = sanne("mine/archive", end="1")

    assert (asked.status_code, ended.status_code) == (403, 303)
    assert campus.http.get(way(sent)).status_code == 410


def test_a_press_on_no_button_asks_for_nothing(campus, sanne):
    assert sanne("mine/archive", other="1").status_code == 400
    assert campus.all(ArchiveLink) == []


def test_nobody_else_ends_or_asks_for_it(campus, sanne, sent):
    other = asking(campus, "youssef")

    other("mine/archive", end="1")
    other("mine/archive", ask="1")

    assert campus.http.get(way(sent)).status_code == 200
    assert campus.deliver() == []
