"""An administrator installs the tool in an LMS without it: from the pasted address to the first launch."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from demo_lms.browser import Browser
from demo_lms.courses import ResourceLink
from demo_lms.running import RunningPlatform
from demo_lms.switches import Profile, Switches
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment, Platform, PlatformStatus, WaitingDeployment
from lti_tool.services import invites, organisations, platforms
from lti_tool.services.invites import NewInvite


@pytest.fixture
def empty_lms(app, stage) -> Iterator[RunningPlatform]:
    """An LMS without the tool; what it held against the tool fails the test."""
    with RunningPlatform(stage[1], is_installed=False) as running:
        yield running
        assert running.platform.complaints.all() == []


@pytest.fixture
def install(work, stage, empty_lms):
    """The administrator pastes the address of an invite, says yes, and activates the tool.

    A course then has an activity that opens it.
    """

    def install(*, trusted: bool):
        with work.sessions.begin() as session:
            owner = organisations.find(session, "default").id
            _, token = invites.make(session, NewInvite(owner, trusted), datetime.now(UTC))
        with Browser(empty_lms.url) as browser:
            browser.sign_in("beheer")
            pasted = {"url": f"{stage[1]}/lti/register?invite={token}"}
            around = browser.submit(browser.visit("/tools"), pasted, having="url")
            done = browser.submit(browser.open_frame(around), having="wish")
            activate = browser.visit("/tools")
            browser.submit(activate, {"in_chooser": True}, "Activeren", having="Activeren")
        empty_lms.platform.add_link(ResourceLink("3111", "311", "Voorbereiden", ""))
        return done

    return install


def first(work, model):
    with work.reading() as session:
        return session.query(model).one()


@pytest.mark.database
def test_with_a_trusted_invite_people_launch_at_once(work, empty_lms, install):
    done = install(trusted=True)

    platform = first(work, Platform)
    with Browser(empty_lms.url) as browser:
        browser.sign_in("ineke")
        page = browser.launch("3111")

    assert "Beklijf is gekoppeld" in done.text
    assert (platform.issuer, platform.status) == (empty_lms.url, PlatformStatus.ACTIVE)
    assert platform.client_id == empty_lms.platform.registration.client_id
    assert first(work, Deployment).deployment_id == "1"
    assert page.status == 200
    assert "/v/" in page.url


def test_without_trust_a_launch_waits_until_an_operator_says_yes(work, empty_lms, install):
    install(trusted=False)

    with Browser(empty_lms.url) as browser:
        browser.sign_in("ineke")
        before = browser.launch("3111")
        waits = first(work, WaitingDeployment).deployment_id
        with work.sessions.begin() as session:
            platform = session.query(Platform).one()
            platforms.activate(session, platform)
            owner = organisations.find(session, "default").id
            platforms.approve(session, platform, waits, owner, datetime.now(UTC))
        after = browser.launch("3111")

    assert (before.status, after.status) == (403, 200)
    assert "Beklijf is hier nog niet open" in before.text


def test_the_launch_carries_the_time_zone_that_the_registration_asked_for(work, empty_lms, install):
    install(trusted=True)
    with Browser(empty_lms.url) as browser:
        browser.sign_in("sanne")
        browser.launch("3111")

    assert first(work, Person).time_zone == "Europe/Amsterdam"


def test_an_lms_that_guards_its_configuration_as_canvas_does_is_read_too(work, empty_lms, install):
    empty_lms.platform.switches = Switches(profile=Profile.CANVAS)

    done = install(trusted=True)

    assert "Enable & Close" in done.text
    assert first(work, Platform).status is PlatformStatus.ACTIVE


def test_a_trainer_adds_activities_with_what_was_installed(empty_lms, install):
    install(trusted=True)

    with Browser(empty_lms.url) as browser:
        browser.sign_in("ineke")
        around = browser.follow(browser.visit("/courses/312"), "Activiteit toevoegen met Beklijf")
        landed = browser.submit(browser.open_frame(around))
        page = browser.submit(browser.submit(landed) if landed.has_form("repost") else landed)

    assert page.status == 200
    assert page.url.endswith("/choose")


def test_the_lms_gives_no_more_than_was_asked_for(empty_lms, install):
    install(trusted=True)

    platform = empty_lms.platform
    claims = platform.claims_for(platform.person("sanne"), platform.link("3111"))

    assert claims["email"] == "sanne.dewit@gemeente.example"
    assert claims["name"] == "Sanne de Wit"
    assert {scope.rsplit("/", 1)[1] for scope in claims[
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]["scope"]
    } == {"score", "lineitem", "lineitem.readonly"}  # fmt: skip
