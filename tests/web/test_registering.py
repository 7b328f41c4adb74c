"""An LMS registers itself: by an invite, seen first, said yes to, and only then."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lti_tool.lti.launches import NOTICES_SCOPE
from lti_tool.models.invites import Invite, InviteStatus
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus, WaitingDeployment
from lti_tool.services import invites, organisations
from lti_tool.services.invites import NewInvite
from tests.lti.platform_server import Reply
from tests.web.platform_says import LTI, TOOL, accept, configuration, lti, offer
from tests.web.tables import dump


@pytest.fixture
def invite(work):
    """Makes an invite; its token."""

    def make(*, trusted=False, age=timedelta()):
        with work.sessions.begin() as session:
            owner = organisations.find(session, "default").id if trusted else None
            return invites.make(session, NewInvite(owner, trusted), datetime.now(UTC) - age)[1]

    return make


@pytest.fixture
def desk(app, work, server):
    """The administrator of the platform, who opens the address that the platform makes of the invite."""
    return Desk(app, work.settings.base_url, server)


class Desk:
    def __init__(self, app, tool, server):
        self.app, self.tool, self.server = app, tool, server

    def look(self, token, said, opens="t0k3n"):
        address = said if isinstance(said, str) else offer(self.server, said)
        asked = {"invite": token, "openid_configuration": address, "registration_token": opens}
        return self.open(asked)

    def open(self, asked):
        return self.app.test_client().get("/lti/register", query_string=asked, base_url=self.tool)

    def wish(self, token, said=None):
        page = self.look(token, said or configuration(self.server.url)).text
        return re.search(r'name="wish" value="([^"]+)"', page).group(1)

    def agree(self, wish):
        return self.app.test_client().post("/lti/register", data={"wish": wish}, base_url=self.tool)


def rows(work, model):
    with work.reading() as session:
        return list(session.scalars(select(model)))


def test_looking_shows_who_asks_and_what_is_asked_and_changes_nothing(desk, invite, work, server):
    token = invite()
    before = dump(work)

    page = desk.look(token, configuration(server.url))

    assert page.status_code == 200
    assert f"Moodle · {server.url.removeprefix('http://')}" in page.text
    assert "Naam en mailadres" in page.text
    assert "Kolommen en scores in het cijferboek" in page.text
    assert dump(work) == before
    assert server.requests_to("/register") == []


def test_the_token_opens_the_configuration_too_as_canvas_wants(desk, invite, server):
    desk.look(invite(), configuration(server.url))

    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t0k3n"]


@pytest.mark.database
def test_saying_yes_registers_the_platform_which_waits_with_its_deployment(desk, invite, work, server):
    accept(server)

    page = desk.agree(desk.wish(invite()))

    (platform,) = rows(work, Platform)
    assert page.status_code == 200
    assert str(platform.id) in page.text
    assert "Sitebeheer" in page.text
    assert (platform.issuer, platform.client_id) == (server.url, "client-7")
    assert (platform.login_url, platform.token_url) == (f"{server.url}/auth", f"{server.url}/token")
    assert (platform.jwks_url, platform.audience) == (f"{server.url}/jwks", None)
    assert platform.status is PlatformStatus.PENDING
    assert [row.deployment_id for row in rows(work, WaitingDeployment)] == ["5"]
    assert rows(work, Deployment) == []


def test_a_trusted_invite_lets_platform_and_deployment_in_at_once(desk, invite, work, server):
    accept(server)

    page = desk.agree(desk.wish(invite(trusted=True)))

    assert "mag Beklijf meteen openen" in page.text
    assert [row.status for row in rows(work, Platform)] == [PlatformStatus.ACTIVE]
    assert [row.deployment_id for row in rows(work, Deployment)] == ["5"]
    assert rows(work, WaitingDeployment) == []


def test_a_platform_may_name_its_deployment_later(desk, invite, work, server):
    accept(server, deployment_id=None, client_id=10000000000001)

    desk.agree(desk.wish(invite(trusted=True)))

    assert [row.client_id for row in rows(work, Platform)] == ["10000000000001"]
    assert rows(work, Deployment) == rows(work, WaitingDeployment) == []


def test_what_moodle_and_canvas_insist_on_is_sent(desk, invite, server):
    accept(server)
    desk.agree(desk.wish(invite()))

    (seen,) = server.requests_to("/register")
    sent = json.loads(seen.body)
    own = sent[TOOL]
    assert seen.headers["authorization"] == "Bearer t0k3n"
    assert seen.headers["content-type"] == "application/json"
    assert (sent["application_type"], sent["response_types"]) == ("web", ["id_token"])
    assert sent["grant_types"] == ["client_credentials", "implicit"]
    assert sent["token_endpoint_auth_method"] == "private_key_jwt"
    assert sent["redirect_uris"] == [own["target_link_uri"]] == [f"{desk.tool}/lti/launch"]
    assert sent["initiate_login_uri"] == f"{desk.tool}/lti/login"
    assert sent["jwks_uri"] == f"{desk.tool}/lti/jwks.json"
    assert own["domain"] == desk.tool.removeprefix("http://")
    assert own["claims"] == ["iss", "sub", "name", "email"]
    assert [name for name in own["custom_parameters"] if name != name.lower()] == []


def test_only_what_the_platform_offers_is_asked_for(desk, invite, server):
    accept(server)
    messages = [
        {"type": "LtiResourceLinkRequest", "placements": ["course_navigation"]},
        {"type": "LtiDeepLinkingRequest", "placements": ["link_selection", "editor_button"]},
        {"type": "DataPrivacyLaunchRequest"},
    ]
    said = configuration(server.url, scopes_supported=["openid"], **lti(messages_supported=messages))
    desk.agree(desk.wish(invite(), said))

    sent = json.loads(server.requests_to("/register")[0].body)
    asked = {message["type"]: message.get("placements") for message in sent[TOOL]["messages"]}
    assert sent["scope"] == ""
    assert asked == {
        "LtiResourceLinkRequest": None,
        "LtiDeepLinkingRequest": ["link_selection"],
        "DataPrivacyLaunchRequest": None,
    }


def test_a_platform_that_sends_notices_is_asked_to_allow_that(desk, invite, server):
    accept(server)
    said = configuration(server.url, scopes_supported=["openid", NOTICES_SCOPE])
    desk.agree(desk.wish(invite(), said))

    assert json.loads(server.requests_to("/register")[0].body)["scope"] == NOTICES_SCOPE


def test_canvas_is_told_in_its_own_way_that_name_and_address_are_wanted(desk, invite, server):
    accept(server)
    desk.agree(desk.wish(invite(), configuration(server.url, **lti(product_family_code="canvas"))))

    sent = json.loads(server.requests_to("/register")[0].body)
    assert sent[TOOL]["https://canvas.instructure.com/lti/privacy_level"] == "public"


@pytest.mark.parametrize(
    ("server_name", "audience"),
    [("https://api.brightspace.com/auth/token",) * 2, ("canvas.instructure.com", None), (["x"], None)],
)
def test_an_authorization_server_is_the_audience_when_it_is_an_address(
    desk, invite, work, server, server_name, audience
):
    accept(server)

    desk.agree(desk.wish(invite(), configuration(server.url, authorization_server=server_name)))

    assert [row.audience for row in rows(work, Platform)] == [audience]


def test_what_the_platform_lacks_is_said_beforehand(desk, invite, server):
    page = desk.look(invite(), configuration(server.url, scopes_supported=[], claims_supported=["sub"]))

    assert "biedt geen scores aan" in page.text
    assert "geeft geen mailadressen" in page.text


def test_an_invite_works_once(desk, invite, work, server):
    accept(server)
    token = invite()
    desk.agree(desk.wish(token))

    assert desk.look(token, configuration(server.url)).status_code == 410
    assert [row.status for row in rows(work, Invite)] == [InviteStatus.USED]


def test_pressing_twice_registers_once_and_shows_the_same_page(desk, invite, work, server):
    accept(server)
    wish = desk.wish(invite())

    first, second = desk.agree(wish), desk.agree(wish)

    assert first.text.partition("<main")[2] == second.text.partition("<main")[2]
    assert len(server.requests_to("/register")) == len(rows(work, Platform)) == 1


@pytest.mark.database
def test_of_two_presses_at_once_one_registers(desk, invite, work, server):
    wish = desk.wish(invite())
    server.answer("/register", replace(Reply.json({"client_id": "client-7"}), delay=0.5))

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(lambda _: desk.agree(wish).status_code, range(2)))

    assert sorted(statuses) == [200, 409]
    assert len(server.requests_to("/register")) == len(rows(work, Platform)) == 1


def test_a_second_press_while_the_first_is_under_way_waits(desk, invite, work, server):
    token = invite()
    wish = desk.wish(token)
    with work.sessions.begin() as session:
        found = invites.find(session, token, datetime.now(UTC))
        assert invites.claim(session, found, datetime.now(UTC))

    assert desk.agree(wish).status_code == 409
    assert server.requests_to("/register") == []


def test_an_invite_whose_registration_died_halfway_can_be_used_again(desk, invite, work, server):
    accept(server)
    token = invite()
    wish = desk.wish(token)
    with work.sessions.begin() as session:
        found = invites.find(session, token, datetime.now(UTC))
        assert invites.claim(session, found, datetime.now(UTC) - timedelta(minutes=3))

    assert desk.agree(wish).status_code == 200


@pytest.mark.parametrize("token", ["", "forged", "é" * 9, "x" * 5000])
def test_without_an_invite_nothing_is_even_fetched(desk, server, token):
    assert desk.look(token, configuration(server.url)).status_code == 410
    assert server.seen == []


def test_an_invite_of_a_week_ago_opens_nothing(desk, invite, server):
    assert desk.look(invite(age=timedelta(days=7, seconds=1)), configuration(server.url)).status_code == 410
    assert server.seen == []


def test_opened_outside_an_lms_the_address_says_where_it_belongs(desk, invite):
    page = desk.open({"invite": invite()})

    assert page.status_code == 200
    assert "Dit adres hoort in uw leeromgeving" in page.text


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


def test_the_token_is_never_in_the_log(desk, invite, server, caplog):
    caplog.set_level("INFO")
    accept(server)
    token = invite()

    desk.agree(desk.wish(token))

    assert "lti.register result=pending" in caplog.text
    assert "t0k3n" not in caplog.text
    assert token not in caplog.text
