"""`platform`: learning platforms that may launch."""

import re
from datetime import UTC, datetime

import click
import pytest
from sqlalchemy import select

from lti_tool.models.platforms import Deployment, Platform, WaitingDeployment
from lti_tool.services import platforms

LMS = "http://127.0.0.1:8421"
ADD = (
    "platform",
    "add",
    f"--issuer={LMS}",
    "--client-id=client-1",
    f"--login-url={LMS}/auth",
    f"--token-url={LMS}/token",
    f"--jwks-url={LMS}/jwks.json",
)
PUBLIC = {"base_url": "https://beklijf.example.org", "local": False}


@pytest.fixture
def registered(command):
    """A registration; its id, as the command says it."""
    return re.search(r"Registered ([0-9a-f-]{36})\.", command(*ADD).output).group(1)


@pytest.fixture
def let_wait(session, registered):
    """Puts deployments on the waiting list, as launches do."""

    def put(*names):
        platform = session.scalars(select(Platform)).one()
        for name in names:
            platforms.let_wait(session, platform.id, name, datetime.now(UTC))
            session.flush()
        session.commit()

    return put


def deployments(session):
    session.expire_all()
    found = {row.deployment_id: row.organisation_id for row in session.scalars(select(Deployment))}
    session.commit()  # so that reading here holds nobody up
    return found


def test_what_to_fill_in_at_the_platform_is_said(command):
    result = command(*ADD, "--deployment-id=1")

    assert result.exit_code == 0
    assert "login URL     http://localhost:8420/lti/login/" in result.output
    assert "redirect URL  http://localhost:8420/lti/launch" in result.output
    assert "key set URL   http://localhost:8420/lti/jwks.json" in result.output


def test_a_platform_is_listed_with_its_deployments_and_those_that_wait(command, registered, let_wait):
    command("platform", "approve", registered, "--deployment-id=7", "--organisation=default")
    let_wait("9")

    listed = command("platform", "list").output

    assert f"{registered}\t{LMS}\tclient-1\n" in listed
    assert "  deployment 7\tdefault\n" in listed
    assert "  deployment 9\twaits since " in listed


def test_no_platform_yet_is_said(command):
    assert command("platform", "list").output == "No platform is registered yet.\n"


def test_the_same_client_twice_is_refused(command, registered):
    result = command(*ADD)

    assert result.exit_code == 1
    assert "registered already" in result.output


@pytest.mark.parametrize("number", [4, 5, 6])
def test_http_is_refused_without_local_mode(command, number):
    safe = [part.replace(LMS, "https://1.1.1.1") for part in ADD]
    safe[number] = ADD[number]

    result = command(*safe, **PUBLIC)

    assert result.exit_code == 1
    assert f"{LMS}/" in result.output
    assert "https only" in result.output
    assert command("platform", "list", **PUBLIC).output == "No platform is registered yet.\n"


@pytest.mark.parametrize("host", ["10.0.0.5", "169.254.169.254", "[::1]"])
def test_a_private_address_is_refused_without_local_mode(command, host):
    result = command(*(part.replace(LMS, f"https://{host}") for part in ADD), **PUBLIC)

    assert result.exit_code == 1
    assert command("platform", "list", **PUBLIC).output == "No platform is registered yet.\n"


def test_an_origin_that_would_say_more_than_an_origin_is_refused(command):
    for origin in ("https://lms.example.org/path", "https://a.example; script-src *", "lms.example.org"):
        result = command(*ADD, f"--frame-origin={origin}")

        assert result.exit_code == 1
        assert "an origin is like https://lms.example.org" in result.output


def test_approving_asks_to_confirm_the_only_organisation_by_name(command, session, registered, let_wait):
    let_wait("1", "2")

    result = command("platform", "approve", registered, typed="y\n")

    assert result.exit_code == 0
    assert "Do 1, 2 belong to Default organisation (default)?" in result.output
    assert set(deployments(session)) == {"1", "2"}


def test_a_launch_that_comes_while_an_operator_thinks_is_written_and_not_approved_with_the_rest(
    command, session, registered, let_wait, monkeypatch
):
    let_wait("school-1")
    monkeypatch.setattr(click, "confirm", lambda *_args, **_kwargs: let_wait("school-2"))

    result = command("platform", "approve", registered)

    assert result.exit_code == 0, result.output
    assert list(deployments(session)) == ["school-1"]
    assert [row.deployment_id for row in session.scalars(select(WaitingDeployment))] == ["school-2"]


def test_who_does_not_confirm_approves_nothing(command, session, registered, let_wait):
    let_wait("1")

    result = command("platform", "approve", registered, typed="n\n")

    assert result.exit_code == 1
    assert deployments(session) == {}


def test_with_two_organisations_one_must_be_named(command, session, registered, let_wait):
    command("organisation", "add", "second", "De tweede")
    let_wait("1")

    unnamed = command("platform", "approve", registered)
    unknown = command("platform", "approve", registered, "--organisation=third")
    named = command("platform", "approve", registered, "--organisation=second")

    assert unnamed.exit_code == unknown.exit_code == 1
    assert unnamed.output == "Error: Name one with --organisation: default, second.\n"
    assert unknown.output.startswith("Error: There is no organisation third. ")
    assert (named.exit_code, named.output) == (0, "Approved: 1.\n")
    assert set(deployments(session)) == {"1"}


def test_a_deployment_never_changes_organisation(command, session, registered):
    command("organisation", "add", "second", "De tweede")
    command("platform", "approve", registered, "--deployment-id=1", "--organisation=default")
    before = deployments(session)

    result = command("platform", "approve", registered, "--deployment-id=1", "--organisation=second")

    assert result.exit_code == 1
    assert "belongs to another organisation" in result.output
    assert deployments(session) == before


def test_nothing_that_waits_is_said(command, registered):
    result = command("platform", "approve", registered)

    assert (result.exit_code, result.output) == (
        1,
        "Error: No deployment waits. Name one with --deployment-id.\n",
    )


def test_a_platform_that_was_removed_is_listed_no_more_and_can_come_back(command, registered):
    removed = command("platform", "remove", registered, "--yes")
    listed = command("platform", "list").output
    again = command(*ADD)

    assert removed.output.endswith(f"\nRemoved client-1 of {LMS}.\n")
    assert listed == "No platform is registered yet.\n"
    assert f"Registered {registered}." in again.output


def test_a_registration_that_is_not_there_is_named(command):
    nobody = "00000000-0000-4000-8000-000000000000"

    for verb in ("remove", "approve"):
        result = command("platform", verb, nobody)

        assert (result.exit_code, result.output) == (1, f"Error: There is no registration {nobody}.\n")


def test_launches_of_nobody_are_refused_until_an_operator_lets_them_in(command, session, registered):
    def allowed():
        session.expire_all()
        found = session.scalars(select(Platform.allow_anonymous)).one()
        session.commit()
        return found

    before = allowed()
    opened = command("platform", "change", registered, "--allow-anonymous")
    during = allowed()
    listed = command("platform", "list").output
    command("platform", "change", registered, "--refuse-anonymous")

    assert (before, during, allowed()) == (False, True, False)
    assert opened.output == f"client-1 of {LMS}: anonymous launches are allowed.\n"
    assert "\tanonymous launches allowed\n" in listed


def test_launches_of_nobody_can_be_let_in_from_the_start(command, session):
    command(*ADD, "--allow-anonymous")

    assert session.scalars(select(Platform.allow_anonymous)).one()
