"""What a post in a channel says, and what it never holds."""

import json
from datetime import timedelta

import pytest

from lti_tool.rounds import posts
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import AFTER_IT, MONDAY, NEXT_MONDAY
from tests.rounds.channels import ASKED, SLACK, TEAMS, added, posted, serving, texts


@pytest.fixture
def server():
    with serving() as made:
        yield made


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


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
        assert not set("<>[]@") & set(texts(json.loads(one.body)))
        assert "://" not in texts(json.loads(one.body))
