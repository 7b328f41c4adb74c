"""The application behind a real web server, the strict demo LMS beside it, and browsers."""

from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask

from demo_lms.running import RunningPlatform, WebServer
from lti_tool.rounds.workplace import Workplace
from tests.lti import platform_server
from tests.lti.platform_server import PlatformServer
from tests.web.campus import Campus, Stage


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


@pytest.fixture
def app(build: Callable[..., Flask], stage: tuple[Stage, str], running_lms: RunningPlatform) -> Flask:
    """The application, on the tool's web server; its letters go to the LMS's mailbox."""
    show, url = stage
    show.app = build(base_url=url, smtp_url=f"smtp://127.0.0.1:{running_lms.smtp.port}")
    return show.app


@pytest.fixture
def campus(
    app: Flask, work: Workplace, stage: tuple[Stage, str], running_lms: RunningPlatform
) -> Iterator[Campus]:
    """The tool, which knows the LMS; what the LMS held against it fails the test."""
    held_before = len(running_lms.platform.complaints.all())
    running_lms.platform.next_token = None
    campus = Campus(app, work, running_lms, stage[1])
    yield campus
    campus.close()
    assert running_lms.platform.complaints.all()[held_before:] == []


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    """The key of a platform that the tests themselves sign for."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def other_key() -> rsa.RSAPrivateKey:
    """A key that this platform does not have."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def running_server() -> Iterator[PlatformServer]:
    """The web server of that platform."""
    with platform_server.running() as server:
        yield server


@pytest.fixture
def server(running_server: PlatformServer) -> PlatformServer:
    """The platform's web server, which has seen nothing yet."""
    running_server.forget()
    return running_server
