"""Requests to choose content: what the platform takes back, and who may choose."""

import base64
from typing import Any

import pytest

from lti_tool.lti.deep_links import DeepLinking
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import CLIENT, DEPLOYMENT, ISSUER, LTI, MEMBERSHIP, Change, Lms, reason_of, with_claims

R = RefusalReason
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
RETURN = "https://lms.example/mod/lti/contentitem_return.php?course=2&id=1&sesskey=s3sKey"
SETTINGS = {
    "deep_link_return_url": RETURN,
    "accept_types": ["ltiResourceLink"],
    "accept_presentation_document_targets": ["iframe"],
}
ADMINISTRATOR = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
NOT_ASKED_ABOUT = ("sub", LTI + "roles", LTI + "resource_link", LTI + "target_link_uri", LTI + "context")


def deep_linking(*roles: str, keep: tuple[str, ...] = (), **changes: object) -> Change:
    """A deep linking request; settings that are None are left out. keep: claims that may be left out."""
    settings = {name: value for name, value in {**SETTINGS, **changes}.items() if value is not None}

    def change(claims: dict[str, Any]) -> None:
        for name in NOT_ASKED_ABOUT:
            if name not in keep:
                del claims[name]
        claims |= {LTI + "message_type": "LtiDeepLinkingRequest", DEEP_LINKING: settings}
        if roles:
            claims[LTI + "roles"] = list(roles)

    return change


def asked(lms: Lms, *roles: str, **how: Any) -> DeepLinking:
    """What the tool reads in a sound request."""
    outcome = lms.launch(deep_linking(*roles, **how))
    assert isinstance(outcome, DeepLinking), outcome
    return outcome


BAD: dict[str, list[Change]] = {
    "dl-no-settings": [lambda c: (deep_linking()(c), c.pop(DEEP_LINKING))[0]],
    "dl-no-return-url": [deep_linking(deep_link_return_url=None)],
    "dl-return-js": [deep_linking(deep_link_return_url=v) for v in ("javascript:alert(1)", "http://x.example/")],
    "dl-no-accept-types": [deep_linking(accept_types=v) for v in (None, [], "ltiResourceLink")],
    "dl-no-targets": [deep_linking(accept_presentation_document_targets=v) for v in (None, "iframe", [1])],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change, id=f"{case}-{number}")
        for case, changes in BAD.items()
        for number, change in enumerate(changes)
    ],
)
def test_a_bad_request_is_refused(lms: Lms, change: Change) -> None:
    assert reason_of(lms.launch(change)) is R.BAD_CLAIM


def test_dl_no_sub_no_roles_valid(lms: Lms) -> None:
    found = asked(lms)

    assert (found.issuer, found.client_id, found.deployment_id) == (ISSUER, CLIENT, DEPLOYMENT)
    assert found.may_choose
    assert found.course.context_id is None


def test_who_asks_is_known_while_it_opens_and_nothing_else_of_them_is(lms: Lms) -> None:
    found = asked(lms, keep=("sub", LTI + "context", "name", "email"))

    assert found.sub == "learner-7"
    assert "name" not in vars(found)
    assert "@" not in repr(vars(found))
    assert found.course.title == "Archiefwet"


@pytest.mark.parametrize(
    ("said", "several", "columns"),
    [
        ({}, False, True),
        ({"accept_multiple": True, "accept_lineitem": True}, True, True),
        ({"accept_multiple": False, "accept_lineitem": False}, False, False),
        ({"accept_multiple": "true", "accept_lineitem": "false"}, True, False),
        ({"accept_multiple": 1, "accept_lineitem": []}, False, True),
    ],
)
def test_what_the_platform_does_not_say_is_no_leave_for_several_items_and_no_ban_on_columns(
    lms: Lms, said: dict[str, object], several: bool, columns: bool
) -> None:
    wanted = asked(lms, **said).wanted

    assert (wanted.takes_several, wanted.takes_columns) == (several, columns)


def test_a_place_that_takes_no_links_of_a_tool_is_no_bad_request(lms: Lms) -> None:
    wanted = asked(lms, accept_types=["link", "html"], accept_multiple=True).wanted

    assert not wanted.takes_links
    assert not wanted.takes_several


def test_a_place_without_a_document_target_is_no_bad_request(lms: Lms) -> None:
    assert asked(lms, accept_presentation_document_targets=[]).wanted.targets == frozenset()


@pytest.mark.parametrize(
    ("roles", "may_choose"),
    [
        ([MEMBERSHIP + "#Instructor"], True),
        (["Instructor"], True),
        ([MEMBERSHIP + "#ContentDeveloper"], True),
        ([MEMBERSHIP + "#Administrator"], True),
        ([""], True),
        ([ADMINISTRATOR], True),
        ([MEMBERSHIP + "#Learner"], False),
        ([MEMBERSHIP + "#Learner", ADMINISTRATOR], False),
        ([MEMBERSHIP + "#Mentor"], False),
        (
            [
                MEMBERSHIP + "#Instructor",
                "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant",
            ],
            False,
        ),
        (["urn:something:of:the:platform"], False),
    ],
)
def test_only_who_may_edit_the_course_may_choose(lms: Lms, roles: list[str], may_choose: bool) -> None:
    assert asked(lms, *roles).may_choose is may_choose


def test_data_comes_through_whatever_it_is(lms: Lms) -> None:
    assert asked(lms, data="csrf:c7fb &<é>").wanted.data == "csrf:c7fb &<é>"
    assert asked(lms, data={"a": [1, None]}).wanted.data == {"a": [1, None]}
    assert asked(lms).wanted.data is None


def test_the_return_address_of_canvas_with_a_token_in_it_is_taken(lms: Lms) -> None:
    token = base64.urlsafe_b64encode(b"x" * 3000).decode()
    url = f"https://school.instructure.com/courses/1/deep_linking_response?data={token}"

    found = asked(lms, deep_link_return_url=url)

    assert found.wanted.return_url == url
    assert "https://school.instructure.com" in found.frame_origins


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        ("2026-12-03T09:00:00+01:00", "2026-12-10T17:00:00Z", ("2026-12-03", "2026-12-10")),
        ("2026-12-03", "", ("2026-12-03", "")),
        ("$CourseSection.timeFrame.begin", "morgen", ("", "")),
    ],
)
def test_the_days_of_the_course_come_along(lms: Lms, begin: str, end: str, days: tuple[str, str]) -> None:
    said = with_claims(custom={"course_begin": begin, "course_end": end})

    outcome = lms.launch(deep_linking(), said)

    assert isinstance(outcome, DeepLinking)
    assert (outcome.wanted.first_day, outcome.wanted.last_day) == days


def test_the_session_key_in_the_return_address_shows_nowhere(lms: Lms) -> None:
    assert "s3sKey" not in repr(asked(lms))
