"""Team cards in channels of Teams and Slack, for which a real server on this machine stands: when they go."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.channels import Channel, read
from lti_tool.domain.clock import Now
from lti_tool.domain.digests import CARDS, CHECKS, OF_A_GROUP, over_after
from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxWeek
from lti_tool.rounds import deliver, posts, retention
from lti_tool.services import contacts, mailboxes
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import MONDAY, NEXT_MONDAY
from tests.lti.platform_server import Reply
from tests.rounds.channels import ASKED, SLACK, TEAMS, added, posted, rows, serving

SUNDAY_NIGHT = at(date(2026, 12, 6), 23, 15)


@pytest.fixture
def server():
    with serving() as made:
        yield made


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.mark.database
def test_a_first_post_goes_at_once_also_in_the_night_and_says_what_comes(work, session, server, where):
    added(session, where, server.url + SLACK, now=SUNDAY_NIGHT)

    posts.run(work, now=SUNDAY_NIGHT)

    (post,) = posted(server)
    assert "Hier komt voortaan de teamkaart" in post
    assert [(row.status, row.step) for row in rows(session)[:1]] == [(DeliveryStatus.SENT, "hello")]


@pytest.mark.database
@pytest.mark.parametrize(("path", "query"), [(SLACK, ""), (TEAMS, ASKED)])
def test_a_channel_gets_the_cards_of_the_group_on_their_days(work, session, server, where, path, query):
    added(session, where, server.url + path + query)

    for day in range(20):
        posts.run(work, now=at(MONDAY + timedelta(days=day)))

    assert [post.splitlines()[0] for post in map(str.strip, posted(server, path))] == [
        "Hier komt voortaan de teamkaart",
        "De twee weken na de training beginnen",
        "Een vraag voor uw team deze week",
        "Een vraag nu de twee weken voorbij zijn",
    ]
    assert {one.target for one in server.seen} == {path + query}


def test_a_channel_gets_one_card_a_week_over_all_groups(work, session, server):
    for name in ("first", "second"):
        added(session, factories.place(work, session, organisation=name), server.url + SLACK)

    for day in range(5):
        posts.run(work, now=at(MONDAY + timedelta(days=day)))

    assert len([post for post in posted(server) if "beginnen" in post]) == 1
    assert [row.slot for row in session.scalars(select(MailboxWeek))] == [4]
    assert {row.reason for row in rows(session, "opened")} == {None, "budget"}


def test_an_address_gets_three_first_posts_a_day_and_the_next_one_tomorrow(work, session, server):
    for name in ("first", "second", "third", "fourth"):
        added(session, factories.place(work, session, organisation=name), server.url + SLACK)

    posts.run(work, now=at(ENDED_ON, 11))
    today = len(posted(server))
    posts.run(work, now=at(ENDED_ON + timedelta(days=1), 8))

    assert (today, len(posted(server))) == (3, 4)


def test_a_channel_that_was_taken_back_gets_nothing_and_its_address_is_gone(work, session, server, where):
    contact = added(session, where, server.url + SLACK)
    contacts.remove(session, contact, work.keyring.named, at(ENDED_ON, 11).calendar)
    session.commit()

    for day in (MONDAY, NEXT_MONDAY):
        posts.run(work, now=at(day))

    mailbox = session.get_one(Mailbox, contact.mailbox_id, populate_existing=True)
    assert server.seen == []
    assert contact.status is ContactStatus.REMOVED
    assert contacts.name_of(contact, work.keyring.named) == ""
    assert mailbox.address is None


def test_the_address_stays_while_another_group_posts_there(work, session, server):
    places = [factories.place(work, session, organisation=name) for name in ("first", "second")]
    here, there = [added(session, place, server.url + SLACK) for place in places]

    contacts.remove(session, here, work.keyring.named, at(ENDED_ON, 11).calendar)

    mailbox = session.get_one(Mailbox, there.mailbox_id)
    assert mailboxes.address_of(mailbox, work.keyring.named) == server.url + SLACK


def test_a_channel_that_was_taken_back_can_come_again_and_no_card_goes_twice(work, session, server, where):
    contact = added(session, where, server.url + SLACK)
    posts.run(work, now=at(MONDAY))
    contacts.remove(session, contact, work.keyring.named, at(MONDAY, 10).calendar)
    again = added(session, where, server.url + SLACK, now=at(MONDAY, 11))

    for day in range(3):
        posts.run(work, now=at(MONDAY + timedelta(days=day), 12))

    titles = [post.strip().splitlines()[0] for post in posted(server)]
    assert again.id == contact.id
    assert titles == [
        "Hier komt voortaan de teamkaart",
        "De twee weken na de training beginnen",
        "Hier komt voortaan de teamkaart",
    ]


def test_a_post_is_no_mail_and_a_mail_is_no_post(work, session, server, where, mailbox):
    following.confirmed(session, where)
    added(session, where, server.url + SLACK)

    deliver.run(work, now=at(MONDAY))
    mailed = len(mailbox.mails), len(server.seen)
    posts.run(work, now=at(MONDAY))

    assert mailed == (1, 0)
    assert (len(mailbox.mails), len(server.seen)) == (1, 2)


def test_the_cards_of_a_channel_end_with_the_last_value_check(work, session, server, where):
    added(session, where, server.url + SLACK)

    for row in rows(session):
        posts.run(work, now=Now(real=row.due_at, calendar=row.due_at))

    checks = [post for post in posted(server) if "Tijd voor de waardecheck" in post]
    assert len(checks) == CHECKS
    assert {row.status for row in rows(session)} == {DeliveryStatus.SENT}
    assert len(posted(server)) == 1 + len(CARDS) + CHECKS


def test_all_that_is_kept_of_a_channel_goes_with_the_training(work, session, server, where):
    added(session, where, server.url + SLACK)
    over = ENDED_ON + over_after(OF_A_GROUP)

    retention.run(work, now=at(over))
    kept = len(session.scalars(select(Contact)).all())
    session.commit()
    retention.run(work, now=at(over + timedelta(days=1)))

    assert kept == 1
    assert session.scalars(select(Contact)).all() == []
    assert rows(session) == []


def test_an_address_is_sealed_and_stands_nowhere_else(work, session, server, where, caplog):
    server.answer(SLACK, Reply(404))
    added(session, where, server.url + SLACK)
    with caplog.at_level(0):
        posts.run(work, now=at(ENDED_ON, 11))

    ours = [record.getMessage() for record in caplog.records]
    kept = [str(vars(row)) for row in (*session.scalars(select(Contact)), *session.scalars(select(Mailbox)))]
    assert "k3Jf02" not in "\n".join(ours + kept)
    assert isinstance(read(server.url + SLACK, local=True), Channel)
