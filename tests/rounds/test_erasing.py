"""Erasing a person: nothing is left in either store, and only they themselves come back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.releases import Shareable
from lti_tool.mail.mailer import NotSent, Reason
from lti_tool.models.contacts import Contact, ContactKind
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.figures import Figure, Moment
from lti_tool.models.people import Leave, Mailbox, MailboxDay, MailboxStatus, MailboxWeek, Person
from lti_tool.models.privacy import Tombstone
from lti_tool.models.reflections import Reflection
from lti_tool.rounds import erasing, results
from lti_tool.services import buddies, downloads, late_drafts, launches, reflections, scores, visits
from lti_tool.services.reflections import Desk
from lti_tool.services.visits import Browser
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.web.tables import dump

NOW = at(ENDED_ON, 17)
pytestmark = pytest.mark.database


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def full(session, where, sub):
    """Somebody of whom every kind of thing is kept."""
    who = factories.learner(session, where, sub)
    plan = factories.plan(session, where, who, own_on=ENDED_ON + timedelta(days=4))
    part, _ = reflections.parts(session, who.enrolment, where.activity)[0]
    desk = Desk(who.person, who.key, who.enrolment, where.activity, part)
    written = reflections.save(session, desk, {"post.task": Said(words=f"klus van {sub}")}, 1, NOW.calendar)
    reflections.submit(session, written, NOW.calendar)
    scores.plan(session, desk, NOW.calendar)
    said = {"post.task": Said(words="te laat bewaard")}
    late_drafts.keep(session, desk, ("plan", 2), said, NOW.calendar)
    following.hindered(session, who, "time")
    following.confirmed(session, where, who, address=f"leader.of.{sub}@gemeente.example")
    address = f"buddy.of.{sub}@gemeente.example"
    buddy = following.confirmed(session, where, who, kind=ContactKind.BUDDY, address=address)
    buddies.release(session, buddy, {Shareable.PLAN}, NOW.calendar)
    session.add(
        Leave(
            organisation_id=who.person.organisation_id,
            person_id=who.person.id,
            first_on=ENDED_ON,
            last_on=ENDED_ON,
        )
    )
    visits.open_visit(session, who.person, where.link, Browser("browser"), NOW.real)
    trainer = session.scalars(select(Person).where(Person.sub == "trainer")).one()
    visits.open_visit(session, trainer, where.link, Browser("browser"), NOW.real, who.person)
    letter = session.scalars(select(Delivery).where(Delivery.enrolment_id == who.enrolment.id)).first()
    box = who.person.mailbox_id
    session.add(MailboxDay(mailbox_id=box, on=ENDED_ON, delivery_id=letter.id))
    session.add(MailboxWeek(mailbox_id=box, iso_week="2026-W49", slot=1, delivery_id=letter.id))
    assert downloads.send(session, who.person.id, where.work.keyring.named, NOW)
    assert plan.enrolment_id == who.enrolment.id
    return who


def erase(work, person):
    return erasing.erase(work, person.id, now=NOW)


def test_of_who_was_erased_nothing_is_left_and_everybody_else_keeps_all(work, session, where):
    other = full(session, where, "other")
    session.commit()
    before = dump(work)
    who = full(session, where, "a")
    session.commit()
    session.close()

    assert erase(work, who.person)

    after = dump(work)
    (tombstone,) = after.pop("tombstone")
    assert str(who.person.id) not in repr(after)
    assert after == {name: rows for name, rows in before.items() if name != "tombstone"}
    assert "a" not in tombstone
    assert set(work.keyring.of([who.key.id, other.key.id])) == {other.key.id}


def test_what_stands_in_a_dump_made_before_opens_no_more(work, session, where):
    who = full(session, where, "a")
    session.commit()
    old = dump(work, {"answer", "person", "plan"})

    erase(work, who.person)

    assert old["answer"]
    assert work.keyring.of([who.key.id]) == {}


def test_erasing_again_after_the_key_was_gone_does_the_rest(work, session, where):
    who = full(session, where, "a")
    session.commit()
    work.keyring.forget(who.key.id)

    assert erase(work, who.person)
    assert not erase(work, who.person)

    assert "a" not in {one.sub for one in session.scalars(select(Person))}


def test_an_address_that_somebody_else_has_too_stays(work, session, where):
    shared = "balie@gemeente.example"
    who, _ = (factories.learner(session, where, sub, email=shared) for sub in ("a", "b"))
    session.commit()
    before = dump(work, {"mailbox"})

    erase(work, who.person)

    assert dump(work, {"mailbox"}) == before


def test_who_wanted_no_mail_at_all_gets_none_later_either(work, session, where):
    who = factories.learner(session, where, "a")
    session.execute(
        update(Mailbox).where(Mailbox.id == who.person.mailbox_id).values(status=MailboxStatus.STOPPED)
    )
    session.commit()

    erase(work, who.person)

    assert [one.status for one in session.scalars(select(Mailbox))].count(MailboxStatus.STOPPED) == 1


def test_contacts_whom_a_trainer_named_outlive_the_trainer(work, session, where):
    contact = following.confirmed(session, where)
    trainer = session.get_one(Person, contact.named_by)
    session.commit()

    erase(work, trainer)

    session.expire_all()
    kept = session.scalars(select(Contact)).one()
    assert (kept.id, kept.named_by) == (contact.id, None)


def test_the_address_of_somebody_who_is_a_contact_too_stays_for_that(work, session, where):
    who = factories.learner(session, where, "ingrid")
    contact = following.confirmed(session, where, address="ingrid@gemeente.example")
    assert contact.mailbox_id == who.person.mailbox_id
    session.commit()

    erase(work, who.person)

    session.expire_all()
    assert session.get(Mailbox, contact.mailbox_id) is not None


def test_a_letter_that_was_on_its_way_is_nobodys_any_more_and_stops_no_round(work, session, where):
    who = factories.learner(session, where, "a")
    letter = session.scalars(select(Delivery).where(Delivery.enrolment_id == who.enrolment.id)).first()
    letter.status, letter.message_id = DeliveryStatus.SENDING, "<1@x>"
    session.commit()
    erase(work, who.person)

    with work.sessions.begin() as after:
        for reason, permanent in ((Reason.REFUSED_FOR_NOW, False), (Reason.REFUSED_ADDRESS, True)):
            results.record(after, letter.id, "<1@x>", NotSent(reason, permanent), NOW)

    assert letter.kind is Kind.NUDGE


def test_figures_of_the_group_stay(work, session, where):
    who = factories.learner(session, where, "a")
    cell = {"moment": Moment.LEADER, "taken_on": ENDED_ON, "question": "obstacle", "cell": "time"}
    tenant = where.organisation.id
    session.add(Figure(organisation_id=tenant, cohort_id=where.cohort.id, count=5, people=10, **cell))
    session.commit()

    erase(work, who.person)

    assert session.scalars(select(Figure.count)).one() == 5


def test_a_launch_of_their_own_brings_somebody_back_as_new(work, session, where):
    who = full(session, where, "a")
    session.commit()
    old_id = who.person.id
    erase(work, who.person)
    session.expire_all()

    again = factories.learner(session, where, "a")

    assert again.person.id != old_id
    assert session.scalars(select(Tombstone)).all() == []
    assert session.scalars(select(Reflection)).all() == []
    assert launches.name_of(again.person, again.key) == "Naam van a"
