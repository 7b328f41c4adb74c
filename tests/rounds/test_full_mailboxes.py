"""One address in three trainings of three organisations: which of its letters go in a full week."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import deliver
from tests import factories
from tests.factories import ENDED_ON, at

# A week later than the first training the two others end; then comes the full week.
ENDED_LATER = ENDED_ON + timedelta(days=7)
MONDAY, WEDNESDAY, THURSDAY = (date(2026, 12, day) for day in (14, 16, 17))


@pytest.mark.database
def test_of_a_full_week_the_highest_go_a_third_only_to_look_back_and_the_others_say_why(
    work, session, mailbox
):
    for name, ended_on, own_on in (
        ("without_a_plan", ENDED_ON, None),
        ("to_be_reminded", ENDED_LATER, None),
        ("with_a_plan", ENDED_LATER, WEDNESDAY),
    ):
        where = factories.place(work, session, organisation=name, ends_on=ended_on, now=at(ENDED_ON))
        now = at(ended_on, 16)
        who = factories.learner(session, where, "same", email="same@gemeente.example", now=now)
        if own_on:
            factories.plan(session, where, who, own_on=own_on, made_on=ended_on)
    session.commit()

    for day in range(15):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))

    rows = session.scalars(select(Delivery).where(Delivery.kind == Kind.NUDGE)).all()
    sent = sorted((row.due_on, row.step) for row in rows if row.status is DeliveryStatus.SENT)
    assert sent == [
        (MONDAY - timedelta(days=7), "plan"),
        (MONDAY, "plan"),
        (WEDNESDAY, "own_date"),
        (THURSDAY, "harvest"),
    ]
    skipped = {row.step: row.reason for row in rows if row.status is DeliveryStatus.SKIPPED}
    assert skipped == {"rehearse": "budget", "last_call": "budget"}
    assert len(mailbox.mails) == 4
