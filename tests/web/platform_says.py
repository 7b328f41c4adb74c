"""A platform that registers: what it says of itself, and its administrator."""

import re
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.models.base import Base
from lti_tool.rounds.workplace import Workplace
from tests.lti.platform_server import PlatformServer, Reply

LTI = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
WHERE = "/.well-known/openid-configuration"

Said = dict[str, Any]
Row = TypeVar("Row", bound=Base)


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


class Desk:
    """The administrator of the platform, who opens the address that the platform makes of the invite."""

    def __init__(self, app: Flask, tool: str, server: PlatformServer) -> None:
        self.app, self.tool, self.server = app, tool, server

    def look(self, token: str, said: object, opens: str = "t0k3n") -> TestResponse:
        """The page that asks. said: a configuration, an answer of the platform, or an address."""
        address = said if isinstance(said, str) else offer(self.server, said)
        asked = {"invite": token, "openid_configuration": address, "registration_token": opens}
        return self.open(asked)

    def open(self, asked: Said) -> TestResponse:
        """The address with these parameters."""
        return self.app.test_client().get("/lti/register", query_string=asked, base_url=self.tool)

    def wish(self, token: str, said: object = None) -> str:
        """What the page carries for its button."""
        page = self.look(token, said or configuration(self.server.url)).text
        found = re.search(r'name="wish" value="([^"]+)"', page)
        assert found is not None
        return found.group(1)

    def agree(self, wish: str) -> TestResponse:
        """The button."""
        return self.app.test_client().post("/lti/register", data={"wish": wish}, base_url=self.tool)


def rows(work: Workplace, model: type[Row]) -> list[Row]:
    """What stands in a table now."""
    with work.reading() as session:
        return list(session.scalars(select(model)))
