"""Letters that were decided upon together, and what may happen before each has its turn."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, select

from lti_tool.mail.mailer import Mailer
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxDay, MailboxWeek
from lti_tool.rounds import deliver, nudge_letters
from lti_tool.rounds.batches import Batch
from lti_tool.rounds.ticking import Ticking
from lti_tool.services import deliveries, mailboxes, preferences, turns
from lti_tool.services.turns import Next
from tests import factories
from tests.factories import at

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)
LEASE = timedelta(minutes=5)
LATER = at(MONDAY, 9, 40)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def enrol(session, where, first, last):
    for number in range(first, last):
        factories.learner(session, where, f"p{number}")
    session.commit()


def claim(work, now):
    """What a worker claimed, and the keys that go with it."""
    with work.sessions.begin() as session:
        claims = deliveries.claim(session, [Kind.NUDGE], 100, LEASE, now)
        ids = deliveries.key_ids(session, [claim.delivery_id for claim in claims])
    return claims, work.keyring.of(ids)


def decide(work):
    """The letters that a worker decided upon, none of which it has marked yet."""
    claims, keys = claim(work, at(MONDAY))
    with work.sessions.begin() as session:
        return nudge_letters.decide(work, session, claims, keys, at(MONDAY))


def mark(work, decided):
    now = at(MONDAY).real
    following = Next(decided.claim, "<one@x>", "1", decided.mailbox_id, lease_until=now + LEASE)
    with work.sessions.kw["bind"].begin() as connection:
        return turns.take(connection, None, following, now)


def places(session):
    """The days and slots that are taken in any mailbox."""
    session.expire_all()
    taken = [row for kind in (MailboxDay, MailboxWeek) for row in session.scalars(select(kind))]
    session.commit()
    return taken


def status(session):
    session.expire_all()
    row = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
    session.commit()
    return row.status


@pytest.mark.database
def test_a_letter_that_its_learner_stopped_meanwhile_does_not_go(work, session, where):
    enrol(session, where, 0, 1)
    (decided,) = decide(work)

    learner = preferences.find(session, decided.claim.delivery_id)
    preferences.stop(session, learner, work.catalogue, at(MONDAY).calendar)
    session.commit()

    assert not mark(work, decided)
    assert status(session) is DeliveryStatus.CANCELLED
    assert places(session) == []


def stop_all(work, session, elsewhere):
    """Behind the link of a letter about another training, which went to the same address."""
    row = session.scalars(select(Delivery).where(Delivery.enrolment_id == elsewhere.enrolment.id)).first()
    preferences.stop_all(session, preferences.find(session, row.id), work.catalogue, at(MONDAY).calendar)


def refuse(work, session, elsewhere):
    """A letter about another training came back."""
    mailboxes.refuse(session, session.get_one(Mailbox, elsewhere.person.mailbox_id))


@pytest.mark.database
@pytest.mark.parametrize("close", [stop_all, refuse])
def test_nothing_of_a_batch_goes_to_an_address_that_closed_meanwhile(work, session, where, close):
    factories.learner(session, where)
    session.commit()
    (decided,) = decide(work)
    elsewhere = factories.learner(session, factories.place(work, session, organisation="elsewhere"))

    close(work, session, elsewhere)
    session.commit()

    assert not mark(work, decided)
    assert places(session) == []
    deliver.run(work, now=LATER)
    assert session.get_one(Delivery, decided.claim.delivery_id).status is DeliveryStatus.SKIPPED


class Striking(Ticking):
    """A clock on which the last hour for letters is over once one of them is there."""

    def __init__(self, mailbox):
        super().__init__(at(MONDAY, 17, 59))
        self._mailbox = mailbox

    def now(self):
        return at(MONDAY, 18, 1) if self._mailbox.mails else at(MONDAY, 17, 59)


@pytest.mark.database
def test_what_a_batch_has_not_sent_by_closing_time_goes_on_the_next_day(work, session, where, mailbox):
    enrol(session, where, 0, 2)
    clock = Striking(mailbox)
    with Mailer(work.settings.smtp_url.get_secret_value()).connect() as conversation:
        sent = Batch(work, conversation, clock, LEASE).send(*claim(work, clock.now()))

    assert sent == len(mailbox.mails) == 1
    assert len(places(session)) == 2  # a day and a slot, of the one that went
    deliver.run(work, now=at(MONDAY, 18, 10))
    assert len(mailbox.mails) == 1
    deliver.run(work, now=at(TUESDAY))
    assert sorted(mailbox.addressees) == ["p0@gemeente.example", "p1@gemeente.example"]


@pytest.mark.database
def test_nothing_of_a_batch_goes_for_a_registration_that_was_removed_meanwhile(app, work, session, where):
    enrol(session, where, 0, 1)
    (decided,) = decide(work)

    removal = app.test_cli_runner().invoke(args=["platform", "remove", str(where.platform.id), "--yes"])

    assert removal.exit_code == 0
    assert not mark(work, decided)
    assert places(session) == []
    deliver.run(work, now=LATER)
    assert session.get_one(Delivery, decided.claim.delivery_id).reason == "platform_removed"


@pytest.mark.database
def test_a_letter_whose_worker_died_before_its_turn_is_taken_over_with_its_place_free(work, session, where):
    enrol(session, where, 0, 1)
    (decided,) = decide(work)
    assert len(places(session)) == 2

    with work.sessions.begin() as other:
        taken_over = deliveries.claim(other, [Kind.NUDGE], 100, LEASE, LATER)

    assert [claim.delivery_id for claim in taken_over] == [decided.claim.delivery_id]
    assert not mark(work, decided)
    assert status(session) is DeliveryStatus.CLAIMED
    assert places(session) == []


@pytest.mark.database
def test_deciding_asks_as_often_for_twenty_people_as_for_two(work, session, where):
    enrol(session, where, 0, 2)
    few = statements(work)
    enrol(session, where, 2, 22)

    assert statements(work) == few


def statements(work):
    """How many statements deciding takes."""
    seen = []

    def note(*said):
        seen.append(said[2])

    event.listen(Engine, "before_cursor_execute", note)
    decide(work)
    event.remove(Engine, "before_cursor_execute", note)
    return len(seen)
