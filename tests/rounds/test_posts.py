"""Team cards in channels of Teams and Slack, for which a real server on this machine stands."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.channels import Channel, read
from lti_tool.domain.clock import Now
from lti_tool.domain.digests import CARDS, CHECKS, OF_A_GROUP, over_after
from lti_tool.lti.outgoing import Outgoing
from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, MailboxWeek, Person
from lti_tool.rounds import deliver, posts, retention
from lti_tool.services import channels, contacts, mailboxes
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import AFTER_IT, MONDAY, NEXT_MONDAY
from tests.lti import platform_server
from tests.lti.platform_server import Reply
from tests.processes import free_port

SLACK = "/services/T024BE7LD/B19HNT2QL/k3Jf02mQx91LaPzB7wRt5uYc"
TEAMS = "/workflows/4f3a1c0e9d/triggers/manual/paths/invoke"
ASKED = "?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-_9"
SUNDAY_NIGHT = at(date(2026, 12, 6), 23, 15)


@pytest.fixture
def server():
    with platform_server.running() as made:
        made.answer(SLACK, Reply(200, b"ok"))
        made.answer(TEAMS, Reply(202))
        yield made


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def added(session, where, url, *, now=None, locale="nl"):
    """A channel of the group, given by its trainer."""
    by = session.scalars(select(Person).where(Person.organisation_id == where.organisation.id)).first()
    channel = read(url, local=True)
    named, moment = where.work.keyring.named, (now or at(ENDED_ON, 10)).calendar
    made = channels.add(session, where.cohort, by, channel, "#balie", locale, named, moment)
    session.commit()
    return made


def posted(server, path=SLACK):
    """What stands in the channel: of each post all its texts, in order."""
    return [_texts(json.loads(one.body)) for one in server.requests_to(path)]


def _texts(content):
    if isinstance(content, dict):
        own = [content["text"]] if isinstance(content.get("text"), str) else []
        return "\n".join(own + [_texts(each) for each in content.values() if not isinstance(each, str)])
    return "\n".join(_texts(each) for each in content) if isinstance(content, list) else ""


def rows(session, step=None):
    session.expire_all()
    asked = select(Delivery).where(Delivery.kind == Kind.POST).order_by(Delivery.due_at)
    found = [row for row in session.scalars(asked) if step in (None, row.step)]
    session.commit()
    return found


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


def test_a_post_is_in_the_language_of_its_channel(work, session, server, where):
    added(session, where, server.url + SLACK, locale="en")

    posts.run(work, now=at(MONDAY))

    assert "The two weeks after the training begin" in posted(server)[1]
    assert "Up to and including Friday 18 December" in posted(server)[1]


def test_a_post_says_what_gets_in_the_way_in_words_however_large_the_group(work, session, server, where):
    following.group(session, where, 24, "time")
    added(session, where, server.url + SLACK)

    posts.run(work, now=at(NEXT_MONDAY))

    (card,) = [post for post in posted(server) if "Wat in de weg zit" in post]
    assert "De meeste mensen noemen dit." in card
    assert not [sign for sign in card if sign.isdigit()]


@pytest.mark.parametrize(("people", "told"), [(4, "te klein voor getallen"), (6, "De meeste mensen")])
def test_a_post_about_fewer_than_five_people_shows_nothing_of_them(
    work, session, server, where, people, told
):
    following.group(session, where, people, "time")
    added(session, where, server.url + SLACK)

    posts.run(work, now=at(NEXT_MONDAY))

    card = posted(server)[-1]
    assert told in card
    assert ("tijd" in card.partition("Eén ding")[0].lower()) is (people >= 5)


def test_a_post_holds_no_name_no_word_of_anybody_and_no_link(work, session, server, where):
    following.group(session, where, 6, "time")
    following.confirmed(session, where)
    added(session, where, server.url + SLACK)

    for day in (MONDAY, NEXT_MONDAY, AFTER_IT, ENDED_ON + timedelta(days=62)):
        posts.run(work, now=at(day))

    everything = "\n".join(one.body.decode() for one in server.seen)
    assert len(server.seen) == 5
    for kept in ("geheim", "Naam van", "Ingrid", "Postma", "http", "/o/", "/v/", "token", "@"):
        assert kept not in everything


@pytest.mark.parametrize(("locale", "heading"), [("nl", "Waardecheck met"), ("en", "Value check with")])
def test_the_value_check_brings_its_guide_along_as_there_is_no_link_to_it(
    work, session, server, where, locale, heading
):
    following.group(session, where, 24, "time")
    added(session, where, server.url + SLACK, locale=locale)

    for day in (MONDAY, ENDED_ON + timedelta(days=62)):
        posts.run(work, now=at(day))

    *cards, check = posted(server)
    guide = work.catalogue.guide("value_check")
    asks = [ask[locale] for point in guide.points for ask in point.asks]
    begin = check.index(heading)
    assert [check.index(f"- {ask}") > begin for ask in asks] == [True] * 8
    assert not [sign for sign in check if sign.isdigit()]
    assert all(heading not in card for card in cards)


def test_the_title_of_a_training_mentions_nobody_and_links_nowhere(work, session, server, where):
    where.track.title = "<!channel> [klik](https://kwaad.example) <at>Iedereen</at>"
    added(session, where, server.url + SLACK)
    added(session, where, server.url + TEAMS + ASKED)

    posts.run(work, now=at(ENDED_ON, 11))

    for one in server.seen:
        assert not set("<>[]@") & set(_texts(json.loads(one.body)))
        assert "://" not in _texts(json.loads(one.body))


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
