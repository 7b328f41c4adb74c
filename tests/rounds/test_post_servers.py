"""Servers of channels that are silent, full, away or not to be called."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.lti.outgoing import Outgoing
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus, MailboxWeek
from lti_tool.rounds import posts
from lti_tool.services import channels
from tests import factories
from tests.factories import ENDED_ON, at
from tests.following import MONDAY, NEXT_MONDAY
from tests.lti.platform_server import Reply
from tests.processes import free_port
from tests.rounds.channels import SLACK, added, rows, serving


@pytest.fixture
def server():
    with serving() as made:
        yield made


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.mark.database
def test_a_server_that_is_silent_after_the_post_leaves_it_unknown_and_it_never_goes_again(
    work, session, server, where
):
    server.answer(SLACK, Reply(200, b"ok", delay=2))
    added(session, where, server.url + SLACK)
    hasty = replace(work, outgoing=Outgoing(local=True, seconds=0.5))

    for hour in (11, 12, 13):
        posts.run(hasty, now=at(ENDED_ON, hour))

    assert len(server.seen) == 1
    assert [(row.status, row.reason) for row in rows(session, "hello")] == [
        (DeliveryStatus.UNKNOWN, "no_answer")
    ]
    assert channels.listing(session, where.cohort, work.keyring.named)[0].is_unknown


def test_a_server_that_has_no_room_gets_the_post_again_later(work, session, server, where):
    server.answer(SLACK, Reply(429), Reply(503), Reply(200, b"ok"))
    added(session, where, server.url + SLACK)

    for minute in (0, 2, 10, 30):
        posts.run(work, now=at(ENDED_ON, 11, minute))

    assert len(server.seen) == 3
    assert [(row.status, row.attempts) for row in rows(session, "hello")] == [(DeliveryStatus.SENT, 3)]


def test_a_server_that_cannot_be_reached_is_tried_again_until_the_card_makes_no_sense_any_more(
    work, session, server, where
):
    nowhere = f"http://127.0.0.1:{free_port()}{SLACK}"
    added(session, where, nowhere)

    for day in range(30):
        posts.run(work, now=at(MONDAY + timedelta(days=day)))

    assert {(row.step, row.status, row.reason) for row in rows(session)[:2]} == {
        ("hello", DeliveryStatus.SKIPPED, "window_closed"),
        ("opened", DeliveryStatus.SKIPPED, "window_closed"),
    }
    assert session.scalars(select(MailboxWeek)).all() == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_address_where_nobody_is_any_more_gets_no_further_post(work, session, server, where, status):
    server.answer(SLACK, Reply(status, b"no_service"))
    contact = added(session, where, server.url + SLACK)

    for day in (MONDAY, NEXT_MONDAY):
        posts.run(work, now=at(day))

    assert len(server.seen) == 1
    assert session.get_one(Mailbox, contact.mailbox_id).status is MailboxStatus.REFUSED
    assert not channels.listing(session, where.cohort, work.keyring.named)[0].is_reached


def test_no_redirect_is_followed(work, session, server, where):
    server.answer(SLACK, Reply(302, headers={"Location": f"{server.url}/elsewhere"}))
    added(session, where, server.url + SLACK)

    posts.run(work, now=at(ENDED_ON, 11))

    assert [one.target for one in server.seen] == [SLACK]
    assert [row.status for row in rows(session, "hello")] == [DeliveryStatus.FAILED]


def test_outside_local_mode_nothing_of_this_machine_is_asked(work, session, server, where):
    added(session, where, server.url + SLACK)
    strict = replace(
        work,
        settings=work.settings.model_copy(update={"local": False}),
        outgoing=Outgoing(local=False),
    )

    posts.run(strict, now=at(ENDED_ON, 11))

    assert server.seen == []
    assert [(row.status, row.reason) for row in rows(session, "hello")] == [
        (DeliveryStatus.SKIPPED, "address_gone")
    ]
