"""The one way out: every request of the tool to a platform goes through here."""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from lti_tool.lti import addresses, transport
from lti_tool.lti.addresses import ForbiddenAddress

USER_AGENT = "Beklijf/1 (LTI 1.3 tool)"
"""Canvas answers 403 to requests without one."""

MOST_BYTES = 512 * 1024
CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
TOTAL_SECONDS = 12.0
BACK_OFF = (0.2, 0.6)
"""Seconds before the second and the third attempt of a GET."""

# It writes every address whole, and some of them are secrets.
logging.getLogger("httpx").setLevel(logging.WARNING)

_WORTH_ANOTHER_TRY = {502, 503, 504}


class Fault(StrEnum):
    """Why there is no answer."""

    FORBIDDEN_ADDRESS = "forbidden_address"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


@dataclass(frozen=True)
class Answer:
    """What a platform answered, whatever the status. Redirects are not followed.

    headers: names in lower case.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def content(self) -> object:
        """What its JSON says; None when it is none."""
        try:
            content: object = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return content


@dataclass(frozen=True)
class NoAnswer:
    """Nothing that can be used came back. may_have_arrived: the other side may have taken the request."""

    fault: Fault
    may_have_arrived: bool = field(default=True, compare=False)


class Outgoing:
    """A client with limits: time, size, and where it goes. One per process, shared by its threads.

    local: http and loopback addresses are allowed, for hosts that are written as loopback.
    seconds: how long one call may take, its repeats included.
    """

    def __init__(self, *, local: bool, seconds: float = TOTAL_SECONDS) -> None:
        self._local = local
        self._seconds = seconds
        self._client = httpx.Client(
            transport=transport.GuardedTransport(local=local),
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
            follow_redirects=False,
        )

    def get(self, url: str, accept: str, token: str | None = None) -> Answer | NoAnswer:
        """Fetches a resource, with another try or two when that may help. token: what opens it."""
        self._begin()
        headers = {"Accept": accept} | ({} if token is None else {"Authorization": f"Bearer {token}"})
        for pause in BACK_OFF:
            outcome = self._exchange("GET", url, headers, b"")
            if not _may_pass(outcome):
                return outcome
            time.sleep(pause)
        return self._exchange("GET", url, headers, b"")

    def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Answer | NoAnswer:
        """Sends something, once."""
        self._begin()
        return self._exchange("POST", url, headers, content)

    def put(self, url: str, headers: Mapping[str, str], content: bytes) -> Answer | NoAnswer:
        """Puts something in its place, once."""
        self._begin()
        return self._exchange("PUT", url, headers, content)

    def close(self) -> None:
        """Closes all connections."""
        self._client.close()

    def _begin(self) -> None:
        transport.deadline.set(min(time.monotonic() + self._seconds, transport.latest.get()))

    def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes
    ) -> Answer | NoAnswer:
        try:
            with self._client.stream(method, url, headers=headers, content=content) as response:
                return _read(response)
        except ForbiddenAddress:
            return NoAnswer(Fault.FORBIDDEN_ADDRESS, may_have_arrived=False)
        except (httpcore.ConnectTimeout, httpcore.PoolTimeout):
            return NoAnswer(Fault.TIMED_OUT, may_have_arrived=False)
        except httpcore.ConnectError:
            return NoAnswer(Fault.UNREACHABLE, may_have_arrived=False)
        except httpcore.TimeoutException:
            return NoAnswer(Fault.TIMED_OUT)
        except httpcore.NetworkError:
            return NoAnswer(Fault.UNREACHABLE)
        except (httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL):
            return NoAnswer(Fault.BROKEN)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All requests of the block together take no longer: somebody waits for them, and holds a thread."""
    token = transport.latest.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        transport.latest.reset(token)


def refusal(url: str, *, local: bool) -> str | None:
    """Why an operator may not register this URL, in plain words, its addresses included; None when fine."""
    try:
        addresses.judge(url, local=local)
        place = httpx.URL(url)
        addresses.resolve(place.host, place.port or 443, local=local)
    except ForbiddenAddress as error:
        return str(error)
    except (OSError, httpx.InvalidURL):
        return "the host is not known on this network"
    return None


def _read(response: httpx.Response) -> Answer | NoAnswer:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        return NoAnswer(Fault.BROKEN)  # not asked for, and a small body could unpack to a huge one
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > MOST_BYTES:
            return NoAnswer(Fault.TOO_LARGE)
    return Answer(response.status_code, dict(response.headers), bytes(body))


def _may_pass(outcome: Answer | NoAnswer) -> bool:
    """Whether a second try soon may go better; a timeout has already cost its time."""
    if isinstance(outcome, NoAnswer):
        return outcome.fault is Fault.UNREACHABLE
    return outcome.status in _WORTH_ANOTHER_TRY
