"""Letters that a server took and sent back later."""

import random
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from lti_tool.domain.bounces import Report, Told
from lti_tool.mail import reports
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxDay, MailboxStatus, MailboxWeek, Person
from lti_tool.rounds import bounces, deliver, letters
from lti_tool.services import contacts, mailboxes, nudges
from lti_tool.services.bounces import Outcome
from tests import factories, following
from tests.dsn import report
from tests.factories import at

MONDAY = date(2026, 12, 7)
TUESDAY = date(2026, 12, 8)
WEDNESDAY = date(2026, 12, 9)
AFTER_THE_WINDOW = date(2026, 12, 21)
SOON = at(MONDAY, 9, 31)


def sent(work, session, email="learner@gemeente.example"):
    """The row of a letter that went out on Monday."""
    where = factories.place(work, session)
    factories.learner(session, where, email=email)
    session.commit()
    deliver.run(work, now=at(MONDAY))
    return row(session)


def row(session):
    session.expire_all()
    (found,) = session.scalars(select(Delivery).where(Delivery.step == "plan")).all()
    session.commit()  # so that reading here holds nobody up
    return found


def status_of(session, letter):
    session.expire_all()
    found = session.get_one(Mailbox, letter.mailbox_id).status
    session.commit()
    return found


def come_back(work, letter, name="postfix-unknown-user", now=SOON):
    """Takes a report about a letter; what it did."""
    found = reports.parse(report(name, letter.message_id))
    return bounces.record(work, found, now=now)


@pytest.mark.database
@pytest.mark.parametrize("name", ["postfix-unknown-user", "exchange-unknown-user", "gmail-unknown-user"])
def test_a_letter_that_came_back_for_good_closes_its_mailbox(work, session, mailbox, name):
    letter = sent(work, session)

    assert come_back(work, letter, name) is Outcome.REFUSED

    letter = row(session)
    assert (letter.status, letter.reason) == (DeliveryStatus.FAILED, "bounced")
    assert letter.bounced_at == SOON.real
    assert status_of(session, letter) is MailboxStatus.REFUSED
    assert session.scalars(select(MailboxDay)).all() == session.scalars(select(MailboxWeek)).all() == []


def test_after_that_nothing_more_goes_there(work, session, mailbox):
    come_back(work, sent(work, session))

    for day in range(1, 12):
        deliver.run(work, now=at(MONDAY + timedelta(day)))

    assert len(mailbox.mails) == 1


@pytest.mark.database
def test_the_same_report_twice_does_what_it_does_once(work, session, mailbox):
    letter = sent(work, session)
    come_back(work, letter)

    assert come_back(work, letter, now=at(TUESDAY)) is Outcome.UNMATCHED
    assert row(session).bounced_at == SOON.real


@pytest.mark.database
def test_a_letter_that_came_back_for_now_goes_once_more_inside_its_window(work, session, mailbox):
    letter = sent(work, session)

    assert come_back(work, letter, "postfix-expired", at(TUESDAY, 9, 30)) is Outcome.PLANNED_AGAIN
    waiting = row(session)
    told = (waiting.status, waiting.reason, waiting.due_on, waiting.message_id)
    deliver.run(work, now=at(TUESDAY, 9, 45))
    too_soon = len(mailbox.mails)
    deliver.run(work, now=at(TUESDAY, 10, 31))

    assert told == (DeliveryStatus.PLANNED, "bounced_for_now", TUESDAY, None)
    assert (too_soon, len(mailbox.mails)) == (1, 2)
    assert row(session).status is DeliveryStatus.SENT
    assert mailbox.mails[0]["Message-ID"] != mailbox.mails[1]["Message-ID"]


@pytest.mark.database
def test_the_second_time_it_does_not_go_again(work, session, mailbox):
    come_back(work, sent(work, session), "postfix-expired", at(TUESDAY))
    deliver.run(work, now=at(TUESDAY, 10, 31))

    assert come_back(work, row(session), "postfix-expired", at(WEDNESDAY)) is Outcome.NOT_DELIVERED

    letter = row(session)
    assert (letter.status, letter.reason) == (DeliveryStatus.FAILED, "bounced_for_now")
    assert status_of(session, letter) is MailboxStatus.OPEN


def test_after_its_window_it_does_not_go_again(work, session, mailbox):
    letter = sent(work, session)

    outcome = come_back(work, letter, "postfix-expired", at(AFTER_THE_WINDOW))

    assert outcome is Outcome.NOT_DELIVERED
    assert row(session).status is DeliveryStatus.FAILED


def test_it_does_not_go_again_in_the_night_or_on_a_free_day(work, session, mailbox):
    saturday = date(2026, 12, 12)
    come_back(work, sent(work, session), "postfix-expired", at(saturday, 3, 0))

    deliver.run(work, now=at(saturday, 10, 0))

    assert len(mailbox.mails) == 1


def test_a_new_plan_leaves_what_waits_to_go_again_where_it_is(work, session, mailbox):
    letter = sent(work, session)
    come_back(work, letter, "postfix-expired", at(TUESDAY))
    nudges.replan(session, [letter.enrolment_id], work.catalogue, at(TUESDAY, 9, 40).calendar)
    session.commit()

    deliver.run(work, now=at(TUESDAY, 10, 31))

    assert len(mailbox.mails) == 2


@pytest.mark.database
def test_a_refusal_by_policy_says_nothing_about_the_mailbox(work, session, mailbox):
    letter = sent(work, session)

    assert come_back(work, letter, "exchange-policy") is Outcome.NOT_DELIVERED

    letter = row(session)
    assert (letter.status, letter.reason) == (DeliveryStatus.FAILED, "bounced_not_the_address")
    assert status_of(session, letter) is MailboxStatus.OPEN


def test_a_warning_that_it_is_late_changes_nothing(work, session, mailbox):
    letter = sent(work, session)

    assert come_back(work, letter, "postfix-delayed") is Outcome.NOTHING
    assert row(session).status is DeliveryStatus.SENT


def test_a_report_about_another_letter_to_the_same_address_changes_nothing(work, session, mailbox):
    letter = sent(work, session)
    forged = reports.parse(report("postfix-unknown-user", "<made-up@localhost>"))

    assert bounces.record(work, forged, now=at(MONDAY)) is Outcome.UNMATCHED
    assert row(session).status is DeliveryStatus.SENT
    assert status_of(session, letter) is MailboxStatus.OPEN


@pytest.mark.database
@pytest.mark.parametrize("status", [DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN])
def test_a_report_that_is_faster_than_our_own_record_counts(work, session, mailbox, status):
    letter = sent(work, session)
    letter = session.get_one(Delivery, letter.id)
    letter.status, letter.finished_at = status, None
    session.commit()

    assert come_back(work, letter) is Outcome.REFUSED
    assert row(session).status is DeliveryStatus.FAILED


def test_what_was_never_a_letter_cannot_come_back(work, session, mailbox):
    letter = session.get_one(Delivery, sent(work, session).id)
    letter.kind = Kind.SCORE
    session.commit()

    assert come_back(work, letter) is Outcome.UNMATCHED


def test_who_stopped_all_mails_stays_stopped(work, session, mailbox):
    letter = sent(work, session)
    session.get_one(Mailbox, letter.mailbox_id).status = MailboxStatus.STOPPED
    session.commit()

    come_back(work, letter)

    assert status_of(session, letter) is MailboxStatus.STOPPED


def test_of_several_recipients_what_is_said_about_the_own_address_counts(work, session, mailbox):
    letter = sent(work, session, "learner@gemeente.example")
    told = (
        Told("failed", "5.1.1", addresses=("Learner@Gemeente.example",)),
        Told("delivered", "2.0.0", addresses=("archive@gemeente.example",)),
    )

    outcome = bounces.record(work, Report(letter.message_id, told), now=at(MONDAY))

    assert outcome is Outcome.REFUSED


def invited(work, session):
    """A group whose contact was asked on Monday, and the row of that letter."""
    where = factories.place(work, session)
    following.named(session, where, now=at(MONDAY))
    session.commit()
    deliver.run(work, now=at(MONDAY))
    return where, session.scalars(select(Delivery).where(Delivery.kind == Kind.SERVICE)).one()


def test_whoever_named_a_contact_reads_that_the_invitation_came_back(work, session, mailbox):
    where, letter = invited(work, session)
    session.commit()

    come_back(work, letter)

    session.expire_all()
    (shown,) = contacts.listing(session, following.of_group(where), work.keyring.named)
    assert not shown.is_reached


def test_an_invitation_that_came_back_for_now_goes_once_more(work, session, mailbox):
    _, letter = invited(work, session)
    session.commit()

    come_back(work, letter, "postfix-expired")
    deliver.run(work, now=at(MONDAY, 10, 32))

    assert [mail["To"] for mail in mailbox.mails] == [following.INGRID] * 2


@pytest.mark.database
def test_whose_address_changed_meanwhile_keeps_getting_mail(work, session, mailbox):
    letter = sent(work, session)
    named = work.keyring.named
    person = session.scalars(select(Person).where(Person.mailbox_id == letter.mailbox_id)).one()
    new = mailboxes.find_or_make(session, "elsewhere@gemeente.example", named, at(MONDAY).real)
    person.mailbox_id = new.id
    session.commit()

    come_back(work, letter)

    session.refresh(person)
    assert status_of(session, letter) is MailboxStatus.REFUSED
    assert mailboxes.reach(session, person) is mailboxes.Reach.OPEN


def test_the_log_tells_what_happened_and_about_nobody(work, session, mailbox, caplog):
    letter = sent(work, session)

    come_back(work, letter)

    lines = [record.getMessage() for record in caplog.records if record.name == "beklijf.bounces"]
    assert lines == ["bounce outcome=refused"]


def test_a_report_about_a_letter_that_nobody_knows_leaves_a_count_in_the_log(work, session, mailbox, caplog):
    found = reports.parse(report("postfix-unknown-user", f"<{uuid4()}@localhost>"))

    bounces.record(work, found, now=at(MONDAY))

    assert "bounce outcome=unmatched" in caplog.text


def test_nobody_can_foretell_the_message_id_of_a_letter(work):
    made = set()
    with time_machine.travel(at(MONDAY).real, tick=False):
        for _ in range(2):
            random.seed(7)
            made.add(letters.message_id(work))

    assert len(made) == 2
