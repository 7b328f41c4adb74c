"""An LMS whose registration does not go through: hostile answers, old invites, forged wishes."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.models.platforms import Platform
from lti_tool.services import invites
from lti_tool.services.invites import NewInvite
from tests.lti.platform_server import Reply
from tests.web.platform_says import LTI, accept, configuration, lti, rows
from tests.web.tables import dump


@pytest.mark.parametrize("token", ["", "forged", "é" * 9, "x" * 5000])
def test_without_an_invite_nothing_is_even_fetched(desk, server, token):
    assert desk.look(token, configuration(server.url)).status_code == 410
    assert server.seen == []


def test_an_invite_of_a_week_ago_opens_nothing(desk, invite, server):
    assert desk.look(invite(age=timedelta(days=7, seconds=1)), configuration(server.url)).status_code == 410
    assert server.seen == []


def test_a_wish_that_was_not_signed_here_is_no_wish(desk, invite, work, server):
    wish = desk.wish(invite())
    before = dump(work)

    for forged in ("", "x", wish[:-1] + ("A" if wish[-1] != "A" else "B")):
        assert desk.agree(forged).status_code == 400

    assert dump(work) == before
    assert server.requests_to("/register") == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            Reply.json({"error": "x", "error_description": "De naam <b>bestaat</b> al"}, 400),
            "&lt;b&gt;bestaat",
        ),
        (Reply.json({}, 403), "nam de sleutel niet aan"),
        (Reply(302, headers={"Location": "http://127.0.0.1:9/"}), "nam Beklijf niet aan"),
        (Reply(500, b"<html>"), "geen duidelijk antwoord"),
        (Reply(200, b"<html>"), "geen duidelijk antwoord"),
        (Reply.json({"client_id": ["a"]}), "geen duidelijk antwoord"),
        (Reply.json({"client_id": "a" * 300}), "geen duidelijk antwoord"),
        (Reply.json([]), "geen duidelijk antwoord"),
    ],
)
def test_a_registration_that_failed_says_why_and_leaves_the_invite_usable(
    desk, invite, work, server, answer, words
):
    token = invite()
    wish = desk.wish(token)
    server.answer("/register", answer)

    page = desk.agree(wish)

    assert 400 <= page.status_code < 500
    assert words in page.text
    assert "BK-" in page.text
    assert rows(work, Platform) == []
    accept(server)
    assert desk.agree(desk.wish(token)).status_code == 200


def test_a_registration_is_never_overwritten(desk, invite, work, server):
    accept(server)
    desk.agree(desk.wish(invite(trusted=True)))
    before = dump(work, {"platform", "deployment", "waiting_deployment"})

    page = desk.agree(desk.wish(invite(), configuration(server.url, jwks_uri=f"{server.url}/other")))

    assert page.status_code == 409
    assert "kent deze leeromgeving al" in page.text
    assert dump(work, {"platform", "deployment", "waiting_deployment"}) == before


HOSTILE = {
    "html": (Reply(200, b"<html>Sign in</html>"), "iets anders dan haar instellingen"),
    "not there": (Reply(404), "iets anders dan haar instellingen"),
    "a list": ([], "iets anders dan haar instellingen"),
    "deep": (Reply(200, b"[" * 100_000), "iets anders dan haar instellingen"),
    "huge": (Reply(200, b'{"issuer": "' + b"a" * 600_000 + b'"}'), "iets anders dan haar instellingen"),
    "a huge number": (Reply(200, b"1" * 10_000), "iets anders dan haar instellingen"),
    "not text": (Reply(200, b"\xff\xfe\x00"), "iets anders dan haar instellingen"),
    "a redirect": (Reply(302, headers={"Location": "/elsewhere"}), "iets anders dan haar instellingen"),
    "no key": (Reply(401), "nam de sleutel niet aan"),
    "a cut answer": (Reply(200, b"{", {"Content-Length": "50"}), "nu niet bereiken"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_platform_that_sends_no_configuration_is_told_so(desk, invite, work, server, name):
    said, words = HOSTILE[name]
    token = invite()
    before = dump(work)

    page = desk.look(token, said)

    assert page.status_code == 400
    assert words in page.text
    assert dump(work) == before
    assert server.requests_to("/elsewhere") == []


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "value",
    [None, "", 7, ["http://127.0.0.1/x"], {}, "javascript:alert(1)", "http://lms.example/x", "https://a@b/x",
     "https://lms.example/\nx", "//lms.example/x", "data:text/html,x", "\ud800"],
)  # fmt: skip
def test_an_address_that_is_missing_or_none_is_named(desk, invite, server, name, value):
    said = json.dumps(configuration(server.url) | {name: value}).encode()

    page = desk.look(invite(), Reply(200, said))

    assert page.status_code == 400
    assert name in page.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": "https://canvas.instructure.com"}, "canvas.instructure.com"),
        ({"issuer": "https://lms.example"}, "lms.example"),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "RS256"),
        ({"id_token_signing_alg_values_supported": "RS256"}, "RS256"),
        (lti(messages_supported=[{"type": "LtiDeepLinkingRequest"}]), "LtiResourceLinkRequest"),
        (
            lti(messages_supported=[7, {"type": 8}, {"type": ["x"], "placements": 9}]),
            "LtiResourceLinkRequest",
        ),
        ({"registration_endpoint": "http://10.0.0.5/x"}, "registration_endpoint"),
    ],
)
def test_a_configuration_that_does_not_hold_is_refused(desk, invite, work, server, changes, words):
    token = invite()
    before = dump(work)

    page = desk.look(token, configuration(server.url, **changes))

    assert page.status_code == 400
    assert words in page.text
    assert dump(work) == before


@pytest.mark.parametrize(
    "changes",
    [
        {LTI: None},
        {LTI: []},
        {LTI: {"messages_supported": "all", "product_family_code": ["x"]}},
        {"scopes_supported": "all", "claims_supported": 7},
        lti(product_family_code="<script>" * 99),
        {"more": {"deep": [[[[]]]]}},
    ],
)
def test_what_a_configuration_may_leave_out_or_say_oddly_does_no_harm(desk, invite, server, changes):
    page = desk.look(invite(), configuration(server.url, **changes))

    assert page.status_code == 200
    assert "<script>" not in page.text.partition("<main")[2]


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.5/x",
        "https://169.254.169.254/x",
        "file:///etc/passwd",
        "https://[::1]/x",
        "x",
        "https://a@b/",
    ],
)
def test_an_address_of_a_private_network_is_not_fetched(build, address):
    outside = build(base_url="https://beklijf.example", local=False)
    with outside.extensions["beklijf"].sessions.begin() as session:
        _, token = invites.make(session, NewInvite(None, False), datetime.now(UTC))

    page = outside.test_client().get(
        "/lti/register",
        query_string={"invite": token, "openid_configuration": address},
        base_url="https://beklijf.example",
    )

    assert page.status_code == 400
    assert "BK-" in page.text


@pytest.mark.parametrize("token", ["a b", "a\nb", "é", "x" * 9000])
def test_a_token_that_fits_no_header_is_left_out(desk, invite, server, token):
    desk.look(invite(), configuration(server.url), opens=token)

    assert ["authorization" in seen.headers for seen in server.seen] == [False]
