"""An LMS registers itself: by an invite, seen first, said yes to, and only then."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.lti.launches import NOTICES_SCOPE
from lti_tool.models.invites import Invite, InviteStatus
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus, WaitingDeployment
from lti_tool.services import invites
from tests.lti.platform_server import Reply
from tests.web.platform_says import TOOL, Desk, accept, configuration, lti, rows
from tests.web.tables import dump


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


def test_looking_shows_who_runs_the_tool_how_to_reach_them_and_their_privacy_statement(
    build, stage, work, server, invite
):
    own = {"operator": "Gemeente Waterhoek", "contact": "leren@waterhoek.example"}
    told = build(base_url=stage[1], **own, privacy_url="https://waterhoek.example/privacy")

    page = Desk(told, stage[1], server).look(invite(), configuration(server.url))

    assert "Wie beheert Beklijf hier?" in page.text
    assert "<dd>Gemeente Waterhoek</dd>" in page.text
    assert 'href="mailto:leren@waterhoek.example"' in page.text
    assert 'href="https://waterhoek.example/privacy"' in page.text
    assert "kan u meer vertellen" not in page.text


def test_a_tool_that_does_not_say_who_runs_it_names_whom_to_ask(desk, invite, server):
    page = desk.look(invite(), configuration(server.url))

    assert "Wie u het adres gaf, kan u meer vertellen." in page.text


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

    page = desk.agree(desk.wish(invite(trusted=True)))

    assert "Open Beklijf één keer vanuit een training." in page.text
    assert "mag Beklijf meteen openen" not in page.text
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

    assert "neemt geen scores aan" in page.text
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


def test_opened_outside_an_lms_the_address_says_where_it_belongs(desk, invite):
    page = desk.open({"invite": invite()})

    assert page.status_code == 200
    assert "Dit adres hoort in uw leeromgeving" in page.text


def test_the_token_is_never_in_the_log(desk, invite, server, caplog):
    caplog.set_level("INFO")
    accept(server)
    token = invite()

    desk.agree(desk.wish(token))

    assert "lti.register result=pending" in caplog.text
    assert "t0k3n" not in caplog.text
    assert token not in caplog.text
