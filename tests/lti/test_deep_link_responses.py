"""Responses to requests for content, as platforms read them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from jwt import PyJWK

from lti_tool.lti import content_items, deep_link_responses, jwks
from lti_tool.lti.content_items import Column, LinkItem, Window
from lti_tool.lti.deep_link_responses import Asker, Reply
from lti_tool.lti.deep_links import Wanted
from lti_tool.lti.ports import ToolKey
from tests.lti.lms import CLIENT, DEPLOYMENT, ISSUER, LTI, NOW

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
ASKER = Asker(ISSUER, CLIENT, DEPLOYMENT)
WANTED = Wanted("https://lms.example/return", frozenset({"ltiResourceLink"}), frozenset({"iframe", "window"}))
URL = "https://tool.example/lti/launch"


def claims_of(key: ToolKey, reply: Reply, data: object = None) -> dict[str, Any]:
    """What a platform reads, once the signature holds under the key that the tool publishes."""
    token = deep_link_responses.sign(ASKER, reply, data, "nonce-1", key, NOW)
    published = jwks.document([key])["keys"][0]
    assert jwt.get_unverified_header(token) == {"alg": "RS256", "kid": published["kid"], "typ": "JWT"}
    options: Any = {"verify_exp": False, "verify_iat": False, "verify_aud": False}
    return jwt.decode(token, PyJWK(published, algorithm="RS256"), algorithms=["RS256"], options=options)


def test_a_response_has_all_that_section_4_5_asks_for_and_no_more(tool_key: ToolKey) -> None:
    claims = claims_of(tool_key, Reply([{"type": "ltiResourceLink"}]), data="csrf:c7fb &<é>")

    assert claims == {
        "iss": CLIENT,
        "aud": ISSUER,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 600,
        "nonce": "nonce-1",
        LTI + "deployment_id": DEPLOYMENT,
        LTI + "message_type": "LtiDeepLinkingResponse",
        LTI + "version": "1.3.0",
        DL + "content_items": [{"type": "ltiResourceLink"}],
        DL + "data": "csrf:c7fb &<é>",
    }


def test_without_data_in_the_request_there_is_none_in_the_response(tool_key: ToolKey) -> None:
    assert DL + "data" not in claims_of(tool_key, Reply())


def test_a_cancel_is_a_response_without_items_and_with_a_message(tool_key: ToolKey) -> None:
    claims = claims_of(tool_key, Reply(message="Er is niets gekozen.", log="cancelled"))

    assert claims[DL + "content_items"] == []
    assert (claims[DL + "msg"], claims[DL + "log"]) == ("Er is niets gekozen.", "cancelled")
    assert not {DL + "errormsg", DL + "errorlog"} & claims.keys()


def test_a_refusal_is_a_response_with_an_error(tool_key: ToolKey) -> None:
    claims = claims_of(tool_key, Reply(error="Alleen wie de cursus beheert, kan kiezen.", log="no editor"))

    assert claims[DL + "errormsg"] == "Alleen wie de cursus beheert, kan kiezen."
    assert claims[DL + "errorlog"] == "no editor"
    assert not {DL + "msg", DL + "log"} & claims.keys()


def written(wanted: Wanted = WANTED, **changes: Any) -> dict[str, Any]:
    """An item of a look back, with its column."""
    column = Column("Terugkijken", "activity-1", "post")
    whole = {"title": "Terugkijken", "text": "Kies wat u gaat doen.", "url": URL, "column": column}
    return content_items.written(LinkItem(**{**whole, **changes}), wanted)


def test_an_item_says_what_every_platform_needs(tool_key: ToolKey) -> None:
    begins = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
    item = written(
        custom={"activity_id": "activity-1"}, submission=Window(begins, begins + timedelta(days=14))
    )

    assert item == {
        "type": "ltiResourceLink",
        "title": "Terugkijken",
        "text": "Kies wat u gaat doen.",
        "url": URL,
        "custom": {"activity_id": "activity-1"},
        "submission": {"startDateTime": "2026-12-01T23:00:00Z", "endDateTime": "2026-12-15T23:00:00Z"},
        "iframe": {},
        "lineItem": {
            "label": "Terugkijken",
            "scoreMaximum": 1,
            "resourceId": "activity-1",
            "tag": "post",
            "submissionReview": {"reviewableStatus": ["Submitted", "Completed"]},
        },
    }


def test_what_has_no_value_is_left_out_and_never_null() -> None:
    item = written(text="", column=None)

    assert item.keys() == {"type", "title", "url", "iframe"}
    assert None not in item.values()


def test_a_column_that_would_be_ignored_is_not_sent() -> None:
    no_columns = Wanted(WANTED.return_url, WANTED.types, WANTED.targets, line_items=False)

    assert "lineItem" not in written(no_columns)
    assert "lineItem" in written(WANTED)


@pytest.mark.parametrize(
    ("accepted", "shown_in"),
    [({"iframe", "window"}, ["iframe"]), ({"frame", "window"}, ["window"]), ({"embed"}, []), (set(), [])],
)
def test_an_item_opens_in_the_page_where_the_platform_can(accepted: set[str], shown_in: list[str]) -> None:
    wanted = Wanted(WANTED.return_url, WANTED.types, frozenset(accepted))

    assert [target for target in ("iframe", "window") if target in written(wanted)] == shown_in


def test_titles_are_never_too_long_and_never_hold_a_tag() -> None:
    item = written(title="Werken <b>met</b> " + "x" * 300, column=Column("y" * 200, "a", "post"))

    assert item["title"].startswith("Werken ‹b›met‹/b› x")
    assert len(item["title"]) == 255
    assert len(item["lineItem"]["label"]) == 100
