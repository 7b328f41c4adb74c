"""Who changes a mailbox and its letters takes the mailbox first, so that two never wait for each other."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, text

from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Mailbox
from lti_tool.rounds import contention, deliver, erasing
from lti_tool.services import budgets
from tests import factories, following
from tests.factories import at
from tests.following import MONDAY

pytestmark = pytest.mark.database("postgresql")
PATIENCE = 60


def until_somebody_waits(work):
    """Until another transaction waits for what ours holds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with work.sessions.begin() as session:
            if session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
        time.sleep(0.02)
    pytest.fail("nobody waits")


def free_while_its_mailbox_is_held(work, session, letter, other):
    """What another answers who finds the mailbox of a letter held, and never keeps the letter meanwhile."""
    mailbox_id, letter_id = letter.mailbox_id, letter.id
    session.commit()
    with ThreadPoolExecutor(1) as thread:
        with work.sessions.begin() as ours:
            budgets.hold(ours, [mailbox_id])
            answer = thread.submit(other)
            until_somebody_waits(work)
            ours.scalars(select(Delivery).where(Delivery.id == letter_id).with_for_update(nowait=True)).one()
        return answer.result(PATIENCE)


def test_erasing_waits_for_a_batch_without_keeping_its_letters(work, session):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    letter = session.scalars(select(Delivery).where(Delivery.kind == Kind.NUDGE)).first()
    person_id = who.person.id

    assert free_while_its_mailbox_is_held(
        work, session, letter, lambda: erasing.erase(work, person_id, now=at(MONDAY))
    )


def test_a_letter_that_goes_alone_waits_for_its_mailbox_before_it_is_decided_upon(work, session, mailbox):
    where = factories.place(work, session)
    following.named(session, where, now=at(MONDAY))
    letter = session.scalars(select(Delivery).where(Delivery.kind == Kind.SERVICE)).one()

    assert free_while_its_mailbox_is_held(work, session, letter, lambda: deliver.run(work, now=at(MONDAY)))
    assert len(mailbox.mails) == 1


def test_one_whom_the_database_ends_for_a_deadlock_does_it_again(work, session):
    where = factories.place(work, session)
    boxes = [factories.learner(session, where, sub).person.mailbox_id for sub in ("a", "b")]
    session.commit()
    both = Barrier(2)

    def hold_in(order):
        tries = []

        def attempt():
            tries.append(order)
            with work.sessions.begin() as own:
                for box in order:
                    own.get(Mailbox, box, with_for_update=True)
                    if len(tries) == 1 and box == order[0]:
                        both.wait(PATIENCE)
            return len(tries)

        return contention.settle(attempt)

    with ThreadPoolExecutor(2) as two:
        assert max(two.map(hold_in, (boxes, boxes[::-1]))) == 2
