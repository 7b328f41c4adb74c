"""Letters of one learner's two weeks, and a real SMTP server that can be told to misbehave."""

import asyncio
import email.policy
import re
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from lti_tool.domain.cadences import StepId
from lti_tool.mail.contact_letters import ContactLetter
from lti_tool.mail.download_letters import DownloadLetter
from lti_tool.mail.letters import Letter, NudgeLetter, Writable, render

ENDED_ON, MADE_ON, OWN_ON = date(2025, 6, 3), date(2025, 6, 3), date(2025, 6, 10)
FIRST_ON, HARVEST_ON, YIELD_ON = date(2025, 5, 20), date(2025, 6, 16), date(2025, 7, 3)
COURSE = "https://leren.example.nl/course/view.php?id=12&lang=nl"
REHEARSE_ON, CHECK_IN_ON, LAST_ON = date(2025, 6, 4), date(2025, 6, 13), date(2025, 6, 17)

OWN_WORDS = {
    "nl": {
        "training": "Doorvragen aan de balie",
        "when_words": "een inwoner belt",
        "then_words": "vraag ik eerst door",
        "cue": "doorvragen",
    },
    "en": {
        "training": "Listening at the counter",
        "when_words": "a resident calls",
        "then_words": "ask one more question first",
        "cue": "ask one more question",
    },
}
NO_PLAN = {"when_words": None, "then_words": None, "cue": None, "plan_made_on": None, "own_on": None}
BEFORE_THE_END = {**NO_PLAN, "answer_url": None, "course_url": COURSE, "first_on": FIRST_ON}
IF_ANSWERED = {"after_an_answer": YIELD_ON}
AND_HARVEST = {"course_url": COURSE, "also": StepId.HARVEST}
LETTERS: dict[str, dict[str, Any]] = {
    "prepare": {
        **BEFORE_THE_END,
        "today": date(2025, 5, 6),
        "coming": ((date(2025, 5, 13), "prepare_again"), (date(2025, 5, 22), "between")),
    },
    "prepare_again": {
        **BEFORE_THE_END,
        "today": date(2025, 5, 13),
        "coming": ((date(2025, 5, 22), "between"),),
    },
    "between": {
        **BEFORE_THE_END,
        "today": date(2025, 5, 22),
        "meeting_on": FIRST_ON,
        "next_meeting_on": ENDED_ON,
        "coming": ((REHEARSE_ON, "plan"), (LAST_ON, "last_call")),
    },
    "plan": {
        **NO_PLAN,
        "today": REHEARSE_ON,
        "answer_url": None,
        "course_url": COURSE,
        "coming": ((LAST_ON, "last_call"),),
    },
    "rehearse": {
        "today": REHEARSE_ON,
        "coming": ((OWN_ON, "own_date"), (CHECK_IN_ON, "check_in"), (LAST_ON, "last_call")),
    },
    "own_date": {
        **IF_ANSWERED,
        "today": OWN_ON,
        "coming": ((CHECK_IN_ON, "check_in"), (LAST_ON, "last_call")),
    },
    "check_in": {**IF_ANSWERED, "today": CHECK_IN_ON, "coming": ((LAST_ON, "last_call"),)},
    "check_in_and_harvest": {**AND_HARVEST, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "harvest": {
        "today": HARVEST_ON,
        "answer_url": None,
        "course_url": COURSE,
        **IF_ANSWERED,
        "coming": ((LAST_ON, "last_call"),),
    },
    "harvest_after_use": {
        "today": HARVEST_ON,
        "answer_url": None,
        "course_url": COURSE,
        "has_used_it": True,
        "coming": ((YIELD_ON, "yield"),),
    },
    "last_call": {**IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "last_call_and_harvest": {**AND_HARVEST, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "last_call_without_plan": {**NO_PLAN, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "yield": {"today": YIELD_ON, "course_url": COURSE, "is_last": True},
    "yield_without_plan": {**NO_PLAN, "today": YIELD_ON, "course_url": COURSE, "is_last": True},
}


OF_ONE = {"is_leader": True}
CONTACT_LETTERS: dict[str, dict[str, Any]] = {
    "invitation": {},
    "invitation_of_one": OF_ONE,
    "invitation_of_one_by_name": {**OF_ONE, "told_by": "Samira Bakkali"},
    "talk_of_one": {**OF_ONE, "first_on": FIRST_ON, "next_on": date(2025, 6, 11)},
    "opened": {"until_on": LAST_ON, "next_on": date(2025, 6, 11)},
    "leader": {"next_on": date(2025, 6, 23)},
    "leader_of_one": OF_ONE,
    "closed": {"next_on": date(2025, 8, 4)},
    "value_check": {},
}


DOWNLOAD = "download"


def step_of(name: str) -> str:
    """The step of a letter; what comes after it in its name is the situation."""
    return re.sub(r"_(without|and|after|of)_.*", "", name)


def letter_about(name: str, locale: str = "nl", **changes: Any) -> Writable:
    """One of the letters about a training that ended on Tuesday 3 June 2025, to a learner or a contact."""
    if name == DOWNLOAD:
        return _download_letter(locale)
    if name in CONTACT_LETTERS:
        return _contact_letter(name, locale, changes)
    given = {
        "step": StepId(step_of(name)),
        "locale": locale,
        "to": "samira@waterhoek.example",
        **OWN_WORDS[locale],
        "plan_made_on": MADE_ON,
        "own_on": OWN_ON,
        "ended_on": ENDED_ON,
        "answer_url": "https://beklijf.example/c/q7Hd2mXw",
        "preferences_url": "https://beklijf.example/m/v3KpR9",
        "unsubscribe_url": "https://beklijf.example/m/v3KpR9",
        "mail_from": "post@beklijf.example",
        "message_id": "<5f0c@beklijf.example>",
        "sent_at": datetime(2025, 6, 4, 7, 30, tzinfo=UTC),
    }
    return NudgeLetter(**{**given, **LETTERS[name], **changes})


def _contact_letter(name: str, locale: str, changes: dict[str, Any]) -> ContactLetter:
    given = {
        "step": step_of(name),
        "locale": locale,
        "to": "ingrid@waterhoek.example",
        "training": OWN_WORDS[locale]["training"],
        "url": "https://beklijf.example/o/Zt81bQ",
        "stop_url": "https://beklijf.example/o/Zt81bQ/stop",
        "unsubscribe_url": "https://beklijf.example/o/Zt81bQ/stop",
        "mail_from": "post@beklijf.example",
        "message_id": "<5f0c@beklijf.example>",
        "sent_at": datetime(2025, 6, 4, 7, 30, tzinfo=UTC),
    }
    return ContactLetter(**{**given, **CONTACT_LETTERS[name], **changes})


def _download_letter(locale: str) -> DownloadLetter:
    """The one letter that is about no training."""
    return DownloadLetter(
        locale=locale,
        to="samira@waterhoek.example",
        organisation="Gemeente Waterhoek",
        url="https://beklijf.example/a/Qx3wT7",
        preferences_url="https://beklijf.example/m/v3KpR9",
        unsubscribe_url="https://beklijf.example/m/v3KpR9",
        mail_from="post@beklijf.example",
        message_id="<5f0c@beklijf.example>",
        sent_at=datetime(2025, 6, 4, 7, 30, tzinfo=UTC),
    )


@pytest.fixture
def about() -> Callable[..., Writable]:
    """`letter_about`, for the tests that change something in a letter."""
    return letter_about


@pytest.fixture(params=["nl", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=[*LETTERS, *CONTACT_LETTERS, DOWNLOAD])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def letter(name: str, locale: str) -> Letter:
    """Each letter in each language."""
    return render(letter_about(name, locale))


class Postbox:
    """What the server took, and what it does at each stage instead of taking.

    at_mail, at_content: called with the server's side of the connection; a reply they return is given.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.connections = 0
        self.at_mail: Callable[[SMTP], Awaitable[str | None]] | None = None
        self.at_content: Callable[[SMTP], Awaitable[str | None]] | None = None

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = await self.at_mail(server) if self.at_mail else None
        envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address not in self.refusals:
            envelope.rcpt_tos.append(address)
        return self.refusals.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        reply = await self.at_content(server) if self.at_content else None
        if reply is None:
            self.letters.append(message_from_bytes(envelope.content, policy=email.policy.default))
        return reply or "250 OK"


class MailServer:
    """aiosmtpd on a loopback port that the system chooses, in a thread of its own."""

    def __init__(self, postbox: Postbox, tls: ssl.SSLContext | None = None, **options: Any) -> None:
        self.postbox = postbox
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._in_loop(
            self._loop.create_server(
                lambda: SMTP(postbox, loop=self._loop, **options), "127.0.0.1", 0, ssl=tls
            )
        )
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """No new connections, and the open ones are gone."""
        if self._loop.is_closed():
            return
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _in_loop(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=10)


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
def login() -> dict[str, Any]:
    """Options of a server that wants the password "s3cr:t/@" of "beklijf"."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(b"beklijf", b"s3cr:t/@")
        return AuthResult(success=right, handled=False)

    return {"authenticator": check, "auth_required": True, "auth_require_tls": False}
