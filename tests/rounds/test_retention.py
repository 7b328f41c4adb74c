"""What is kept no longer than it is needed for."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, func, select, update

from lti_tool.domain.digests import OF_A_GROUP, OF_ONE_PERSON, over_after
from lti_tool.models.contacts import Contact
from lti_tool.models.courses import Membership
from lti_tool.models.deep_links import ContentSelection
from lti_tool.models.deliveries import Delivery
from lti_tool.models.invites import Invite, InviteStatus
from lti_tool.models.platforms import PendingLogin
from lti_tool.models.privacy import PrivacyVisit, Whose
from lti_tool.models.rounds import RoundRun
from lti_tool.rounds import deliver, retention
from lti_tool.services import contact_expiry, contacts, invites, mailboxes, sealing
from lti_tool.services.invites import CLAIM_LIVES, LIVES, NewInvite
from lti_tool.services.rounds import KEPT
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import INGRID, MONDAY

TOLD = at(ENDED_ON, 10)
DAY = timedelta(days=1)
pytestmark = pytest.mark.database


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def box(session, work):
    """The row of Ingrid's address, while there is one."""
    session.expire_all()
    found = mailboxes.find(session, INGRID, work.keyring.named)
    session.commit()
    return found


def number(session, model):
    counted = session.scalars(select(func.count()).select_from(model)).one()
    session.commit()
    return counted


def followed(session, where, steps):
    """A contact of the group, or the leader of somebody in it, who said yes and got a card."""
    who = factories.learner(session, where) if steps is OF_ONE_PERSON else None
    following.confirmed(session, where, who)
    session.commit()
    deliver.run(where.work, now=at(MONDAY))


@pytest.mark.parametrize("steps", [OF_A_GROUP, OF_ONE_PERSON])
def test_whoever_followed_a_training_goes_with_address_and_letters_after_its_last_card(
    work, session, mailbox, where, steps
):
    followed(session, where, steps)
    over_on = ENDED_ON + over_after(steps)

    retention.run(work, now=at(over_on, 9))
    kept = box(session, work)
    retention.run(work, now=at(over_on + DAY, 9))

    assert kept is not None
    assert kept.address is not None
    assert box(session, work) is None
    assert number(session, Contact) == 0
    assert session.scalars(select(Delivery).where(Delivery.contact_id.is_not(None))).all() == []


def test_however_many_there_are_they_go_some_at_a_time(work, session, where, monkeypatch):
    monkeypatch.setattr(contact_expiry, "AT_ONCE", 2)
    for name in ("a", "b", "c", "d", "e"):
        following.confirmed(session, where, name=name, address=f"{name}@gemeente.example")
    session.commit()
    named = []

    def note(connection, cursor, statement, values, context, many):
        if statement.startswith("DELETE FROM contact WHERE contact.id"):
            named.append(len(values))

    event.listen(Engine, "before_cursor_execute", note)
    removed = retention.run(work, now=at(ENDED_ON + over_after(OF_A_GROUP) + DAY, 9))
    event.remove(Engine, "before_cursor_execute", note)

    assert (removed.contacts, number(session, Contact)) == (5, 0)
    assert named == [2, 2, 1]


def test_an_address_that_is_somebodys_own_too_stays_theirs(work, session, where):
    who = factories.learner(session, where, "ingrid")
    following.confirmed(session, where)
    session.execute(update(Membership).values(seen_at=at(ENDED_ON + over_after(OF_A_GROUP)).real))
    session.commit()

    retention.run(work, now=at(ENDED_ON + over_after(OF_A_GROUP) + DAY))

    assert box(session, work).id == who.person.mailbox_id
    assert box(session, work).address is not None


def test_who_is_taken_back_leaves_no_address_and_is_not_asked_twice(work, session, where):
    contact = following.confirmed(session, where)

    contacts.remove(session, contact, work.keyring.named, TOLD.calendar)
    session.commit()

    assert box(session, work).address is None
    assert following.named(session, where) is contacts.Refusal.ASKED_BEFORE


def test_who_never_answers_leaves_no_address(work, session, mailbox, where):
    following.named(session, where)
    session.commit()

    deliver.run(work, now=at(ENDED_ON + timedelta(days=15), 9))

    assert box(session, work).address is None


def test_an_address_that_was_forgotten_is_known_again_once_somebody_gives_it(work, session, mailbox, where):
    contact = following.confirmed(session, where)
    contacts.remove(session, contact, work.keyring.named, TOLD.calendar)
    session.commit()

    elsewhere = factories.place(work, session, organisation="elsewhere")
    following.named(session, elsewhere, now=TOLD)
    session.commit()
    deliver.run(work, now=TOLD)

    assert [mail["To"] for mail in mailbox.mails] == [INGRID]


@pytest.mark.parametrize("status", [InviteStatus.OPEN, InviteStatus.CLAIMED])
def test_an_invite_that_ran_out_goes_also_when_whoever_claimed_it_died(work, session, status):
    made, _ = invites.make(session, NewInvite(None, is_trusted=False), TOLD.real)
    if status is InviteStatus.CLAIMED:
        invites.claim(session, made, TOLD.real)
    session.commit()

    retention.run(work, now=at(ENDED_ON + LIVES, 10))
    before = number(session, Invite)
    retention.run(work, now=at(ENDED_ON + LIVES + DAY, 10))

    assert (before, number(session, Invite)) == (1, 0)


def test_the_runs_of_rounds_are_kept_for_a_month(work, session, mailbox):
    deliver.run(work, now=TOLD)

    retention.run(work, now=at(ENDED_ON + KEPT, 9))
    before = number(session, RoundRun)
    retention.run(work, now=at(ENDED_ON + KEPT + DAY, 10))

    assert (before, number(session, RoundRun)) == (1, 0)


def test_what_opens_something_for_hours_only_is_not_kept_until_somebody_opens_it_again(work, session, where):
    of_both = {"organisation_id": where.organisation.id, "deployment_id": where.deployment.id, "browser": "b"}
    sealed = sealing.seal(work.keyring.named.common, sealing.common_place("test"), "sesskey")
    for place, ago in enumerate((timedelta(), DAY * 2)):
        then = TOLD.real - ago
        session.add(
            ContentSelection(
                token_hash=f"c{place}", locale="nl", request=sealed, nonce="n", opened_at=then, **of_both
            )
        )
        session.add(
            PrivacyVisit(
                token_hash=f"p{place}", locale="nl", whose=Whose.NOBODYS, launched_at=then, **of_both
            )
        )
        session.add(
            PendingLogin(
                state_hash=f"s{place}",
                nonce="n",
                platform_id=where.platform.id,
                browser="b",
                target_link_uri="https://tool.example/lti/launch",
                created_at=then,
            )
        )
    session.commit()

    retention.run(work, now=TOLD)

    assert [number(session, each) for each in (ContentSelection, PrivacyVisit, PendingLogin)] == [1, 1, 1]


def test_a_registration_under_way_keeps_its_invite(work, session):
    made, _ = invites.make(session, NewInvite(None, is_trusted=False), TOLD.real)
    last = TOLD.real + LIVES - CLAIM_LIVES / 4
    invites.claim(session, made, last)
    invites.sweep(session, last + CLAIM_LIVES / 2)

    assert number(session, Invite) == 1
