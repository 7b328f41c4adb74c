"""Team cards and talk cards on their way."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus, MailboxWeek
from lti_tool.rounds import deliver
from lti_tool.services import contacts, moves, platforms, service_letters
from lti_tool.services.tracks import Dates
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import AFTER_IT, INGRID, MONDAY, NEXT_MONDAY
from tests.rounds.contacts import SUNDAY_NIGHT, letters, text, to


@pytest.mark.parametrize(
    ("step", "is_to_contact"),
    [("opened_2", True), ("greeting", True), ("greeting", False), ("example:x", False)],
)
def test_a_letter_of_a_release_that_was_taken_back_is_left_out_for_good(
    work, session, mailbox, step, is_to_contact
):
    where = factories.place(work, session)
    name = following.named if step == "greeting" else following.confirmed
    contact = name(session, where, now=SUNDAY_NIGHT)
    who = factories.learner(session, where, email=None)
    row = service_letters.plan(
        session,
        contact if is_to_contact else who.person,
        step,
        contact.mailbox_id,
        now=SUNDAY_NIGHT.calendar,
        today=date(2026, 12, 6),
        holds=timedelta(days=14),
        activity_id=where.activity.id,
    )
    row.kind = Kind.DIGEST if step == "opened_2" else Kind.SERVICE
    for other in session.scalars(select(Delivery).where(Delivery.id != row.id)):
        session.delete(other)
    session.commit()

    deliver.run(work, now=SUNDAY_NIGHT)

    session.expire_all()
    assert session.get_one(Delivery, row.id).status is DeliveryStatus.SKIPPED
    assert mailbox.mails == []


@pytest.mark.database
def test_a_contact_gets_a_card_when_the_window_opens_halfway_and_when_it_is_closed(work, session, mailbox):
    where = factories.place(work, session)
    following.confirmed(session, where)
    session.commit()

    for day in range(20):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert [(mail["Subject"], mail["List-Unsubscribe-Post"]) for mail in to(mailbox)] == [
        ("De twee weken na de training beginnen", "List-Unsubscribe=One-Click"),
        ("Een vraag voor uw team deze week", "List-Unsubscribe=One-Click"),
        ("Een vraag nu de twee weken voorbij zijn", "List-Unsubscribe=One-Click"),
    ]


def test_a_value_check_comes_after_sixty_days_and_each_quarter_after_that(work, session, mailbox):
    where = factories.place(work, session)
    following.confirmed(session, where)
    session.commit()
    planned = [row.due_at for row in letters(session) if row.step == "value_check"]

    for moment in planned:
        deliver.run(work, now=Now(real=moment, calendar=moment))

    checks = [mail for mail in to(mailbox) if mail["Subject"] == "Tijd voor de waardecheck"]
    days = [(moment.date() - ENDED_ON).days for moment in planned]
    assert len(checks) == len(planned) == 4
    assert 60 <= days[0] <= 63
    assert all(87 <= later - before <= 95 for before, later in pairwise(days))


def test_no_letter_to_a_contact_holds_a_figure_or_a_word_of_anybody_however_large_the_group(
    work, session, mailbox
):
    where = factories.place(work, session)
    following.group(session, where, 24, "time")
    following.confirmed(session, where)
    session.commit()

    for row in letters(session):
        deliver.run(work, now=Now(real=row.due_at, calendar=row.due_at))

    cards = [text(mail) for mail in to(mailbox) if "/o/" in text(mail)]
    assert len(cards) == 7
    for card in cards:
        assert not re.search(r"\b24\b|geheim|Naam van|Ingrid|Te weinig tijd", card)


def test_a_mailbox_gets_one_card_a_week_over_all_groups(work, session, mailbox):
    for name in ("first", "second"):
        following.confirmed(session, factories.place(work, session, organisation=name))
    session.commit()

    for day in range(5):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert len(to(mailbox)) == 1
    assert [row.slot for row in session.scalars(select(MailboxWeek))] == [4]
    assert {row.reason for row in letters(session) if row.step == "opened"} == {None, "budget"}


def test_a_card_gives_way_to_a_letter_of_ones_own_training_on_the_same_day(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where, "ingrid")
    following.confirmed(session, where)
    session.commit()

    deliver.run(work, now=at(MONDAY))
    first = [mail["Subject"] for mail in to(mailbox)]
    deliver.run(work, now=at(date(2026, 12, 8)))

    assert first == ["Plan maken na uw training"]
    assert [mail["Subject"] for mail in to(mailbox)][1:] == ["De twee weken na de training beginnen"]


@pytest.mark.parametrize("status", [MailboxStatus.REFUSED, MailboxStatus.STOPPED])
def test_an_address_that_bounced_or_wants_no_mail_gets_nothing(work, session, mailbox, status):
    where = factories.place(work, session)
    contact = following.confirmed(session, where)
    session.get_one(Mailbox, contact.mailbox_id).status = status
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.mails == []
    assert letters(session)[0].reason == f"address_{status}"


def test_an_address_that_is_refused_for_good_is_marked(work, session, mailbox):
    where = factories.place(work, session)
    contact = following.confirmed(session, where)
    session.commit()
    mailbox.answers[INGRID] = "550 5.1.1 nobody here"

    deliver.run(work, now=at(MONDAY))

    assert [row.status for row in letters(session, Kind.SERVICE)] == [DeliveryStatus.SKIPPED]
    assert letters(session)[0].status is DeliveryStatus.FAILED
    assert session.get_one(Mailbox, contact.mailbox_id).status is MailboxStatus.REFUSED


@pytest.mark.database
def test_a_card_whose_worker_died_while_sending_is_unknown_and_never_sent_again(work, session, mailbox):
    where = factories.place(work, session)
    following.confirmed(session, where)
    row = letters(session)[0]
    row.status, row.message_id = DeliveryStatus.SENDING, "<one@x>"
    row.lease_until = at(MONDAY).real
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 40))

    assert to(mailbox) == []
    assert (letters(session)[0].status, letters(session)[0].reason) == (
        DeliveryStatus.UNKNOWN,
        "worker_died",
    )


def test_other_dates_move_the_cards_along(work, session, mailbox):
    where = factories.place(work, session)
    following.confirmed(session, where)

    later = Dates(NEXT_MONDAY, NEXT_MONDAY)
    moves.move(session, where.cohort, later, work.catalogue, at(ENDED_ON, 12).calendar)
    session.commit()

    days = {(row.step, row.occurrence): row.due_on for row in letters(session)}
    assert (days["opened", 1], days["leader", 1]) == (date(2026, 12, 15), date(2026, 12, 22))


def test_nothing_goes_out_for_a_platform_that_was_removed(work, session, mailbox):
    where = factories.place(work, session)
    following.confirmed(session, where)
    platforms.remove(where.platform)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.mails == []
    assert letters(session)[0].reason == "platform_removed"


def test_the_leader_of_one_person_gets_the_talk_card_whatever_that_person_did(work, session, mailbox):
    early = at(date(2026, 11, 16))
    where = factories.place(work, session, instrument="pre", ends_on=ENDED_ON, now=early)
    who = factories.learner(session, where, now=early)
    following.confirmed(session, where, who, now=early)
    session.commit()

    deliver.run(work, now=at(date(2026, 11, 27)))
    deliver.run(work, now=at(NEXT_MONDAY))

    talk, card = to(mailbox)
    assert talk["Subject"] == "Een gesprek van 10 minuten"
    assert "Iemand uit uw team begint op vrijdag 4 december" in text(talk)
    assert card["Subject"] == "Een vraag voor uw team deze week"
    assert "Naam van" not in text(talk) + text(card)


def test_a_leader_reads_the_name_that_the_learner_lets_be_told(work, session, mailbox):
    early = at(date(2026, 11, 16))
    where = factories.place(work, session, now=early)
    who = factories.learner(session, where, now=early)
    following.named(session, where, who, now=early, tells_name=True)
    session.commit()

    deliver.run(work, now=early)

    assert "Naam van learner volgt de training" in text(to(mailbox)[0])


def test_the_leader_of_who_left_the_course_gets_nothing(work, session, mailbox):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    following.confirmed(session, where, who)
    who.enrolment.status = "left"
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    assert to(mailbox) == []
    assert letters(session)[0].reason == "left"


def test_who_stops_gets_no_card_any_more(work, session, mailbox):
    where = factories.place(work, session)
    contact = following.confirmed(session, where)
    contacts.answer(session, contact, says_yes=False, now=at(MONDAY, 8).calendar)
    session.commit()

    for day in (MONDAY, NEXT_MONDAY, AFTER_IT):
        deliver.run(work, now=at(day))

    assert to(mailbox) == []
    assert {row.status for row in letters(session)} == {DeliveryStatus.CANCELLED}
