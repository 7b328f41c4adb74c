"""One card a week for a contact or manager, over all trainings of an organisation together."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.contacts import ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.figures import Figure
from lti_tool.models.people import MailboxWeek
from lti_tool.rounds import deliver
from lti_tool.services import contact_facts, contacts, one_card
from tests import factories, following
from tests.factories import at
from tests.following import INGRID, MONDAY, NEXT_MONDAY
from tests.rounds.contacts import letters, text, to

TUESDAY = date(2026, 12, 8)


@pytest.fixture
def three(work, session):
    """Three trainings that end on one day, with one contact."""
    first = factories.place(work, session)
    made = [first, *(following.beside(session, first, number) for number in (2, 3))]
    followers = [following.confirmed(session, where) for where in made]
    session.commit()
    return list(zip(made, followers, strict=True))


def status_of(session, step):
    return sorted((row.status.value, row.reason) for row in letters(session) if row.step == step)


@pytest.mark.database
def test_what_is_due_in_three_trainings_goes_as_one_card(work, session, mailbox, three):
    deliver.run(work, now=at(MONDAY))

    (card,) = to(mailbox)
    assert "Uw kaart gaat ook over 2 andere trainingen" in text(card)
    assert status_of(session, "opened") == [("sent", None), *[("skipped", one_card.REASON)] * 2]
    assert len(session.scalars(select(MailboxWeek)).all()) == 1


def test_the_next_weeks_bring_one_card_each_too(work, session, mailbox, three):
    for day in range(20):
        deliver.run(work, now=at(MONDAY + timedelta(days=day)))

    assert len(to(mailbox)) == 3
    assert all("2 andere trainingen" in text(card) for card in to(mailbox))


def test_every_group_on_a_card_is_counted_before_it_goes(work, session, mailbox, three):
    for number, (where, _) in enumerate(three):
        following.group(session, where, 6, "time", first=10 * number)
    session.commit()

    deliver.run(work, now=at(NEXT_MONDAY))

    told = session.scalars(select(Figure.cohort_id).where(Figure.cell == "time"))
    assert set(told) == {where.cohort.id for where, _ in three}
    assert len(to(mailbox)) == 1


def test_a_training_that_its_contact_stopped_goes_on_no_card(work, session, mailbox, three):
    contacts.answer(session, three[2][1], says_yes=False, now=at(MONDAY, 8).calendar)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert "1 andere training" in text(to(mailbox)[0])
    assert three[2][1].status is ContactStatus.STOPPED


def test_a_card_that_the_server_did_not_take_goes_later_with_all_that_it_was_about(
    work, session, mailbox, three
):
    mailbox.answers[INGRID] = "451 4.7.1 later"
    deliver.run(work, now=at(MONDAY))
    mailbox.answers.clear()
    deliver.run(work, now=at(TUESDAY))

    (card,) = to(mailbox)
    sent = next(row for row in letters(session) if row.status is DeliveryStatus.SENT)
    joined = one_card.joined(session, session.get_one(Delivery, sent.id))
    assert "2 andere trainingen" in text(card)
    assert [row.due_on for row, _ in joined] == [TUESDAY] * 2


def test_nothing_of_another_organisation_joins_a_card(work, session, mailbox):
    for name in ("first", "second"):
        following.confirmed(session, factories.place(work, session, organisation=name))
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert len(to(mailbox)) == 1
    assert "Uw kaart gaat ook over" not in text(to(mailbox)[0])


def test_talks_with_more_people_of_a_training_go_as_one_card(work, session, mailbox):
    where = factories.place(work, session, starts_on=date(2026, 11, 25), now=at(date(2026, 11, 16)))
    for sub in ("one", "two"):
        who = factories.learner(session, where, sub, now=at(date(2026, 11, 16)))
        following.confirmed(session, where, who, now=at(date(2026, 11, 16)))
    session.commit()

    deliver.run(work, now=at(date(2026, 11, 18)))

    (card,) = [mail for mail in to(mailbox) if mail["Subject"] == "Een gesprek van 10 minuten"]
    assert "Uw kaart gaat ook over anderen in uw team" in text(card)


def test_of_a_value_check_and_another_card_the_value_check_is_what_the_letter_asks_about(
    work, session, mailbox, three
):
    (row,) = [row for row in letters(session) if (row.step, row.contact_id) == ("opened", three[1][1].id)]
    check = next(
        each for each in letters(session)
        if (each.step, each.contact_id, each.occurrence) == ("value_check", three[0][1].id, 1)
    )  # fmt: skip
    together = one_card.in_order([(row, follower(session, row)), (check, follower(session, check))])

    assert together[0][0].step == "value_check"


def follower(session, row):
    return contact_facts.gather(session, [row.contact_id])[0]
