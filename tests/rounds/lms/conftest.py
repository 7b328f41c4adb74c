"""An LMS that really runs, and the tool behind a web server, where the LMS finds its keys."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from demo_lms.running import RunningPlatform, WebServer
from lti_tool.rounds.workplace import Workplace
from tests.factories import Place
from tests.rounds.lms import scoring


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


@pytest.fixture
def where(work: Workplace, session: Session, lms: RunningPlatform) -> Place:
    """A link of the LMS whose part is the plan; a file about something else makes its own."""
    return scoring.place(work, session, lms)
