"""A platform on the network, and the tool that it launches."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from lti_tool.lti import tool_keys
from lti_tool.lti.outgoing import Outgoing
from lti_tool.lti.ports import Registration, ToolKey
from tests.lti import memory
from tests.lti.lms import CLIENT, DEPLOYMENT, ISSUER, Lms, as_jwk
from tests.lti.platform_server import PlatformServer

REGISTRATION_ID = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(scope="session")
def weak_key() -> rsa.RSAPrivateKey:
    """A key too short to trust."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505


@pytest.fixture(scope="session")
def tool_key() -> ToolKey:
    """The tool's own key."""
    return tool_keys.make()


@pytest.fixture
def server(running_server: PlatformServer) -> PlatformServer:
    """The platform's web server, which has seen nothing yet."""
    running_server.forget()
    return running_server


@pytest.fixture(scope="session")
def outgoing() -> Iterator[Outgoing]:
    """The way out, open to this machine."""
    way = Outgoing(local=True, seconds=2)
    yield way
    way.close()


@pytest.fixture
def registration(server: PlatformServer) -> Registration:
    """The tool's registration at the platform."""
    return Registration(
        id=REGISTRATION_ID,
        issuer=ISSUER,
        client_id=CLIENT,
        login_url=ISSUER + "/auth",
        token_url=server.url + "/token",
        jwks_url=server.url + "/jwks",
        audience=None,
        active=True,
    )


@pytest.fixture
def lms(
    server: PlatformServer,
    registration: Registration,
    key: rsa.RSAPrivateKey,
    tool_key: ToolKey,
    outgoing: Outgoing,
) -> Lms:
    """A platform that is registered, with one approved deployment."""
    deployments = [(registration.id, DEPLOYMENT)]
    made = Lms(server, memory.store([registration], deployments, tool_key), registration, key, outgoing)
    made.publish(as_jwk(key))
    return made


@pytest.fixture
def second_client(lms: Lms) -> Registration:
    """Another client of the same issuer, as Canvas and Blackboard have many."""
    second = replace(lms.registration, id=UUID(int=2), client_id="client-2")
    lms.store.registrations.known.append(second)
    return second
