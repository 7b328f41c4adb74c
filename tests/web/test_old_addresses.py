"""A letter that went to an address which is not the person's any more opens nothing."""

import pytest

from lti_tool.models.people import Person
from lti_tool.services import mailboxes
from tests.web.mail import MONDAY, THURSDAY, Mail, link


@pytest.fixture
def letter(campus):
    """A letter whose reader got another address from the LMS afterwards."""
    mail = Mail(campus)
    mail.on(MONDAY)
    sent = mail.on(THURSDAY)
    with campus.work.sessions.begin() as session:
        person = session.get_one(Person, mail.who.person.id)
        other = mailboxes.find_or_make(
            session, "other@gemeente.example", campus.work.keyring.named, person.created_at
        )
        person.mailbox_id = other.id
    return sent


@pytest.mark.parametrize("part", ["answer=used", "choose=stop"])
def test_its_links_lead_to_the_course_and_show_no_words(campus, letter, part):
    answer = campus.http.get(link(letter, part))

    assert answer.status_code == 410
    assert "een inwoner belt" not in answer.text


def test_its_one_click_stop_changes_nothing(campus, letter):
    answer = campus.http.post(
        link(letter, "choose=stop").partition("?")[0], data={"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 410
