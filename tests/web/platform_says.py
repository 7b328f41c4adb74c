"""What platforms say of themselves at registration: a sound configuration, and a server that gives it."""

from typing import Any

from tests.lti.platform_server import PlatformServer, Reply

LTI = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
WHERE = "/.well-known/openid-configuration"

Said = dict[str, Any]


def configuration(url: str, **changes: object) -> Said:
    """A configuration as Moodle 4.5 gives it. A change to None takes the member away."""
    said: Said = {
        "issuer": url,
        "authorization_endpoint": f"{url}/auth",
        "token_endpoint": f"{url}/token",
        "jwks_uri": f"{url}/jwks",
        "registration_endpoint": f"{url}/register",
        "scopes_supported": [
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/score",
            "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
            "https://purl.imsglobal.org/spec/lti-ts/scope/toolsetting",
        ],
        "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email"],
        LTI: {
            "product_family_code": "moodle",
            "version": "4.5.6",
            "messages_supported": [
                {"type": "LtiResourceLinkRequest"},
                {"type": "LtiDeepLinkingRequest", "placements": ["ContentArea"]},
            ],
            "variables": ["Context.id.history"],
        },
    }
    said.update(changes)
    return {name: value for name, value in said.items() if value is not None}


def lti(**changes: object) -> Said:
    """The LTI part of a configuration, changed."""
    return {LTI: {**configuration("")[LTI], **changes}}


def offer(server: PlatformServer, said: object) -> str:
    """Lets a platform's server give a configuration; its address."""
    server.answer(WHERE, said if isinstance(said, Reply) else Reply.json(said))
    return server.url + WHERE


def accept(server: PlatformServer, deployment_id: object = "5", client_id: object = "client-7") -> None:
    """Lets a platform take the tool in."""
    own = {} if deployment_id is None else {"deployment_id": deployment_id}
    server.answer("/register", Reply.json({"client_id": client_id, TOOL: own}))
