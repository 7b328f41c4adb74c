"""Delivering nudges."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.tracks import MailStatus
from lti_tool.rounds import deliver
from lti_tool.services import platforms, preferences
from tests import factories
from tests.factories import at
from tests.load import crowd

MONDAY = date(2026, 12, 7)
TUESDAY = date(2026, 12, 8)
THURSDAY = date(2026, 12, 10)
SATURDAY = date(2026, 12, 12)
LAST_DAY = date(2026, 12, 18)


def rows(session, step):
    session.expire_all()
    found = session.scalars(select(Delivery).where(Delivery.step == step)).all()
    session.commit()  # so that reading here holds nobody up
    return found


def only(session, step):
    (row,) = rows(session, step)
    return row


def plan_for_thursday(work, session):
    where = factories.place(work, session)
    factories.plan(session, where, factories.learner(session, where), own_on=THURSDAY)
    session.commit()


@pytest.mark.database
def test_who_made_no_plan_is_reminded_on_the_first_working_day(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where, "c")
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.addressees == ["c@gemeente.example"]
    assert only(session, "plan").status is DeliveryStatus.SENT


@pytest.mark.database
def test_a_second_round_at_the_same_moment_sends_nothing(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    deliver.run(work, now=at(MONDAY))

    deliver.run(work, now=at(MONDAY, 9, 31))

    assert len(mailbox.mails) == 1


@pytest.mark.database
def test_the_cue_of_the_own_date_quotes_the_learners_own_sentence(work, session, mailbox):
    plan_for_thursday(work, session)
    deliver.run(work, now=at(MONDAY))

    deliver.run(work, now=at(THURSDAY))

    cue = mailbox.mails[-1]
    assert cue["Subject"] == "Vandaag: doorvragen"
    assert "een inwoner belt" in cue.get_body(("plain",)).get_content()


def test_who_is_silent_hears_of_the_letter_that_an_answer_brings(work, session, mailbox):
    plan_for_thursday(work, session)

    deliver.run(work, now=at(MONDAY))
    deliver.run(work, now=at(THURSDAY))

    rehearse, own_date = (mail.get_body(("plain",)).get_content() for mail in mailbox.mails)
    assert "Na een antwoord" not in rehearse
    assert "Na een antwoord komt er nog één mail op maandag 4 januari." in own_date


def test_nothing_goes_out_before_its_hour(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 29))

    assert mailbox.mails == []


def test_a_letter_that_is_found_on_a_saturday_waits_for_monday(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()

    deliver.run(work, now=at(SATURDAY))

    waiting = only(session, "plan")
    assert mailbox.mails == []
    assert (waiting.status, waiting.due_on) == (DeliveryStatus.PLANNED, date(2026, 12, 14))


def test_who_stopped_gets_nothing(work, session, mailbox):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    found = preferences.find(session, only(session, "plan").id)
    preferences.stop(session, found, work.catalogue, at(MONDAY, 8).calendar)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.mails == []
    assert who.enrolment.mail_status is MailStatus.STOPPED
    assert {row.status for row in rows(session, "plan")} == {DeliveryStatus.CANCELLED}


def test_two_trainings_of_one_address_share_one_letter_a_day(work, session, mailbox):
    first = factories.place(work, session, organisation="first")
    second = factories.place(work, session, organisation="second")
    for where in (first, second):
        factories.learner(session, where, "same", email="same@gemeente.example")
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.addressees == ["same@gemeente.example"]
    plans = rows(session, "plan")
    assert {row.status for row in plans} == {DeliveryStatus.SENT, DeliveryStatus.PLANNED}
    waiting = next(row for row in plans if row.status is DeliveryStatus.PLANNED)
    assert (waiting.due_on, waiting.reason) == (TUESDAY, "no_room_today")


def test_two_people_with_one_address_get_theirs_on_two_days(work, session, mailbox):
    where = factories.place(work, session)
    for name in ("sanne", "youssef"):
        factories.learner(session, where, name, email="loket@gemeente.example")
    session.commit()

    deliver.run(work, now=at(MONDAY))
    on_monday = len(mailbox.mails)
    deliver.run(work, now=at(TUESDAY))

    assert (on_monday, mailbox.addressees) == (1, ["loket@gemeente.example"] * 2)
    assert {row.status for row in rows(session, "plan")} == {DeliveryStatus.SENT}


def test_a_third_letter_in_one_week_waits_for_the_next(work, session, mailbox):
    for name in ("first", "second", "third"):
        where = factories.place(work, session, organisation=name)
        factories.learner(session, where, "same", email="same@gemeente.example")
    session.commit()

    for day in range(5):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert len(mailbox.mails) == 2


def test_a_mail_server_that_is_down_leaves_the_letter_waiting(work, build, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    unreachable = build(smtp_url="smtp://127.0.0.1:9").extensions["beklijf"]

    deliver.run(unreachable, now=at(MONDAY))
    waiting = only(session, "plan")
    deliver.run(work, now=at(MONDAY, 9, 35))

    assert (waiting.status, waiting.reason) == (DeliveryStatus.PLANNED, "unreachable")
    assert len(mailbox.mails) == 1


def test_a_letter_that_goes_late_stands_on_the_day_on_which_it_went(work, session, mailbox):
    factories.learner(session, factories.place(work, session))
    session.commit()

    deliver.run(work, now=at(MONDAY + timedelta(days=1), 8, 30))

    letter = only(session, "plan")
    assert (len(mailbox.mails), letter.status) == (1, DeliveryStatus.SENT)
    assert letter.due_on == MONDAY + timedelta(days=1)


@pytest.mark.database
def test_an_address_refused_for_good_is_marked_and_the_others_go_out(work, session, mailbox):
    where = factories.place(work, session)
    for name in ("a", "b", "c"):
        factories.learner(session, where, name)
    session.commit()
    mailbox.answers["b@gemeente.example"] = "550 5.1.1 nobody here"

    deliver.run(work, now=at(MONDAY))

    assert sorted(mailbox.addressees) == ["a@gemeente.example", "c@gemeente.example"]
    refused = [row for row in rows(session, "plan") if row.status is DeliveryStatus.FAILED]
    assert [row.reason for row in refused] == ["refused_address"]
    assert session.get(Mailbox, refused[0].mailbox_id).status is MailboxStatus.REFUSED


def test_an_address_refused_for_now_is_tried_again_later(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    mailbox.answers["learner@gemeente.example"] = "451 4.7.1 later"
    deliver.run(work, now=at(MONDAY))
    mailbox.answers.clear()

    deliver.run(
        work,
        now=at(
            MONDAY,
            9,
            30,
        ),
    )
    too_soon = len(mailbox.mails)
    deliver.run(work, now=at(MONDAY, 9, 32))

    assert (too_soon, len(mailbox.mails)) == (0, 1)


@pytest.mark.database
def test_a_letter_whose_worker_died_while_sending_is_unknown_and_never_sent_again(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    row = only(session, "plan")
    row.status, row.message_id = DeliveryStatus.SENDING, "<one@x>"
    row.lease_until = at(MONDAY, 9, 30).real
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 40))

    assert mailbox.mails == []
    assert (only(session, "plan").status, only(session, "plan").reason) == (
        DeliveryStatus.UNKNOWN,
        "worker_died",
    )


@pytest.mark.database
def test_a_claim_whose_worker_died_goes_back_and_is_sent(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    row = only(session, "plan")
    row.status, row.lease_until = DeliveryStatus.CLAIMED, at(MONDAY, 9, 30).real
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 40))

    assert len(mailbox.mails) == 1


def test_who_has_no_address_gets_no_letter_and_the_row_says_so(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where, email=None)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert (only(session, "plan").status, only(session, "plan").reason) == (
        DeliveryStatus.SKIPPED,
        "no_address",
    )


def test_who_did_nothing_hears_on_the_last_day_and_then_never_again(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()

    for day in range(60):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert [mail["Subject"] for mail in mailbox.mails] == [
        "Plan maken na uw training",
        "Terugkijken op de training",
        "Nog één vraag over uw training",
    ]
    assert only(session, "last_call").due_on == LAST_DAY


def test_nothing_goes_out_for_a_platform_that_was_removed(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    platforms.remove(where.platform)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.mails == []
    assert only(session, "plan").reason == "platform_removed"


@pytest.mark.parametrize(("people", "calls"), [(deliver.BATCH - 1, 0), (2 * deliver.BATCH, 1)])
def test_another_worker_is_called_once_when_a_whole_batch_is_due(work, session, mailbox, people, calls):
    called = []
    crowd.gather(work, session, people)

    deliver.run(work, now=crowd.DUE, call_another=lambda: called.append("once"))

    assert len(mailbox.mails) == people
    assert called == ["once"] * calls
