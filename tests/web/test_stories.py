"""A story from something taken up at will, shown to the team of a training and hidden again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.releases import Story
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import erasing
from tests.web.campus import OTHER_COURSE, TRAINER
from tests.web.follow import asking

STORY, OTHER_WORDS = "Aan de balie vroeg ik eerst door.", "Samen oefenen."
BEGUN_AS = "00000000-0000-4000-8000-000000000001"
HERE, CHECK = f"instruments/insight/{BEGUN_AS}", f"instruments/value_check/{BEGUN_AS[:-1]}2"


@pytest.fixture
def sanne(campus):
    """What a learner who wrote a story asks of the tool."""
    campus.place()
    ask = asking(campus, "sanne")
    ask(f"{HERE}/1", **{"informal.story": STORY})
    ask(f"{HERE}/3", **{"informal.asks_of_team": OTHER_WORDS})
    return ask


def show(ask, path=HERE):
    """Shows a story to the team, from its page."""
    group = ask(path).text.partition('name="group" value="')[2].partition('"')[0]
    return ask(f"{path}/story", show="1", group=group)


@pytest.fixture
def youssef(campus, sanne):
    """What somebody of the same group asks."""
    return asking(campus, "youssef")


def test_only_its_writer_reads_a_story_until_it_is_shown(sanne, youssef):
    assert STORY not in youssef("team").text
    assert "Aan mijn team laten zien" in sanne(HERE).text


def test_the_team_reads_the_story_with_a_name_and_nothing_else_of_it(campus, sanne, youssef):
    shown = show(sanne)

    page = youssef("team").text

    assert "notice=story_shown" in shown.headers["location"]
    assert STORY in page
    assert "Sanne" in page
    assert OTHER_WORDS not in page
    assert "Uw team leest dit verhaal" in sanne(HERE).text
    assert STORY not in asking(campus, TRAINER)("let-read").text


def test_the_story_of_a_value_check_can_be_told_too(sanne, youssef):
    sanne(f"{CHECK}/1", **{"value_check.story": "Wij belden eerder terug."})

    show(sanne, CHECK)

    assert "Wij belden eerder terug." in youssef("team").text


def test_a_story_is_hidden_again_and_goes_with_what_it_stood_in(campus, sanne, youssef):
    show(sanne)
    sanne(f"{HERE}/story", hide="1")
    hidden = youssef("team").text
    show(sanne)

    sanne(HERE, remove="1")

    assert STORY not in hidden
    assert STORY not in youssef("team").text
    assert campus.all(Story) == []


def test_what_saves_itself_waits_until_its_writer_saves_it(sanne, youssef):
    show(sanne)

    sanne(f"{HERE}/1", autosave="1", **{"informal.story": "Nog maar half"})
    meanwhile = youssef("team").text
    sanne(f"{HERE}/1", **{"informal.story": "Nu is het af."})

    assert "Nog maar half" not in meanwhile
    assert "Nu is het af." in youssef("team").text


def test_above_a_story_that_is_shown_it_says_who_reads_it(sanne):
    before = sanne(f"{HERE}/1").text
    show(sanne)

    assert "uw team." not in before
    assert "U. En wie u dit laat lezen: uw team." in sanne(f"{HERE}/1").text


def test_a_story_is_not_shown_to_another_group_than_its_page_was_about(campus, sanne):
    answer = sanne(f"{HERE}/story", show="1", group="00000000-0000-4000-8000-000000000009")

    assert answer.status_code == 409
    assert campus.all(Story) == []


def test_shown_twice_it_is_there_once(campus, sanne):
    for _ in range(2):
        assert show(sanne).status_code == 303

    assert len(campus.all(Story)) == 1


def test_showing_needs_a_launch_of_a_short_while_ago_and_hiding_does_not(campus, sanne):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        refused = show(sanne)
    show(sanne)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        hidden = sanne(f"{HERE}/story", hide="1")

    assert refused.status_code == 403
    assert "Open dit onderdeel nog eens in uw leeromgeving" in refused.text
    assert hidden.status_code == 303
    assert campus.all(Story) == []


def test_what_is_no_story_cannot_be_told(campus, sanne):
    sanne("instruments/climate/00000000-0000-4000-8000-000000000003/1", **{"cond.change.now": "good"})

    for path in ("instruments/climate/00000000-0000-4000-8000-000000000003/story", f"{CHECK}/story"):
        assert sanne(path, show="1").status_code == 404
    assert campus.all(Story) == []


def test_the_story_of_somebody_else_cannot_be_told(campus, sanne, youssef):
    assert youssef(f"{HERE}/story", show="1").status_code == 404
    assert campus.all(Story) == []


def test_a_team_of_another_training_does_not_read_it(campus, sanne):
    campus.place(OTHER_COURSE)
    show(sanne)

    browser, page = campus.open("youssef", OTHER_COURSE)
    other = campus.http.get(page.url + "team", headers=campus.cookie_of(browser))

    assert STORY not in other.text


def test_a_story_goes_with_its_writer(campus, sanne, youssef):
    show(sanne)
    (person_id,) = {
        row.person_id for row in campus.all(Enrolment) if row.id == campus.only(Story).enrolment_id
    }

    erasing.erase(campus.work, person_id, now=campus.work.now())

    assert campus.all(Story) == []
    assert STORY not in youssef("team").text
