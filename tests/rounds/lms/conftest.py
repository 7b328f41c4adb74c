"""An LMS that really runs, and the tool behind a web server, where the LMS finds its keys."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from demo_lms.running import RunningPlatform, WebServer


@pytest.fixture
def server() -> Iterator[WebServer]:
    with_address = WebServer("localhost")
    yield with_address
    with_address.stop()


@pytest.fixture
def app(build: Callable[..., Flask], server: WebServer) -> Flask:
    application = build(base_url=server.url)
    server.start(application)
    return application


@pytest.fixture
def lms(server: WebServer) -> Iterator[RunningPlatform]:
    with RunningPlatform(server.url) as running:
        yield running
