"""Questions about the content, in letters of several people at once."""

from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.models.recalls import Recall, RecallQuestion
from lti_tool.rounds import deliver
from lti_tool.services import recalls, tracks
from lti_tool.services.recalls import Words
from lti_tool.services.tracks import FollowUp
from tests import factories
from tests.factories import at

MONDAY, THURSDAY, CHECK_IN_ON = date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 15)
FIRST, SECOND = Words("zebraeerste", "zebraantwoord"), Words("zebratweede", "zebraantwoord")


def write(work, session, where, **numbered):
    words = {int(number[1:]): each for number, each in numbered.items()}
    recalls.write(session, where.track, words, work.keyring.named)
    session.commit()


@pytest.fixture
def where(work, session):
    """Two people with a plan, in an intensive training with two questions."""
    made = factories.place(work, session)
    tracks.follow(session, made.track, FollowUp("intensive"))
    for name in ("anna", "bram"):
        here = {"context_id": made.course.context_id, "link_id": made.link.link_id}
        factories.plan(session, made, factories.learner(session, made, name, **here), own_on=THURSDAY)
    write(work, session, made, n1=FIRST, n2=SECOND)
    return made


def brought(mailbox):
    """Which questions the letters of a round brought, and to whom."""
    texts = [(str(mail["To"]), mail.get_body(("plain",)).get_content()) for mail in mailbox.mails]
    return sorted((to, word) for to, text in texts for word in ("zebraeerste", "zebratweede") if word in text)


def on(work, mailbox, day):
    mailbox.mails.clear()
    deliver.run(work, now=at(day))
    return brought(mailbox)


@pytest.mark.database
def test_everybody_gets_each_question_once_in_the_order_of_their_letters(work, session, mailbox, where):
    days = [on(work, mailbox, day) for day in (MONDAY, THURSDAY, CHECK_IN_ON)]

    people = ("anna@gemeente.example", "bram@gemeente.example")
    assert days == [
        [(who, "zebraeerste") for who in people], [], [(who, "zebratweede") for who in people],
    ]  # fmt: skip


@pytest.mark.database
def test_a_question_that_was_taken_back_goes_with_what_was_said_and_comes_no_more(
    work, session, mailbox, where
):
    on(work, mailbox, MONDAY)
    on(work, mailbox, THURSDAY)

    write(work, session, where, n2=SECOND)

    left = session.scalars(select(RecallQuestion.number)).all()
    assert (list(left), session.scalars(select(Recall)).all()) == ([2], [])
    session.commit()
    assert [word for _, word in on(work, mailbox, CHECK_IN_ON)] == ["zebratweede"] * 2
