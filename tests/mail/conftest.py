"""Each letter in each language, and a real SMTP server with a connection to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from lti_tool.mail.letters import Letter, Writable, render
from lti_tool.mail.mailer import Connection
from tests.mail.connections import connected
from tests.mail.letters import CONTACT_LETTERS, LETTERS, LINK_LETTERS, letter_about
from tests.mail.smtp_server import MailServer, Postbox


@pytest.fixture
def about() -> Callable[..., Writable]:
    """`letter_about`, for the tests that change something in a letter."""
    return letter_about


@pytest.fixture(params=["nl", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=[*LETTERS, *CONTACT_LETTERS, *LINK_LETTERS])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def letter(name: str, locale: str) -> Letter:
    """Each letter in each language."""
    return render(letter_about(name, locale))


@pytest.fixture
def serve() -> Iterator[Callable[..., MailServer]]:
    """Starts mail servers, and stops them after the test."""
    servers: list[MailServer] = []

    def start(**options: Any) -> MailServer:
        servers.append(MailServer(Postbox(), **options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server(serve: Callable[..., MailServer]) -> MailServer:
    """A mail server that takes everything until it is told otherwise."""
    return serve()


@pytest.fixture
def to(about: Callable[..., Writable]) -> Callable[..., Letter]:
    """A letter to that address."""
    return lambda address="samira@waterhoek.example", **changes: render(
        about("check_in", to=address, **changes)
    )


@pytest.fixture
def connection(server: MailServer) -> Iterator[Connection]:
    """One to that server."""
    with connected(server.url) as open_connection:
        yield open_connection


@pytest.fixture
def login() -> dict[str, Any]:
    """Options of a server that wants the password "s3cr:t/@" of "beklijf"."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(b"beklijf", b"s3cr:t/@")
        return AuthResult(success=right, handled=False)

    return {"authenticator": check, "auth_required": True, "auth_require_tls": False}
