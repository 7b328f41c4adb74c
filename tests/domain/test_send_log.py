"""Nothing that a trainer reads of letters tells what somebody did, answered or asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import nudges, send_log
from lti_tool.domain.cadences import StepId
from lti_tool.domain.nudges import EnrolmentFacts, SkipReason
from lti_tool.domain.send_log import Seen
from lti_tool.domain.workdays import WorkCalendar
from lti_tool.mail.mailer import Reason
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.services import bounces, catalogue

STANDARD = catalogue.load().cadence("standard")
ENDED_ON = date(2026, 12, 4)
NOT_SENT = [DeliveryStatus.SKIPPED, DeliveryStatus.CANCELLED]
PARTS = ("pre.short", "mid.1", "post.plan", "post.harvest", "post.yield")

days = st.none() | st.just(ENDED_ON)
done = st.fixed_dictionaries(
    {
        "plan_made_on": days,
        "own_on": days,
        "used_on": days,
        "is_closed": st.booleans(),
        "answered_since_anchor": st.booleans(),
        "is_stopped": st.booleans(),
        "wants_few": st.booleans(),
        "own_date_number": st.integers(1, 2),
        "parts": st.fixed_dictionaries({part: st.booleans() for part in PARTS}),
    }
)


def somebody(**did) -> EnrolmentFacts:
    """Somebody who takes part, and what they did."""
    facts = EnrolmentFacts(
        anchor_on=ENDED_ON,
        calendar=WorkCalendar(),
        time_zone="Europe/Amsterdam",
        joined_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
        meetings=(date(2026, 12, 1), ENDED_ON),
    )
    return replace(facts, **did)


@pytest.mark.parametrize("status", NOT_SENT)
@pytest.mark.parametrize("reason", SkipReason)
def test_every_reason_but_a_missing_address_reads_the_same(reason, status):
    seen = send_log.seen(status, reason)

    assert seen is (Seen.NO_ADDRESS if reason is SkipReason.NO_ADDRESS else Seen.NOT_SENT)


@given(done, done, st.sampled_from(STANDARD.steps), st.sampled_from(NOT_SENT))
def test_two_people_who_differ_in_what_they_did_read_the_same_where_nothing_was_sent(
    one, another, step, status
):
    reasons = [nudges.reason_to_skip(step, 1, somebody(**did)) for did in (one, another)]

    said = {send_log.seen(status, reason) for reason in reasons if reason}

    assert len(said) <= 1


@given(st.sampled_from(DeliveryStatus), st.none() | st.sampled_from(SkipReason) | st.text())
def test_whatever_status_and_reason_there_are_something_can_be_said(status, reason):
    assert send_log.seen(status, reason) in Seen


def test_only_what_is_asked_before_a_plan_stands_by_name_and_day():
    assert send_log.open_steps(STANDARD) == {StepId.PREPARE, StepId.PREPARE_AGAIN, StepId.BETWEEN}


@given(done, done, st.sampled_from([step for step in STANDARD.steps if send_log.is_open(step)]))
def test_of_those_only_handing_in_decides_and_what_somebody_asked_about_mails(one, another, step):
    kept = {"parts": one["parts"], "is_stopped": False, "wants_few": False}
    reasons = {nudges.reason_to_skip(step, 1, somebody(**{**did, **kept})) for did in (one, another)}

    assert len(reasons) == 1


@pytest.mark.parametrize("reason", [Reason.REFUSED_ADDRESS, "address_refused", bounces.Reason.REFUSED])
def test_what_came_back_is_told(reason):
    assert send_log.seen(DeliveryStatus.FAILED, reason) is Seen.CAME_BACK
    assert send_log.seen(DeliveryStatus.PLANNED, reason) is Seen.PLANNED


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (DeliveryStatus.PLANNED, bounces.Reason.FOR_NOW, Seen.GOES_AGAIN),
        (DeliveryStatus.FAILED, bounces.Reason.FOR_NOW, Seen.CAME_BACK_FOR_NOW),
        (DeliveryStatus.FAILED, bounces.Reason.NOT_THE_ADDRESS, Seen.MAIL_CAME_BACK),
        (DeliveryStatus.FAILED, Reason.REFUSED_BY_POLICY, Seen.NOT_TAKEN),
    ],
)
def test_a_mail_that_came_back_later_is_told_apart_from_one_that_was_never_taken(status, reason, said):
    assert send_log.seen(status, reason) is said


def test_an_address_whose_owner_wants_no_mail_reads_like_any_other_reason():
    assert send_log.seen(DeliveryStatus.SKIPPED, "address_stopped") is Seen.NOT_SENT
