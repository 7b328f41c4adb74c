"""Which pages the browser shows in a frame."""

import pytest

from demo_lms import framing

LMS, PAGE = "http://127.0.0.1:8421", "http://localhost:8420/v/1"


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'none'",
        f"default-src 'none'; frame-ancestors {LMS}",
        "frame-ancestors 'self' http://127.0.0.1:*",
        "frame-ancestors http:",
        "frame-ancestors *",
        f"FRAME-ANCESTORS https://lms.example {LMS}",
    ],
)
def test_a_page_that_names_the_lms_is_shown(policy: str) -> None:
    framing.judge(PAGE, [policy], "DENY" if "ancestors" in policy.lower() else None, LMS)


@pytest.mark.parametrize(
    "policy",
    [
        "frame-ancestors 'none'",
        "frame-ancestors 'self'",
        "frame-ancestors",
        "frame-ancestors https:",
        "frame-ancestors http://127.0.0.1:1",
        "frame-ancestors http://127.0.0.1",
        f"frame-ancestors https{LMS[4:]}",
    ],
)
def test_a_page_that_names_somebody_else_is_not_shown(policy: str) -> None:
    with pytest.raises(framing.Blocked):
        framing.judge(PAGE, [policy], None, LMS)


def test_every_policy_must_agree() -> None:
    with pytest.raises(framing.Blocked):
        framing.judge(PAGE, [f"frame-ancestors {LMS}", "frame-ancestors 'none'"], None, LMS)


@pytest.mark.parametrize("options", ["DENY", "SAMEORIGIN"])
def test_the_older_header_counts_when_there_is_no_policy(options: str) -> None:
    with pytest.raises(framing.Blocked):
        framing.judge(PAGE, [], options, LMS)
