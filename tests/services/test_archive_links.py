"""A link to one's own words, where two change it at the same moment."""

import pytest
from sqlalchemy import select

from lti_tool.models.archives import ArchiveLink, LinkStatus
from lti_tool.models.people import Mailbox
from lti_tool.services import archive_links, mailboxes
from tests import factories
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON)
pytestmark = pytest.mark.database("postgresql")


@pytest.fixture
def who(work, session):
    """Somebody with an address of their own, who asked for a link."""
    who = factories.learner(session, factories.place(work, session))
    mailbox = mailboxes.find_or_make(session, "sanne@thuis.example", work.keyring.named, NOW.real)
    who.person.own_mailbox_id = who.person.mailbox_id = mailbox.id
    assert archive_links.ask(session, who.person, NOW)
    session.commit()
    return who


def letter_of(session):
    return archive_links.of_letter(session, session.scalars(select(ArchiveLink.delivery_id)).one())


def test_a_link_that_is_ended_while_its_letter_is_written_is_not_made(work, session, who):
    asked = letter_of(session)
    with work.sessions.begin() as other:
        archive_links.end(other, who.person)

    made = archive_links.make(session, asked.link, NOW.real)

    assert made is None
    assert asked.link.status is LinkStatus.ENDED


def test_an_address_that_is_refused_meanwhile_gets_no_link(work, session, who):
    asked = letter_of(session)
    with work.sessions.begin() as other:
        mailboxes.refuse(other, other.get_one(Mailbox, who.person.own_mailbox_id))

    assert archive_links.make(session, asked.link, NOW.real) is None
