"""`platform invite`, and approving what registered by it."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from lti_tool.models.invites import Invite
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus
from lti_tool.services import invites, organisations, platforms
from lti_tool.services.platforms import NewPlatform

LMS = "https://93.184.216.34"
NEW = NewPlatform(LMS, "client-7", f"{LMS}/auth", f"{LMS}/token", f"{LMS}/jwks")


@pytest.fixture
def pending(session):
    """A platform that registered by itself; its id. Told a deployment, that waits."""

    def make(*deployments, invited_for=None):
        now = datetime.now(UTC)
        platform = platforms.take_in(session, NEW, PlatformStatus.PENDING, now)
        for name in deployments:
            platforms.let_wait(session, platform.id, name, now)
        if invited_for is not None:
            invite, _ = invites.make(session, invites.NewInvite(invited_for, False), now)
            assert invites.claim(session, invite, now)
            assert invites.use_up(session, invite, platform, now)
        session.commit()
        return platform.id

    return make


def token_in(output):
    return re.search(r"/lti/register\?invite=(\S+)$", output, re.MULTILINE).group(1)


def test_an_address_is_printed_whose_token_is_kept_nowhere(command, session):
    result = command("platform", "invite")

    token = token_in(result.output)
    (row,) = session.scalars(select(Invite))
    assert result.exit_code == 0
    assert "waits for: platform approve" in result.output
    assert token not in row.token_hash
    assert invites.find(session, token, datetime.now(UTC)) is row
    assert (row.is_trusted, row.organisation_id) == (False, None)


def test_trust_is_shown_with_whom_it_is_for(command, session):
    result = command("platform", "invite", "--trust")

    (row,) = session.scalars(select(Invite))
    assert "active at once, for Default organisation (default)." in result.output
    assert row.is_trusted
    assert row.organisation_id is not None


def test_trust_wants_an_organisation_where_there_are_two(command, session):
    command("organisation", "add", "second", "De tweede")

    unnamed = command("platform", "invite", "--trust")
    named = command("platform", "invite", "--trust", "--organisation=second")

    assert (unnamed.exit_code, named.exit_code) == (1, 0)
    assert "Name one with --organisation: default, second." in unnamed.output
    assert "for De tweede (second)." in named.output


def test_what_registered_by_itself_is_listed_as_waiting(command, pending):
    registration = pending("5")

    listed = command("platform", "list").output

    assert f"{registration}\t{LMS}\tclient-7\twaits for approval\n" in listed
    assert "  deployment 5\twaits since " in listed


def test_approving_lets_in_the_registration_with_its_deployment(command, session, pending):
    registration = pending("5")

    result = command("platform", "approve", str(registration), "--organisation=default")

    session.expire_all()
    assert result.output == f"client-7 of {LMS} may launch now.\nApproved: 5.\n"
    assert session.get(Platform, registration).status is PlatformStatus.ACTIVE
    assert [row.deployment_id for row in session.scalars(select(Deployment))] == ["5"]


def test_approving_one_that_named_no_deployment_says_that_they_come_later(command, session, pending):
    registration = pending()

    result = command("platform", "approve", str(registration), "--organisation=default")

    session.expire_all()
    assert result.output.endswith("Its deployments wait until they launch.\n")
    assert session.get(Platform, registration).status is PlatformStatus.ACTIVE


def test_who_does_not_confirm_lets_nothing_in(command, session, pending):
    registration = pending("5")

    result = command("platform", "approve", str(registration), typed="n\n")

    session.expire_all()
    assert "may launch now" not in result.output
    assert session.get(Platform, registration).status is PlatformStatus.PENDING


def test_the_organisation_of_the_invite_is_the_one_that_is_asked_about(command, session, pending):
    command("organisation", "add", "second", "De tweede")
    registration = pending("5", invited_for=organisations.find(session, "second").id)

    result = command("platform", "approve", str(registration), typed="y\n")

    assert "Do 5 belong to De tweede (second)?" in result.output
    assert result.exit_code == 0


def test_a_pending_registration_is_not_added_over(command, pending):
    pending()

    with_the_same = ["platform", "add", f"--issuer={LMS}", "--client-id=client-7"]
    urls = [f"--login-url={LMS}/a", f"--token-url={LMS}/t", f"--jwks-url={LMS}/j"]

    assert command(*with_the_same, *urls).exit_code == 1
