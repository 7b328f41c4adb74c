"""How many notes a day takes, over all ways by which they come."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from lti_tool.domain.answers import Answer
from lti_tool.models.logbook import Note, Way
from lti_tool.models.people import Person
from lti_tool.services.logbook import Logbook
from lti_tool.services.note_bounds import MOST_A_DAY, MOST_BY_LINK
from tests.web.follow import asking

WORDS = "Hardop lezen helpt."
PAGE = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


@pytest.fixture
def link(sanne):
    """Where her link writes."""
    return re.search(r'bk-ref--long">([^<]+)<', sanne("logbook/link", make="1").text)[1]


def write(campus, times, way=Way.TOOL, days_ago=0):
    """So many notes of hers."""
    with campus.work.sessions.begin() as session:
        person = session.scalars(select(Person).where(Person.sub == "1041")).one()
        key = campus.work.keyring.of([person.key_id])[person.key_id]
        own, on = Logbook(person, key, campus.work.catalogue), campus.today - timedelta(days=days_ago)
        for number in range(times):
            said = {"log.note": Answer(words=f"Notitie {number}")}
            own.join(session, said, uuid4(), on, campus.work.now(), way)


def test_a_day_takes_a_hundred_notes_and_what_was_typed_after_that_is_still_there(campus, sanne):
    write(campus, MOST_A_DAY - 1)

    answers = [sanne("logbook", **{"log.note": f"{WORDS} {number}"}) for number in range(2)]

    assert [answer.status_code for answer in answers] == [303, 429]
    assert "Er passen 100 notities op een dag" in answers[1].text
    assert f"{WORDS} 1</textarea>" in answers[1].text
    assert len(campus.all(Note)) == MOST_A_DAY


def test_the_link_adds_fifty_and_leaves_room_for_its_owner(campus, sanne, link):
    write(campus, MOST_BY_LINK - 1, Way.LINK)

    answers = [campus.http.post(link, data={"log.note": f"{WORDS} {number}"}) for number in range(2)]
    own = sanne("logbook", **{"log.note": "Van mijzelf."})

    assert [answer.status_code for answer in answers] == [303, 429]
    assert "Er kan vandaag niets meer bij" in answers[1].text
    assert f"{WORDS} 1</textarea>" in answers[1].text
    assert own.status_code == 303


def test_whatever_came_by_the_link_counts_among_the_hundred(campus, sanne, link):
    write(campus, MOST_BY_LINK, Way.LINK)
    write(campus, MOST_A_DAY - MOST_BY_LINK)

    answers = [campus.http.post(link, data={"log.note": WORDS}), sanne("logbook", **{"log.note": WORDS})]

    assert [answer.status_code for answer in answers] == [429, 429]


def test_a_full_day_says_by_the_link_nothing_of_how_many_there_are(campus, link):
    write(campus, MOST_A_DAY)

    page = campus.http.post(link, data={"log.note": WORDS}).text

    assert not re.search(r"\b(50|100)\b", page.split("<main")[1].replace("1000", ""))


def test_another_day_has_room_of_its_own(campus, sanne):
    write(campus, MOST_A_DAY, days_ago=1)

    assert sanne("logbook", **{"log.note": WORDS}).status_code == 303


def test_the_day_is_that_of_the_calendar_on_the_writers_wall(campus, sanne):
    write(campus, MOST_A_DAY)
    campus.go_to(campus.today + timedelta(days=1), 0, 5)

    assert asking(campus, "sanne")("logbook", **{"log.note": WORDS}).status_code == 303


def test_a_form_that_is_sent_again_does_not_count(campus, sanne, link):
    once = {"log.note": WORDS, "page": PAGE}
    sanne("logbook", **once)
    write(campus, MOST_A_DAY - 1)

    again = [sanne("logbook", **once), campus.http.post(link, data=once)]

    assert [answer.status_code for answer in again] == [303, 303]
    assert len(campus.all(Note)) == MOST_A_DAY


def test_words_of_a_note_that_is_there_change_on_a_full_day_too(campus, sanne):
    write(campus, MOST_A_DAY)

    assert sanne(f"logbook/{campus.all(Note)[0].id}", **{"log.note": WORDS}).status_code == 303


def test_the_day_of_one_person_is_not_that_of_another(campus, sanne):
    write(campus, MOST_A_DAY)

    assert asking(campus, "youssef")("logbook", **{"log.note": WORDS}).status_code == 303


def test_of_several_that_come_at_once_only_as_many_get_in_as_there_is_room_for(campus, sanne, link):
    write(campus, MOST_A_DAY - 2)

    with ThreadPoolExecutor(4) as threads:
        notes = [{"log.note": f"{WORDS} {number}"} for number in range(4)]
        codes = list(threads.map(lambda note: campus.http.post(link, data=note).status_code, notes))

    assert sorted(codes) == [303, 303, 429, 429]
    assert len(campus.all(Note)) == MOST_A_DAY


def test_a_visit_that_ended_says_of_a_full_day_that_nothing_was_saved_and_shows_it_to_copy(campus, sanne):
    campus.go_to(campus.today + timedelta(days=1), 10)
    write(campus, MOST_A_DAY)

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        page = sanne("logbook", **{"log.note": WORDS})

    assert page.status_code == 403
    assert "Uw tekst is bewaard" not in page.text
    assert "Dit is niet bewaard." in page.text
    assert WORDS in page.text
