"""When the parts of an activity open, and which comes next."""

from datetime import date

import pytest

from lti_tool.domain import openings
from lti_tool.domain.openings import Standing

T0, MEETING = date(2027, 1, 14), date(2027, 1, 7)


def post(plan=False, harvest=False, begun=None):
    done = {"post.plan": plan, "post.harvest": harvest, "post.yield": False}
    return [
        Standing(name, openings.opens_on(name, T0, None, None), begun == name, is_submitted)
        for name, is_submitted in done.items()
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("pre.short", None),
        ("pre.deeper", None),
        ("mid.session", MEETING),
        ("mid.team", None),
        ("post.plan", None),
        ("post.harvest", date(2027, 1, 22)),
        ("post.yield", date(2027, 2, 13)),
    ],
)
def test_looking_back_opens_when_there_is_something_to_look_back_on(name, day):
    assert openings.opens_on(name, T0, MEETING, None) == day


def test_whoever_used_the_plan_may_look_back_at_once():
    assert openings.opens_on("post.harvest", T0, None, date(2027, 1, 18)) == date(2027, 1, 18)


@pytest.mark.parametrize(
    ("standings", "today", "name"),
    [
        (post(), T0, "post.plan"),
        (post(plan=True), T0, None),
        (post(plan=True), date(2027, 1, 22), "post.harvest"),
        (post(plan=True, harvest=True), date(2027, 1, 22), None),
        (post(plan=True, harvest=True), date(2027, 2, 13), "post.yield"),
        (post(plan=True, harvest=True, begun="post.plan"), date(2027, 2, 13), "post.plan"),
    ],
)
def test_the_next_part_was_begun_or_is_the_first_that_is_open(standings, today, name):
    found = openings.next_part(standings, today)

    assert (found.name if found else None) == name


def test_what_is_only_offered_never_comes_next_unless_it_was_begun():
    short = Standing("pre.short", None, is_begun=False, is_submitted=True)
    deeper = Standing("pre.deeper", None, is_begun=False, is_submitted=False)
    begun = Standing("pre.deeper", None, is_begun=True, is_submitted=False)

    assert openings.next_part([short, deeper], T0) is None
    assert openings.next_part([short, begun], T0) == begun
