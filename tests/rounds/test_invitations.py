"""Invitations of contacts: when they go, and what ends them."""

from datetime import date, timedelta

import pytest

from lti_tool.domain.paces import Pace
from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import DeliveryStatus, Kind
from lti_tool.models.people import Mailbox
from lti_tool.rounds import deliver
from lti_tool.services import contacts, mailboxes
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import INGRID, MONDAY
from tests.rounds.contacts import SUNDAY_NIGHT, letters, text, to


@pytest.mark.database
def test_an_invitation_goes_at_once_also_in_the_night(work, session, mailbox):
    where = factories.place(work, session)
    following.named(session, where, now=SUNDAY_NIGHT)
    session.commit()

    deliver.run(work, now=SUNDAY_NIGHT)

    (mail,) = to(mailbox)
    assert mail["Subject"] == "Een teamkaart bij een training"
    assert "Ingrid" not in text(mail) + str(mail["Subject"])
    assert [row.status for row in letters(session, Kind.SERVICE)] == [DeliveryStatus.SENT]


def test_an_invitation_to_something_new_at_work_speaks_of_no_training(work, session, mailbox):
    where = factories.place(work, session, pace=Pace.AT_WORK)
    where.track.title = "Doorvragen"
    following.named(session, where, now=at(MONDAY))
    session.commit()

    deliver.run(work, now=at(MONDAY))

    (mail,) = to(mailbox)
    assert "training" not in text(mail) + str(mail["Subject"])


def test_an_invitation_stands_outside_the_budget(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where, "ingrid")
    following.named(session, where, now=at(MONDAY))
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert len(to(mailbox)) == 2


@pytest.mark.database
def test_an_address_gets_three_service_letters_a_day_and_the_next_one_tomorrow(work, session, mailbox):
    for name in ("first", "second", "third", "fourth"):
        following.named(session, factories.place(work, session, organisation=name), now=at(MONDAY, 20))
    session.commit()

    deliver.run(work, now=at(MONDAY, 20))
    today = len(to(mailbox))
    deliver.run(work, now=at(date(2026, 12, 8), 8))

    assert (today, len(to(mailbox))) == (3, 4)


def test_an_invitation_without_an_answer_is_taken_back_after_two_weeks_with_its_name(work, session, mailbox):
    where = factories.place(work, session)
    contact = following.named(session, where)
    session.commit()

    deliver.run(work, now=at(ENDED_ON + timedelta(days=14), 9))
    kept = session.get(Contact, contact.id, populate_existing=True).status
    session.commit()
    deliver.run(work, now=at(ENDED_ON + timedelta(days=15), 9))

    session.expire_all()
    assert kept is ContactStatus.INVITED
    assert contact.status is ContactStatus.LAPSED
    assert contacts.lapsed(session, following.of_group(where)) == 1
    assert contacts.listing(session, following.of_group(where), work.keyring.named) == []
    assert contacts.name_of(contact, work.keyring.named) == ""


def test_who_was_taken_back_before_the_letter_went_gets_none(work, session, mailbox):
    where = factories.place(work, session)
    contacts.remove(session, following.named(session, where), work.keyring.named, at(ENDED_ON, 11).calendar)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert to(mailbox) == []
    assert [row.reason for row in letters(session, Kind.SERVICE)] == ["contact_removed"]


def test_of_who_was_taken_back_the_name_goes_and_the_address_stays_so_that_nobody_asks_twice(work, session):
    where = factories.place(work, session)
    contact = following.named(session, where)
    contacts.remove(session, contact, work.keyring.named, at(ENDED_ON, 11).calendar)

    again = following.named(session, where, now=at(MONDAY))

    kept = session.get_one(Mailbox, contact.mailbox_id)
    assert contacts.name_of(contact, work.keyring.named) == ""
    assert mailboxes.address_of(kept, work.keyring.named) == INGRID
    assert again is contacts.Refusal.ASKED_BEFORE


def test_nothing_comes_without_a_yes(work, session, mailbox):
    where = factories.place(work, session)
    following.named(session, where)
    session.commit()

    for day in range(14):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert [mail["Subject"] for mail in to(mailbox)] == ["Een teamkaart bij een training"]


def test_a_colleague_is_known_by_the_address_of_the_roster_and_never_by_one_of_their_own(work, session):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    colleague = factories.learner(session, where, "ingrid", email="ingrid@lms.example").person
    own = mailboxes.find_or_make(session, "ingrid@thuis.example", work.keyring.named, at(MONDAY).real)
    colleague.mailbox_id = colleague.own_mailbox_id = own.id

    by_their_own = following.named(session, where, who, address="ingrid@thuis.example")
    by_the_roster = following.named(session, where, who, address="ingrid@lms.example")

    assert by_their_own is contacts.Refusal.ELSEWHERE
    assert isinstance(by_the_roster, Contact)
