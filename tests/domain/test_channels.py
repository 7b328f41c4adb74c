"""Which addresses are of a channel, held strictly."""

import pytest

from lti_tool.domain import channels
from lti_tool.domain.channels import Service

SLACK = "https://hooks.slack.com/services/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"
ASKED = "api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-_9"
FLOW = f"workflows/4f3a1c0e9d/triggers/manual/paths/invoke?{ASKED}"
TEAMS = (
    f"https://default12ab.cd.environment.api.powerplatform.com:443/powerautomate/automations/direct/{FLOW}"
)
LOGIC = f"https://prod-12.westeurope.logic.azure.com:443/{FLOW}"


@pytest.mark.parametrize(
    ("url", "service"),
    [
        (SLACK, Service.SLACK),
        (f"  {SLACK}\n", Service.SLACK),
        (TEAMS, Service.TEAMS),
        (TEAMS.replace("/direct/", "/direct/cu/07/"), Service.TEAMS),
        (LOGIC, Service.TEAMS),
    ],
)
def test_an_address_as_the_service_hands_it_out_is_of_a_channel(url, service):
    assert channels.read(url, local=False) == channels.Channel(service, url.strip())


@pytest.mark.parametrize(
    "url",
    [
        "",
        SLACK.replace("https", "http"),
        SLACK.replace("hooks.slack.com", "hooks.slack.com.evil.example"),
        SLACK.replace("hooks.slack.com", "evil.example\\@hooks.slack.com"),
        SLACK.replace("hooks.slack.com", "me@hooks.slack.com"),
        SLACK.replace("hooks.slack.com", "hooks.slack.com:8443"),
        SLACK.replace("hooks.slack.com", "169.254.169.254"),
        SLACK + "/../../api",
        SLACK + "?redirect=yes",
        SLACK + "#x",
        SLACK + "\nHost: evil.example",
        SLACK.replace("services", "workflows"),
        TEAMS.replace("api.powerplatform.com", "api.powerplatform.com.evil.example"),
        TEAMS.replace("default12ab.cd.environment.api.powerplatform.com", "evilapi.powerplatform.com"),
        TEAMS.partition("?")[0],
        LOGIC + "&template=file:///etc/passwd",
        LOGIC.replace("prod-12.westeurope.logic.azure.com", "logic.azure.com"),
        "https://gemeente.webhook.office.com/webhookb2/abc/IncomingWebhook/def/ghi",
        "slack://T024BE7LD/B19HNT2QL/k3Jf02mQx91LaPzB7wRt5uYc",
        "http://127.0.0.1:8080/services/T/B/x",
        SLACK + "a" * channels.LONGEST,
    ],
)
def test_any_other_address_is_of_no_channel(url):
    assert channels.read(url, local=False) is None


def test_on_the_machine_of_a_demo_a_server_may_stand_for_either_service():
    here = "http://127.0.0.1:8080"

    assert channels.read(f"{here}/services/T/B/x", local=True).service is Service.SLACK
    assert channels.read(f"{here}/{FLOW}", local=True).service is Service.TEAMS
    assert channels.read("http://10.0.0.1/services/T/B/x", local=True) is None


def test_an_address_stands_in_no_representation():
    assert "k3Jf02" not in repr(channels.read(SLACK, local=False))
