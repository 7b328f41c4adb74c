"""People let the trainer or the room read of looking back on a session, thing by thing, and take it back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.domain.takeaways import Reader, Thing
from lti_tool.models.takeaways import Takeaway
from lti_tool.models.tracks import Enrolment, Track
from lti_tool.rounds import erasing
from lti_tool.services import moves
from lti_tool.services.tracks import Dates
from tests.web.about_people import unpacked
from tests.web.buddies import opened
from tests.web.campus import write
from tests.web.planning import asking

PICKED_UP, ADJUST = "Eerst vragen wat iemand zoekt.", "Meer oefenen met eigen brieven."
PATH = "session/shown"
TAKEN = {"mid.picked_up": PICKED_UP}


@pytest.fixture
def training(campus):
    """A training that asks to look back on a session."""
    campus.place(instrument="mid")
    return campus


@pytest.fixture
def sanne(training):
    """What a learner who looked back asks of the tool."""
    browser, page = training.open("sanne")
    write(browser, page, TAKEN)
    ask = asking(training, browser)
    for number in (1, 2, 3):
        assert ask(f"reflect/team/{number}", **{"mid.adjust": ADJUST}).status_code == 303
    return ask


def show(ask, trainer=(), room=()):
    """Lets others read these things, and nothing else."""
    return ask(PATH, trainer=[*trainer], room=[*room], opened=opened(ask, PATH))


def shown(campus):
    return {(row.reader, row.item) for row in campus.all(Takeaway)}


def test_nothing_is_shown_until_its_writer_ticks_it_and_each_reader_has_a_tick_of_its_own(sanne, training):
    before, page = shown(training), sanne(PATH).text

    show(sanne, trainer=[Thing.ADJUST], room=[Thing.PICKED_UP])

    assert before == set()
    assert (PICKED_UP in page, ADJUST in page, " checked" in page) == (True, True, False)
    assert shown(training) == {(Reader.TRAINER, Thing.ADJUST), (Reader.ROOM, Thing.PICKED_UP)}


def test_what_is_taken_back_is_gone_and_the_rest_stays(sanne, training):
    show(sanne, trainer=[Thing.ADJUST, Thing.PICKED_UP], room=[Thing.PICKED_UP])

    show(sanne, trainer=[Thing.ADJUST, Thing.PICKED_UP])

    assert shown(training) == {(Reader.TRAINER, Thing.ADJUST), (Reader.TRAINER, Thing.PICKED_UP)}


def test_showing_needs_a_launch_of_a_short_while_ago_and_hiding_does_not(sanne, training):
    show(sanne, room=[Thing.PICKED_UP])

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        refused = show(sanne, room=[Thing.PICKED_UP, Thing.ADJUST])
        kept = shown(training)
        hidden = show(sanne)

    assert (refused.status_code, hidden.status_code) == (403, 303)
    assert kept == {(Reader.ROOM, Thing.PICKED_UP)}
    assert shown(training) == set()


def test_a_choice_that_another_page_changed_meanwhile_is_asked_anew(sanne, training):
    before = opened(sanne, PATH)
    show(sanne, trainer=[Thing.ADJUST])

    late = sanne(PATH, room=[Thing.PICKED_UP], opened=before)

    assert late.status_code == 409
    assert "intussen" in late.text
    assert shown(training) == {(Reader.TRAINER, Thing.ADJUST)}


def test_above_the_field_it_says_who_reads_the_answer(sanne):
    before = sanne("reflect/session/1").text
    show(sanne, trainer=[Thing.PICKED_UP], room=[Thing.PICKED_UP])

    after = sanne("reflect/session/1").text

    assert "de zaal, zonder uw naam" not in before
    assert "uw trainer, de zaal, zonder uw naam" in after


def test_in_another_group_nothing_of_it_is_for_the_room_any_more(sanne, training):
    show(sanne, trainer=[Thing.ADJUST], room=[Thing.PICKED_UP])
    with training.work.sessions.begin() as session:
        track, now = session.query(Track).one(), training.work.now().calendar
        moves.add_group(session, track, "Noord", Dates(training.today, training.today), now)
        moves.regroup(session, track, {session.query(Enrolment).one().id: 2}, training.work.catalogue, now)

    assert shown(training) == {(Reader.TRAINER, Thing.ADJUST)}


def test_what_is_shown_stands_in_what_somebody_takes_along_and_goes_with_them(sanne, training):
    show(sanne, trainer=[Thing.ADJUST], room=[Thing.PICKED_UP])

    page = unpacked(sanne("mine/download"))
    person_id = training.only(Enrolment).person_id
    erasing.erase(training.work, person_id, now=training.work.now())

    assert "Mag op het scherm, over bijeenkomst 1" in str(page)
    assert training.all(Takeaway) == []


def test_a_link_that_asks_something_else_has_no_such_page(campus):
    campus.place()
    browser, _ = campus.open("sanne")

    assert asking(campus, browser)(PATH).status_code == 404


def test_the_first_page_leads_there_once_somebody_looked_back(training, sanne):
    assert "/session/shown" in sanne("").text
