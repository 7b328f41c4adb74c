"""The connections of `outgoing`: they go only where `addresses` allows, and end in time.

The name is looked up here, once, and the connection goes to the address that was judged:
a name that answers differently the second time (DNS rebinding) has no second time.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from math import inf

import httpcore
import httpx

from lti_tool.lti import addresses

MOST_CONNECTIONS = 20
MOST_ADDRESSES = 2

deadline: ContextVar[float] = ContextVar("deadline")
"""When the exchange of this thread must have ended, on the monotonic clock."""

latest: ContextVar[float] = ContextVar("latest", default=inf)
"""When all exchanges that belong together must have ended, on the same clock."""


def _left(timeout: float | None) -> float:
    left = deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("out of time")
    return left if timeout is None else min(left, timeout)


class TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends by the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Reads, within the time left."""
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Writes, within the time left."""
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        """Closes the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Goes on encrypted; the certificate must be of the host that was asked for."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> object:
        """What the pool asks about the connection."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.SyncBackend):
    """Connects to judged addresses only."""

    def __init__(self, *, local: bool) -> None:
        self._local = local

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers; raises ForbiddenAddress."""
        try:
            found = addresses.resolve(host, port, local=self._local)
        except OSError as error:
            raise httpcore.ConnectError("the name does not resolve") from error
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in found[:MOST_ADDRESSES]:
            try:
                stream = super().connect_tcp(address, port, _left(timeout), local_address, socket_options)
                return TimedStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class Body(httpx.SyncByteStream):
    """The body of an answer as it comes in."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Gives the connection back, read to the end or not."""
        self._answer.close()


class GuardedTransport(httpx.BaseTransport):
    """A pool of guarded connections. Proxies of the environment are not used: they would see for us."""

    def __init__(self, *, local: bool) -> None:
        self._local = local
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=15.0,
            network_backend=GuardedBackend(local=local),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; raises ForbiddenAddress and the errors of httpcore."""
        addresses.judge(str(request.url), local=self._local)
        target = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=Body(answer))

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()
