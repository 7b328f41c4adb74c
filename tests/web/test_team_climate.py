"""What the contact of a group reads of its learning climate, and what the team agreed on."""

import pytest

from lti_tool.domain.answers import Answer
from lti_tool.models.deliveries import Delivery
from lti_tool.services import tallies
from tests import factories, following
from tests.following import AFTER_IT, MONDAY
from tests.web.follow import letters, set_up
from tests.web.mail import link

MUCH = {"cond.change": Answer(choices=("much",)), "cond.support": Answer(choices=("very_little",))}
ABOUT_CHANGE = "Hoeveel merkt u van wat er rond uw werk verandert?"
AGREED = {"agreed": "zebraafspraak"}


@pytest.fixture
def where(campus):
    made = set_up(campus)
    with campus.work.sessions.begin() as session:
        following.confirmed(session, made, now=campus.work.now())
    return made


def count_in(campus, where, number):
    """So many people of the group count along."""
    asked = campus.work.catalogue.latest("climate")
    here = {"context_id": where.course.context_id, "link_id": where.link.link_id}
    with campus.work.sessions.begin() as session:
        box = tallies.box(session, where.cohort, asked)
        for each in range(number):
            who = factories.learner(session, where, f"l{each}", **here)
            tallies.add(session, box, who.enrolment, MUCH, campus.work.keyring.named)


def card_of(campus, day):
    (letter,) = letters(campus, day, 10)
    return link(letter, "/o/").partition("?")[0]


def test_the_contact_of_a_small_group_reads_words_and_no_figure(campus, where):
    count_in(campus, where, 10)
    url = card_of(campus, AFTER_IT)

    page = campus.http.get(f"{url}/climate").text

    assert f'href="/o/{url.rsplit("/", 1)[1]}/climate"' in campus.http.get(url).text
    assert ABOUT_CHANGE in page
    assert "Uw groep: de meesten zeggen" in page
    assert "10 van" not in page


def test_the_contact_of_twenty_reads_figures(campus, where):
    count_in(campus, where, 25)

    page = campus.http.get(f"{card_of(campus, AFTER_IT)}/climate").text

    assert "25 van de 25" in page


def test_what_people_say_of_who_leads_them_never_stands_there(campus, where):
    count_in(campus, where, 10)

    page = campus.http.get(f"{card_of(campus, AFTER_IT)}/climate").text

    support = campus.work.catalogue.latest("climate").items["cond.support"]
    assert support.ask.nl not in page


def test_of_four_people_nothing_shows(campus, where):
    count_in(campus, where, 4)

    page = campus.http.get(f"{card_of(campus, AFTER_IT)}/climate").text

    assert ABOUT_CHANGE not in page
    assert "Zo is niemand te herkennen" in page


def test_what_the_team_agreed_on_stands_at_the_next_talk_and_not_among_a_value_check(campus, where):
    campus.http.post(f"{card_of(campus, AFTER_IT)}/climate", data=AGREED)
    check = min(row.due_on for row in campus.all(Delivery) if row.step == "value_check")

    later = card_of(campus, check)

    assert "zebraafspraak" in campus.http.get(f"{later}/climate").text
    assert "zebraafspraak" not in campus.http.get(f"{later}/value-check").text


def test_the_guide_for_the_talk_is_there_to_print(campus, where):
    answer = campus.http.get(f"{card_of(campus, AFTER_IT)}/guide/climate")

    assert answer.status_code == 200
    assert "Praten over het leerklimaat" in answer.text


def test_the_first_card_asks_for_no_talk_about_it(campus, where):
    assert campus.http.get(f"{card_of(campus, MONDAY)}/climate").status_code == 410
