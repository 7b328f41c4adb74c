"""The card of a contact of several trainings: one page for all, and stopping one of them or all."""

import re

import pytest

from lti_tool.models.contacts import Contact, ContactStatus
from tests import following
from tests.following import MONDAY, NEXT_MONDAY
from tests.web.follow import ONE_CLICK, letters, set_up
from tests.web.mail import link


@pytest.fixture
def two(campus):
    """Two trainings of one contact, with a group of six that names time and one that names processes."""
    first = set_up(campus)
    with campus.work.sessions.begin() as session:
        made = [first, following.beside(session, first, 2)]
        for number, (where, obstacle) in enumerate(zip(made, ("time", "process"), strict=True)):
            following.confirmed(session, where, now=campus.work.now())
            following.group(session, where, 6, obstacle, first=10 * number)
    return made


def card_of(campus, day):
    (letter,) = letters(campus, day, 9)
    return link(letter, "/o/").partition("?")[0]


def test_one_card_says_of_each_training_what_gets_in_the_way_and_asks_one_thing(campus, two):
    text = campus.http.get(card_of(campus, NEXT_MONDAY)).text

    assert all(where.track.title in text for where in two)
    assert "Te weinig tijd" in text
    assert "Regels of vaste werkwijzen" in text
    assert text.count("Eén ding voor deze week") == 1
    assert text.count("De meeste mensen noemen dit") == 2


def test_a_card_leads_to_the_talk_and_the_guide_for_the_meeting_to_print(campus, two):
    url = card_of(campus, MONDAY)

    page = campus.http.get(url).text
    guides = {name: campus.http.get(f"{url}/guide/{name}") for name in ("talk", "team_meeting")}

    assert f"{url.partition('/o/')[1]}" in page
    assert "/guide/talk" in page
    assert "Gesprek van 10 minuten" in guides["talk"].text
    assert "Leidraad voor het teamoverleg" in guides["team_meeting"].text
    assert campus.http.get(f"{url}/guide/other").status_code == 404


def test_who_stops_one_training_keeps_the_card_of_the_other(campus, two):
    url = card_of(campus, MONDAY)
    first = next(row for row in campus.all(Contact) if row.cohort_id == two[0].cohort.id)

    answer = campus.http.post(f"{url}/stop", data={"contact": str(first.id)})

    states = {row.id: row.status for row in campus.all(Contact)}
    assert answer.status_code == 303
    assert states.pop(first.id) is ContactStatus.STOPPED
    assert set(states.values()) == {ContactStatus.CONFIRMED}
    assert campus.http.get(url).status_code == 200
    assert two[0].track.title not in campus.http.get(url).text


@pytest.mark.parametrize("said", [{"stop": "1"}, ONE_CLICK])
def test_who_stops_them_all_closes_the_card(campus, two, said):
    url = card_of(campus, MONDAY)

    campus.http.post(f"{url}/stop", data=said)

    assert {row.status for row in campus.all(Contact)} == {ContactStatus.STOPPED}
    assert campus.http.get(url).status_code == 410
    assert campus.http.get(f"{url}/guide/talk").status_code == 410


def test_nobody_else_is_stopped_by_a_number_that_stands_on_no_card_of_theirs(campus, two):
    url = card_of(campus, MONDAY)

    campus.http.post(f"{url}/stop", data={"contact": "00000000-0000-4000-8000-000000000001"})

    assert {row.status for row in campus.all(Contact)} == {ContactStatus.CONFIRMED}


def test_a_group_of_twenty_reads_figures_and_a_smaller_one_words(campus):
    where = set_up(campus)
    with campus.work.sessions.begin() as session:
        following.confirmed(session, where, now=campus.work.now())
        following.group(session, where, 14, "time")
        following.group(session, where, 10, first=20)

    text = campus.http.get(card_of(campus, NEXT_MONDAY)).text

    assert "Er doen 24 mensen mee." in text
    assert "14 mensen noemen dit." in text
    assert not re.search("kleiner dan 20", text)
