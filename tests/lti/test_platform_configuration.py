"""Whose configuration it is: an issuer speaks from its own host, or its vendor's where many share one."""

import json

import pytest

from lti_tool.lti import platform_configuration
from lti_tool.lti.platform_configuration import NotRegistered, PlatformConfiguration, Problem

MEMBERS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")
CANVAS = {
    "issuer": "https://canvas.instructure.com",
    "authorization_endpoint": "https://sso.canvaslms.com/api/lti/authorize_redirect",
    "token_endpoint": "https://sso.canvaslms.com/login/oauth2/token",
    "jwks_uri": "https://sso.canvaslms.com/api/lti/security/jwks",
    "registration_endpoint": "https://school.instructure.com/api/lti/registrations",
}
BLACKBOARD = {
    "issuer": "https://blackboard.com",
    **dict.fromkeys(MEMBERS, "https://developer.blackboard.com/api/v1/x"),
}


def parsed(said: dict[str, str], address: str) -> PlatformConfiguration | NotRegistered:
    return platform_configuration.parse(json.dumps(said).encode(), address, local=False)


def own(host: str) -> dict[str, str]:
    return {"issuer": f"https://{host}", **dict.fromkeys(MEMBERS, f"https://{host}/x")}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (CANVAS, "https://school.instructure.com/api/lti/security/openid-configuration?registration_token=x"),
        (CANVAS, "https://sso.canvaslms.com/api/lti/security/openid-configuration"),
        (BLACKBOARD, "https://developer.blackboard.com/.well-known/openid-configuration"),
        (own("lms.example"), "https://lms.example/mod/lti/openid-configuration.php"),
        (own("LMS.example"), "https://lms.example/x"),
        (
            {**own("lms.example"), "token_endpoint": "https://auth.elsewhere.example/token"},
            "https://lms.example/x",
        ),
    ],
)
def test_an_issuer_is_believed_from_its_own_host(said: dict[str, str], address: str) -> None:
    found = parsed(said, address)

    assert isinstance(found, PlatformConfiguration)
    assert found.issuer == said["issuer"]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (CANVAS, "https://instructure.com.evil.example/x"),
        (CANVAS, "https://evilinstructure.com/x"),
        (BLACKBOARD, "https://school.instructure.com/x"),
        (own("lms.example"), "https://evil.example/x"),
        (own("lms.example"), "https://other.lms.example/x"),
    ],
)
def test_nobody_else_speaks_for_an_issuer(said: dict[str, str], address: str) -> None:
    assert parsed(said, address) == NotRegistered(Problem.OTHER_HOST, said["issuer"].split("//")[1])


@pytest.mark.parametrize("member", MEMBERS)
def test_of_an_issuer_that_many_share_every_address_must_be_the_vendors(member: str) -> None:
    said = {**CANVAS, member: "https://evil.example/x"}

    found = parsed(said, "https://school.instructure.com/x")

    assert found == NotRegistered(Problem.OTHER_HOST, "canvas.instructure.com")


@pytest.mark.parametrize("issuer", ["https://lms.example/#x", "https://lms.example/?x=1"])
def test_an_issuer_has_no_query_and_no_fragment(issuer: str) -> None:
    found = parsed({**own("lms.example"), "issuer": issuer}, "https://lms.example/x")

    assert found == NotRegistered(Problem.UNFIT_MEMBER, "issuer")
