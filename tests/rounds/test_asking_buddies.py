"""Whom a learner may ask as a buddy: how many at a time, and nobody twice."""

from dataclasses import replace

import pytest

from lti_tool.models.contacts import Contact, ContactKind
from lti_tool.services import contacts, enrolments, tracks
from lti_tool.services.contacts import Circle
from lti_tool.services.tracks import Dates
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import NEXT_MONDAY
from tests.rounds.buddies import asked, willing


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def test_three_wait_for_an_answer_at_a_time_and_an_address_is_asked_once(session, where, who):
    addresses = [f"n{number}@gemeente.example" for number in range(4)]
    first = [asked(session, where, who, address=address) for address in addresses[:3]]

    fourth = asked(session, where, who, address=addresses[3])
    again = asked(session, where, who, address=addresses[0])
    contacts.answer(session, first[0], says_yes=True, now=at(ENDED_ON, 18).calendar)
    after_a_yes = asked(session, where, who, address=addresses[3])
    contacts.answer(session, first[1], says_yes=False, now=at(ENDED_ON, 18).calendar)
    once_more = asked(session, where, who, address=addresses[1])

    assert (fourth, again) == (contacts.Refusal.TOO_MANY, contacts.Refusal.TOO_MANY)
    assert isinstance(after_a_yes, Contact)
    assert once_more is contacts.Refusal.ASKED_BEFORE


@pytest.fixture
def elsewhere(session, where, who):
    """The same learner in another training."""
    day = Dates(NEXT_MONDAY, NEXT_MONDAY)
    track = tracks.begin(session, where.course, day, "Europe/Amsterdam", at(ENDED_ON).calendar)
    (cohort,) = tracks.cohorts(session, track)
    (enrolment,) = enrolments.enrol(session, [who.person], cohort, at(ENDED_ON).calendar)
    return replace(who, enrolment=enrolment)


@pytest.mark.parametrize("kind", [ContactKind.BUDDY, ContactKind.LEADER])
@pytest.mark.parametrize("says_yes", [None, False])
def test_who_did_not_say_yes_is_not_asked_by_the_same_learner_in_another_training_either(
    session, where, who, elsewhere, kind, says_yes
):
    buddy = asked(session, where, who)
    if says_yes is False:
        contacts.answer(session, buddy, says_yes=False, now=at(ENDED_ON, 18).calendar)

    again = following.named(session, where, elsewhere, kind=kind)

    assert again is contacts.Refusal.ASKED_BEFORE


def test_a_buddy_who_said_yes_may_be_asked_for_another_training(session, where, who, elsewhere):
    willing(session, where, who)

    assert isinstance(asked(session, where, elsewhere), Contact)


def test_three_wait_for_an_answer_over_all_trainings_of_a_learner(session, where, who, elsewhere):
    for number, learner in enumerate((who, elsewhere, elsewhere)):
        asked(session, where, learner, address=f"n{number}@gemeente.example")

    fourth = asked(session, where, who, address="n4@gemeente.example")
    other = factories.learner(session, where, "other")

    assert fourth is contacts.Refusal.TOO_MANY
    assert isinstance(asked(session, where, other, address="n4@gemeente.example"), Contact)


def test_a_manager_and_buddies_do_not_take_each_others_place(work, session, where, who):
    following.confirmed(session, where, who, address="leider@gemeente.example")

    buddy = asked(session, where, who)

    assert isinstance(buddy, Contact)
    shown = {
        kind: [one.id for one in contacts.listing(session, Circle(kind, who.enrolment), work.keyring.named)]
        for kind in (ContactKind.LEADER, ContactKind.BUDDY)
    }
    assert shown[ContactKind.BUDDY] == [buddy.id]
    assert len(shown[ContactKind.LEADER]) == 1
