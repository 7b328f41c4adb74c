"""Scores of a link whose launches name no line item, in a strict LMS that really runs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from demo_lms import endpoints
from demo_lms.courses import ResourceLink as Activity
from demo_lms.faults import Endpoint, Fault
from demo_lms.line_items import Description, Owner
from demo_lms.switches import Profile, Switches
from lti_tool.lti.launches import LINE_ITEM_READ_SCOPE, LINE_ITEM_SCOPE
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.rounds import scores
from lti_tool.services import desks, line_items, submissions
from lti_tool.services.line_items import Offer
from tests import factories
from tests.rounds.lms.scoring import LEARNERS, clock, complaints, reported, wait_no_longer

COURSE, LINK = "311", "3119"
MANAGE = frozenset({LINE_ITEM_SCOPE, LINE_ITEM_READ_SCOPE})
A_WHILE = line_items.PAUSE + timedelta(seconds=1)


@pytest.fixture
def where(work, session, lms):
    """A link that was chosen with the tool, in an LMS that made no column for it."""
    registration = lms.platform.registration
    lms.platform.add_link(Activity(LINK, COURSE, "Terugkijken", "", graded=False))
    place = factories.place(work, session, line_item_url=None, context_id=COURSE, link_id=LINK)
    place.platform.issuer, place.platform.client_id = registration.issuer, registration.client_id
    place.platform.token_url = registration.token_url
    offer = Offer(None, endpoints.line_items(registration, COURSE, "1"), MANAGE, place.activity.lms_id)
    line_items.note(place.link, offer)
    session.commit()
    return place


def offer(where):
    scopes = frozenset(where.link.line_item_scopes.split())
    return Offer(None, where.link.line_items_url, scopes, where.link.own_id)


def complete(session, where, sub=LEARNERS[0]):
    """Somebody who submits the first part."""
    session.expire_all()
    who = factories.learner(
        session, where, sub, context_id=COURSE, link_id=LINK, grades=offer(where), product_family=None
    )
    seat = desks.find(session, who.person, who.key, where.link, where.work.catalogue)
    submissions.submit(session, seat, where.work.catalogue, clock().calendar)
    session.commit()
    return who


def columns(lms):
    return [item for item in lms.platform.gradebook.items(COURSE) if item.owner is Owner.TOOL]


def outcomes(session):
    return [(row.status, row.reason) for row in reported(session)]


def a_while_later(session):
    """The pause between two searches is over, and that before the next try."""
    session.expire_all()
    for link in session.scalars(select(ResourceLink).where(ResourceLink.line_item_sought_at.is_not(None))):
        link.line_item_sought_at -= A_WHILE
    wait_no_longer(session)


@pytest.mark.database
def test_one_column_is_made_for_all_scores_of_the_link(work, session, where, lms):
    for sub in LEARNERS:
        complete(session, where, sub)

    sent = scores.run(work, now=clock())

    (column,) = columns(lms)
    assert sent == len(LEARNERS)
    assert column.description == Description(
        "Terugkijken en plan maken", 1, str(where.activity.lms_id), "post", LINK
    )
    assert {lms.platform.gradebook.grade(column, sub).points for sub in LEARNERS} == {1}
    assert complaints(lms) == []


def test_the_column_of_a_copied_course_is_found_and_no_second_one_made(work, session, where, lms):
    copied = Description("Terugkijken", 1, str(where.activity.lms_id), "post", LINK)
    column = lms.platform.gradebook.add(COURSE, copied, Owner.PLATFORM)
    complete(session, where)

    scores.run(work, now=clock())

    assert lms.platform.gradebook.grade(column, LEARNERS[0]).points == 1
    assert columns(lms) == []


def test_like_canvas_a_column_is_made_that_can_be_used_and_nothing_is_handed_in(work, session, where, lms):
    lms.platform.switches = Switches(Profile.CANVAS)
    where.deployment.product_family = "canvas"
    session.commit()
    complete(session, where)

    scores.run(work, now=clock())

    (column,) = columns(lms)
    assert lms.platform.gradebook.grade(column, LEARNERS[0]).points == 1
    assert lms.platform.gradebook.submissions(column, LEARNERS[0]) == 0
    assert complaints(lms) == []


def test_a_link_that_nobody_chose_with_the_tool_gets_no_column(work, session, where, lms):
    where.link.own_id = None
    session.commit()
    complete(session, where)

    scores.run(work, now=clock())

    assert outcomes(session) == [(DeliveryStatus.SKIPPED, "no_line_item")]
    assert columns(lms) == []


@pytest.mark.database
def test_while_another_round_makes_the_column_this_one_waits(work, session, where, lms):
    complete(session, where)
    with work.sessions.begin() as other:
        line_items.take(other, where.link.id, clock().real)

    scores.run(work, now=clock())
    waiting = outcomes(session)
    a_while_later(session)
    scores.run(work, now=clock())

    assert waiting == [(DeliveryStatus.PLANNED, "being_sought")]
    assert [status for status, _ in outcomes(session)] == [DeliveryStatus.SENT]
    assert len(columns(lms)) == 1


def test_a_search_that_fails_is_tried_again_later(work, session, where, lms):
    complete(session, where)
    lms.platform.faults.add(Endpoint.LINE_ITEMS, *[Fault(503)] * 3)

    scores.run(work, now=clock())
    waiting = outcomes(session)
    a_while_later(session)
    scores.run(work, now=clock())

    assert waiting == [(DeliveryStatus.PLANNED, "platform_failed")]
    assert [status for status, _ in outcomes(session)] == [DeliveryStatus.SENT]


def test_a_found_column_that_is_gone_is_looked_for_again(work, session, where, lms):
    complete(session, where, LEARNERS[0])
    scores.run(work, now=clock())
    lms.platform.gradebook.remove(columns(lms)[0])
    complete(session, where, LEARNERS[1])

    scores.run(work, now=clock())
    a_while_later(session)
    scores.run(work, now=clock())

    (column,) = columns(lms)
    assert lms.platform.gradebook.grade(column, LEARNERS[1]).points == 1


def test_launches_that_name_no_line_item_leave_the_found_one(session, where):
    line_items.settle(session, where.link.id, "https://lms.example/lineitems/9")
    where.link.line_item_sought_at = clock().real

    line_items.note(where.link, offer(where))

    assert where.link.line_item_url == "https://lms.example/lineitems/9"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"line_item_url": "https://lms.example/lineitems/1"}, "https://lms.example/lineitems/1"),
        ({"line_items_url": None}, None),
        ({"scopes": frozenset()}, None),
    ],
)
def test_a_launch_that_says_otherwise_counts(session, where, said, expected):
    line_items.settle(session, where.link.id, "https://lms.example/lineitems/9")
    where.link.line_item_sought_at = clock().real

    line_items.note(where.link, replace(offer(where), **said))

    assert (where.link.line_item_url, where.link.line_item_sought_at) == (expected, None)


def test_a_link_that_used_to_have_a_line_item_and_has_none_takes_no_scores(session, where):
    line_items.note(where.link, Offer("https://lms.example/lineitems/1"))

    line_items.note(where.link, Offer())

    assert not line_items.takes_scores(where.link)
