"""What a training asks goes along with it, and is counted by what it asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import select

from lti_tool.domain.adaptations import Adaptation
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import Words
from lti_tool.models.adaptations import Adaptation as Row
from lti_tool.models.tracks import Track
from lti_tool.services import activities, adaptations, asked, track_copies, tracks, unopened
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON).calendar
CHANGED = Adaptation(
    left_out=frozenset({"post.task"}),
    own=(
        OwnItem("own.chosen.abcdefgh", "plan", "yes_no", Words("Lukte het?", "")),
        OwnItem("own.said.abcdefgh", "plan", "text", Words("Wat hielp?", "")),
    ),
)


@pytest.fixture
def where(work, session):
    """A training whose look back is asked in another way."""
    made = factories.place(work, session)
    change(session, made, made.activity, CHANGED)
    return made


def change(session, where, activity, draft):
    for step in ("draft", "asked"):
        found = adaptations.find(session, where.track, activity.id, where.work.catalogue)
        if step == "draft":
            adaptations.change(session, found, draft, NOW)
        else:
            adaptations.ask(session, where.track, found, where.work.catalogue, NOW)


def asks(session, where, activity):
    version = tracks.placed(session, where.link).version
    return set(asked.of_activity(session, where.work.catalogue, activity, version).items)


def another(session, where):
    return tracks.begin(session, where.course, Dates(ENDED_ON, ENDED_ON), "Europe/Amsterdam", NOW)


@pytest.mark.database
def test_a_training_that_begins_from_an_earlier_one_asks_what_that_asks(session, where):
    track = another(session, where)
    track_copies.begin_from(session, where.track, track)

    activity = activities.add(session, track, where.activity.instrument_version_id, NOW)
    track_copies.ask_as_before(session, track, activity, where.work.catalogue, NOW)

    assert asks(session, where, activity) == asks(session, where, where.activity)
    assert activity.adaptation_id != where.activity.adaptation_id


def test_a_copied_item_asks_what_the_first_one_asks(session, where):
    track = another(session, where)
    activity = activities.add(session, track, where.activity.instrument_version_id, NOW)

    adaptations.copy(session, where.activity, activity, NOW, where.work.catalogue)

    assert asks(session, where, activity) == asks(session, where, where.activity)


def test_each_time_that_it_is_saved_it_gets_the_next_number_and_the_earlier_one_stays(session, where):
    first = where.activity.adaptation_id

    change(session, where, where.activity, replace(CHANGED, left_out=frozenset({"post.cue"})))

    assert session.get_one(Row, first).number == 1
    assert session.get_one(Row, where.activity.adaptation_id).number == 2


@pytest.mark.database
def test_a_training_that_nobody_opened_goes_with_what_it_asks(session, where):
    where.activity.link_id = None
    session.flush()

    assert unopened.remove_training(session, where.track)
    assert session.query(Row).count() == 0


@pytest.mark.database("postgresql")  # where two who save wait for each other only once they hold the row
def test_two_items_of_a_training_that_are_saved_at_once_both_get_a_number(work, session, where):
    items = [where.activity, activities.add(session, where.track, where.activity.instrument_version_id, NOW)]
    for item in items:
        found = adaptations.find(session, where.track, item.id, work.catalogue)
        adaptations.change(session, found, replace(CHANGED, own=()), NOW)
    ids, track_id = [item.id for item in items], where.track.id
    session.commit()
    both_ready = Barrier(2)

    def save(activity_id):
        with work.sessions.begin() as own:
            track = own.get_one(Track, track_id)
            both_ready.wait(10)
            found = adaptations.find(own, track, activity_id, work.catalogue, to_change=True)
            adaptations.ask(own, track, found, work.catalogue, NOW)
            sleep(0.3)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(save, ids))

    numbers = session.scalars(select(Row.number).where(Row.number.is_not(None)).order_by(Row.number))
    assert list(numbers) == [1, 2, 3]
