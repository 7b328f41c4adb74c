"""Who leaves a course by a roster that was read, and who comes back."""

import pytest
from sqlalchemy import select

from lti_tool.domain.rosters import Extent
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from tests import factories
from tests.factories import ENDED_ON, at
from tests.services.rosters import ACTIVE, LEFT, apply, listed, person, status


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.mark.database
def test_who_is_missing_or_not_active_has_left_and_gets_nothing_more(session, where):
    for sub in "abc":
        factories.learner(session, where, sub)
    apply(session, where, listed("a"), listed("b", is_active=False))

    assert [status(session, sub) for sub in "abc"] == [ACTIVE, LEFT, LEFT]
    rows = select(Person.sub).join(Enrolment).join(Delivery, Delivery.enrolment_id == Enrolment.id)
    planned = set(session.scalars(rows.where(Delivery.status == DeliveryStatus.PLANNED)))
    assert planned == {"a"}


def test_a_roster_that_is_not_complete_makes_nobody_leave(session, where):
    for sub in "ab":
        factories.learner(session, where, sub)
    apply(session, where, listed("a", is_active=False), extent=Extent.PART)

    assert [status(session, sub) for sub in "ab"] == [ACTIVE, ACTIVE]


@pytest.mark.database
def test_of_what_changed_only_who_is_said_to_have_left_leaves(session, where):
    for sub in "abc":
        factories.learner(session, where, sub)

    apply(session, where, listed("a", is_active=False), listed("d"), extent=Extent.CHANGES)

    assert [status(session, sub) for sub in "abcd"] == [LEFT, ACTIVE, ACTIVE, ACTIVE]


def test_who_launched_after_the_changes_were_asked_for_has_not_left(session, where):
    factories.learner(session, where, "a", now=at(ENDED_ON, 19))

    apply(session, where, listed("a", is_active=False), extent=Extent.CHANGES)

    assert status(session, "a") is ACTIVE


def test_a_stranger_who_left_again_becomes_nobody(session, where):
    apply(session, where, listed("a", is_active=False), extent=Extent.CHANGES)

    assert person(session, "a") is None


def test_who_reappears_takes_part_again_with_the_same_enrolment(session, where):
    who = factories.learner(session, where, "a")
    apply(session, where, listed("b"))
    apply(session, where, listed("a"), listed("b"), now=at(ENDED_ON, 19))

    assert (who.enrolment.status, len(session.scalars(select(Enrolment)).all())) == (ACTIVE, 2)


def test_who_launched_after_the_reading_began_is_not_missing(session, where):
    factories.learner(session, where, "late", now=at(ENDED_ON, 19))
    apply(session, where, listed("a"))

    assert status(session, "late") is ACTIVE


def test_a_pretended_student_stays_one_and_is_missed_by_nobody(session, where):
    factories.learner(session, where, "test", is_test=True)
    apply(session, where, listed("a"))
    apply(session, where, listed("a"), listed("test"), now=at(ENDED_ON, 19))

    assert (status(session, "test"), person(session, "test").is_test) == (ACTIVE, True)
