"""Counting groups at fixed moments, whether or not anybody gets a card about them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from lti_tool.domain.adaptations import Adaptation, Wording
from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.own_questions import OwnItem
from lti_tool.domain.words import Words
from lti_tool.models.figures import Figure
from lti_tool.models.harvests import Snapshot, ToldAnswer
from lti_tool.models.people import Person
from lti_tool.models.tracks import Track, TrackStatus
from lti_tool.rounds import deliver, figures
from lti_tool.services import activities, adaptations, desks, harvests, instruments, reflections, submissions
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import AFTER_IT, NEXT_MONDAY

HARVEST_ON = ENDED_ON + timedelta(days=45)
BETWEEN = ENDED_ON - timedelta(days=7)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def meetings(work, session):
    """A training of two meetings, of which the first is looked back on."""
    made = factories.place(work, session, instrument="mid", starts_on=BETWEEN)
    session.get_one(type(made.activity), made.activity.id).meeting_number = 1
    return made


def answer(session, where, who, part, said, on=ENDED_ON):
    """Somebody hands in a part with these choices."""
    asked = (who.person, who.key, where.link, where.work.catalogue, part)
    seat = desks.find(session, *asked)
    chosen = {item: Said(choices=choices) for item, choices in said.items()}
    reflections.save(session, seat.desk, chosen, 1, at(on, 17).calendar)
    submissions.submit(session, desks.find(session, *asked), where.work.catalogue, at(on, 17).calendar)


def group(session, where, number, part="harvest", **more):
    """So many people, who all answer the same."""
    people = following.group(session, where, number, first=more.pop("first", 0))
    said = {item.replace("__", "."): (choice,) for item, choice in more.items()}
    for who in people if said else ():
        answer(session, where, who, part, said, BETWEEN if part == "session" else ENDED_ON)
    return people


def told(session):
    session.expire_all()
    rows = session.scalars(select(ToldAnswer)).all()
    found = {(row.item, row.cell): (row.count, row.people) if row.count else row.share for row in rows}
    session.commit()
    return found


def plans(session):
    session.expire_all()
    found = {(row.moment, row.cell): (row.count, row.people) for row in session.scalars(select(Figure))}
    session.commit()
    return found


@pytest.mark.database
def test_a_group_without_contacts_is_counted_on_the_same_days(work, session, where):
    following.group(session, where, 6, "time")
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY))
    figures.run(work, now=at(AFTER_IT))

    assert plans(session) == {
        (moment, cell): (6, 6) for moment in ("leader", "closed") for cell in ("all", "time")
    }


def test_nobody_is_counted_before_the_day(work, session, where):
    following.group(session, where, 6, "time")
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY, 9, 0))

    assert plans(session) == {}
    assert session.scalars(select(Snapshot)).all() == []


def test_a_training_that_its_trainer_removed_is_not_counted(work, session, where):
    following.group(session, where, 6, "time")
    gone = {"status": TrackStatus.REMOVED, "removed_at": at(ENDED_ON).calendar}
    session.execute(update(Track).where(Track.id == where.track.id).values(**gone))
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY))

    assert plans(session) == {}


def test_a_group_that_was_too_small_on_the_day_is_not_counted_again(work, session, where):
    following.group(session, where, 4, "time")
    session.commit()
    figures.run(work, now=at(NEXT_MONDAY))
    following.group(session, where, 6, "time", first=4)
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY, 16))

    assert plans(session) == {}
    assert len(session.scalars(select(Snapshot)).all()) == 1


def test_the_card_that_goes_out_after_it_is_about_the_same_figures(work, session, mailbox, where):
    following.confirmed(session, where)
    following.group(session, where, 6, "time")
    session.commit()
    figures.run(work, now=at(NEXT_MONDAY))
    following.group(session, where, 6, "time", first=6)
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert plans(session) == {("leader", "all"): (6, 6), ("leader", "time"): (6, 6)}


def test_what_was_counted_when_a_card_went_out_before_snapshots_were_noted_stays(
    work, session, mailbox, where
):
    following.confirmed(session, where)
    following.group(session, where, 4, "time")
    session.commit()
    deliver.run(work, now=at(NEXT_MONDAY))
    session.execute(delete(Snapshot))
    following.group(session, where, 6, "time", first=4)
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY, 16))

    assert plans(session) == {}


@pytest.mark.database
def test_what_a_group_answered_is_counted_once_the_last_letter_may_have_been_answered(work, session, where):
    group(session, where, 14, post__experience="very_good", post__training_worked="all_right")
    group(session, where, 10, first=14)
    session.commit()

    figures.run(work, now=at(HARVEST_ON))

    assert told(session) == {
        ("post.experience", "high"): (14, 24),
        ("post.training_worked", "middle"): (14, 24),
    }


def test_a_small_group_is_told_of_in_words(work, session, where):
    group(session, where, 7, post__experience="good")
    group(session, where, 5, first=7)
    session.commit()

    figures.run(work, now=at(HARVEST_ON))

    assert told(session) == {("post.experience", "high"): "half"}


def test_a_group_is_told_of_once(work, session, where):
    people = group(session, where, 12)
    session.commit()
    figures.run(work, now=at(HARVEST_ON))
    for who in people:
        answer(session, where, who, "harvest", {"post.experience": ("good",)}, HARVEST_ON)
    session.commit()

    figures.run(work, now=at(HARVEST_ON, 16))

    assert told(session) == {}


def test_what_the_plan_asks_is_not_told_of_since_plans_are_counted_already(work, session, where):
    group(session, where, 12, "plan", post__confidence="9")
    session.commit()

    figures.run(work, now=at(HARVEST_ON))

    assert told(session) == {}


def test_who_only_tries_and_who_was_erased_are_not_counted(work, session, where):
    people = group(session, where, 7, post__experience="good")
    session.get_one(Person, people[0].person.id).is_test = True
    session.commit()
    work.keyring.forget(people[1].person.key_id)

    figures.run(work, now=at(HARVEST_ON))

    assert told(session) == {("post.experience", "high"): "most"}


def test_what_was_saved_and_not_handed_in_is_not_counted(work, session, where):
    for who in group(session, where, 6):
        seat = desks.find(session, who.person, who.key, where.link, work.catalogue, "harvest")
        said = {"post.experience": Said(choices=("good",))}
        reflections.save(session, seat.desk, said, 1, at(ENDED_ON, 17).calendar)
    session.commit()

    figures.run(work, now=at(HARVEST_ON))

    assert told(session) == {}


def test_a_group_that_lost_somebody_since_its_figures_is_told_of_in_words(work, session, where):
    people = group(session, where, 24, post__experience="good")
    session.commit()
    figures.run(work, now=at(NEXT_MONDAY))
    session.get_one(Person, people[0].person.id).is_test = True
    session.commit()

    figures.run(work, now=at(HARVEST_ON))

    assert told(session) == {("post.experience", "high"): "most"}


@pytest.mark.database
def test_what_was_said_after_a_meeting_is_told_on_the_morning_before_the_next(work, session, meetings):
    said = {"mid__experience": "good", "mid__holding_back": "time"}
    group(session, meetings, 12, "session", **said)
    group(session, meetings, 12, "session", first=12, mid__holding_back="habit")
    session.commit()

    figures.run(work, now=at(ENDED_ON - timedelta(days=1)))

    assert told(session) == {
        ("mid.experience", "high"): "half",
        ("mid.holding_back", "time"): "half",
        ("mid.holding_back", "habit"): "half",
    }
    assert {row.meeting for row in session.scalars(select(ToldAnswer))} == {1}


def test_questions_in_a_trainers_own_words_are_told_of_in_words_and_what_is_left_out_is_not_asked(
    work, session, where
):
    own = OwnItem("own.chosen.abc", "harvest", "yes_no", Words(nl="Lukte het?", en=""))
    other = Wording(Words(nl="Werkte dit voor u?", en=""), Words(nl="", en=""))
    change = Adaptation(frozenset({"post.experience"}), {"post.training_worked": other}, own=(own,))
    asked = adaptations.find(session, where.track, where.activity.id, work.catalogue)
    adaptations.change(session, asked, change, at(ENDED_ON).calendar)
    changed = adaptations.find(session, where.track, where.activity.id, work.catalogue)
    adaptations.ask(session, where.track, changed, work.catalogue, at(ENDED_ON).calendar)
    people = group(session, where, 24)
    for who in people[:14]:
        said = {"own.chosen.abc": ("yes",), "post.training_worked": ("good",)}
        answer(session, where, who, "harvest", said)
    session.commit()

    figures.run(work, now=at(HARVEST_ON))

    counted = harvests.questions(session, where.track.id, 0, work.catalogue)
    assert told(session) == {("own.chosen.abc", "yes"): "half", ("post.training_worked", "high"): "half"}
    assert "post.experience" not in {item.id for item in counted.items}


def test_what_got_in_the_way_after_a_meeting_is_no_part_of_the_figures_of_the_training(
    work, session, meetings
):
    group(session, meetings, 6, "session", mid__holding_back="time")
    session.commit()

    figures.run(work, now=at(NEXT_MONDAY))

    assert {cell for _, cell in plans(session)} == {"all"}


def test_a_look_back_on_another_meeting_is_not_told_of(work, session, meetings):
    mid = instruments.version_of(session, work.catalogue.latest("mid"))
    activities.add(session, meetings.track, mid.id, at(BETWEEN).calendar, 2)
    group(session, meetings, 6, "session", mid__experience="good")
    session.commit()

    figures.run(work, now=at(date(2026, 12, 10)))

    assert {row.meeting for row in session.scalars(select(ToldAnswer))} == set()
