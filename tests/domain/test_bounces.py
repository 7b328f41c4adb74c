"""What a report about a letter says about the mailbox that it was for."""

import pytest

from lti_tool.domain.bounces import Told, Verdict, judge, judge_all


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.10", "5.2.1", "5.4.1", "5.0.0", "5.3.0"])
def test_a_refusal_for_good_is_about_the_mailbox(status):
    assert judge(Told("failed", status)) is Verdict.REFUSED


ELSEWHERE = ["5.1.7", "5.1.8", "5.2.3", "5.3.2", "5.3.4", "5.4.5", "5.4.6", "5.4.7"]


@pytest.mark.parametrize("status", [*ELSEWHERE, "5.5.0", "5.6.0", "5.7.1", "5.7.509"])
def test_a_refusal_of_sender_length_content_or_policy_is_not_about_the_mailbox(status):
    assert judge(Told("failed", status)) is Verdict.NOT_THE_ADDRESS


@pytest.mark.parametrize("status", ["4.4.1", "4.2.2", "4.7.1", "5.2.2"])
def test_a_server_that_gave_up_and_a_full_mailbox_are_for_now(status):
    assert judge(Told("failed", status)) is Verdict.FOR_NOW


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "", "fail"])
def test_what_is_on_its_way_or_arrived_says_nothing(action):
    assert judge(Told(action, "4.4.1")) is None


@pytest.mark.parametrize("status", ["", "5", "5.1", "5.1.1.1", "9.1.1", "five", "٥.١.١", "2.1.5"])
def test_a_failure_without_a_status_of_failure_says_nothing(status):
    assert judge(Told("failed", status)) is None


def test_a_status_may_have_words_behind_it_and_an_action_capitals():
    assert judge(Told("Failed", "5.1.1 (bad destination mailbox address)")) is Verdict.REFUSED


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("smtp; 550 5.7.1 not allowed", Verdict.NOT_THE_ADDRESS),
        ("smtp; 550 5.1.1 unknown", Verdict.REFUSED),
        ("smtp; 550 no such user at 5.1.1.7", Verdict.REFUSED),
    ],
)
def test_a_status_without_detail_is_read_from_the_words_of_the_server(said, verdict):
    assert judge(Told("failed", "5.0.0", said)) is verdict


def test_the_words_of_a_server_do_not_change_a_status_with_detail():
    assert judge(Told("failed", "5.1.1", "smtp; 550 5.7.1 not allowed")) is Verdict.REFUSED


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        (["5.1.1", "4.4.1"], Verdict.FOR_NOW),
        (["5.1.1", "5.7.1"], Verdict.NOT_THE_ADDRESS),
        (["5.1.1", "5.1.1"], Verdict.REFUSED),
        ([], None),
    ],
)
def test_of_several_recipients_of_one_letter_the_mildest_counts(statuses, verdict):
    assert judge_all([Told("failed", status) for status in statuses]) is verdict


def test_a_letter_that_one_of_several_got_did_not_come_back():
    assert judge_all([Told("failed", "5.1.1"), Told("delivered", "2.0.0")]) is None
