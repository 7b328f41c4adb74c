"""`platform remove`: what happens is said first, and asked."""

import re

import pytest
from sqlalchemy import select

from lti_tool.models.platforms import Platform, PlatformStatus
from tests import factories


@pytest.fixture
def registration(work, session):
    """A registration with a training, in which one person of two made a plan; its id."""
    where = factories.place(work, session)
    factories.plan(session, where, factories.learner(session, where))
    session.commit()
    return str(where.platform.id)


def status(session):
    session.expire_all()
    found = session.scalars(select(Platform.status)).one()
    session.commit()
    return found


def test_numbers_are_told_before_anything_happens(command, session, registration):
    result = command("platform", "remove", registration, typed="n\n")

    assert result.exit_code == 1
    assert "  1 deployment\n  1 course\n  2 people\n" in result.output
    letters, scores = map(int, re.findall(r"(\d+) (?:mail|score)s? that would still", result.output))
    assert (letters > 3, scores) == (True, 0)
    assert status(session) is PlatformStatus.ACTIVE


def test_what_stops_what_stays_and_what_comes_back_is_told(command, registration):
    told = command("platform", "remove", registration, typed="n\n").output

    assert "Stops: launches and open visits at once" in told
    assert "Stays: what these people wrote, sealed" in told
    assert "Comes back: everything" in told


def test_who_says_yes_removes_it(command, session, registration):
    result = command("platform", "remove", registration, typed="y\n")

    assert result.exit_code == 0
    assert status(session) is PlatformStatus.REMOVED


def test_a_script_is_not_asked(command, session, registration):
    result = command("platform", "remove", registration, "--yes")

    assert "Remove it?" not in result.output
    assert status(session) is PlatformStatus.REMOVED
