"""What runs once for many tests: the tool's web server, an LMS, the keys and the server of a platform."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from demo_lms.running import RunningPlatform, WebServer
from tests.lti import platform_server
from tests.lti.platform_server import PlatformServer
from tests.web.campus import Stage


@pytest.fixture(scope="session")
def stage() -> Iterator[tuple[Stage, str]]:
    """The tool's web server, and its address. On `localhost`, so that the LMS is another site."""
    server, stage = WebServer("localhost"), Stage()
    server.start(stage)
    yield stage, server.url
    server.stop()


@pytest.fixture(scope="session")
def running_lms(stage: tuple[Stage, str]) -> Iterator[RunningPlatform]:
    """One LMS for all tests; its people and courses stay as they are."""
    with RunningPlatform(stage[1]) as running:
        yield running


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    """The key of a platform that the tests themselves sign for."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def other_key() -> rsa.RSAPrivateKey:
    """A key that this platform does not have, yet."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def running_server() -> Iterator[PlatformServer]:
    """The web server of that platform."""
    with platform_server.running() as server:
        yield server
