"""A platform as the network sees it: a real HTTP server on this machine, with answers to order."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One answer. delay: seconds before it. drip: seconds between the bytes of its body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    drip: float = 0

    @classmethod
    def json(cls, content: object, status: int = 200, **headers: str) -> "Reply":
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status, json.dumps(content).encode(), {"Content-Type": "application/json", **named})


@dataclass(frozen=True)
class Seen:
    """One request that came in. connection: names the connection that it came over."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int


Answer = Reply | Callable[[Seen], Reply]
"""What to answer, or what decides it."""


class PlatformServer(ThreadingHTTPServer):
    """Answers each path with the replies set for it, the last one for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.replies: dict[str, list[Answer]] = {}
        self.seen: list[Seen] = []

    def forget(self) -> None:
        self.replies, self.seen = {}, []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str, *replies: Answer) -> None:
        self.replies[path] = list(replies)

    def requests_to(self, path: str) -> list[Seen]:
        return [one for one in self.seen if one.target.split("?")[0] == path]

    def reply_to(self, request: Seen) -> Reply:
        waiting = self.replies.get(request.target.split("?")[0], [Reply(404)])
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return answer if isinstance(answer, Reply) else answer(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Silence: a client that gives up on a slow answer is what some tests are about."""


class _Exchange(BaseHTTPRequestHandler):
    server: PlatformServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Seen(self.command, self.path, headers, content, self.client_address[1])
        self.server.seen.append(request)
        reply = self.server.reply_to(request)
        time.sleep(reply.delay)
        self.send_response_only(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self._write(reply)

    def _write(self, reply: Reply) -> None:
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(reply.drip)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@contextmanager
def running() -> Iterator[PlatformServer]:
    """A server that answers until the block ends."""
    server = PlatformServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
