"""A running LMS: web server and SMTP server in threads of this process."""

import socket
import threading
from types import TracebackType
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server

from demo_lms import loopback
from demo_lms.app import create_app
from demo_lms.platform import Platform
from demo_lms.registration import Registration
from demo_lms.smtp import MailServer

THREADS = 8


class WebServer:
    """Waitress in a thread. It binds its port first, so that the application may know its own address."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        host = loopback.require(host)
        address = "127.0.0.1" if host == "localhost" else host
        self._socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((address, port))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._channels: dict[int, Any] = {}
        self._server: Any = None
        self._thread: threading.Thread | None = None
        self._stopping, self._may_close = threading.Event(), threading.Event()

    def start(self, application: WSGIApplication) -> None:
        self._server = create_server(
            application, map=self._channels, sockets=[self._socket], threads=THREADS, ident="leerhuis"
        )
        self._thread = threading.Thread(target=self._serve, name=f"web-{self.port}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let answers on their way go out, close every connection and wait for the thread."""
        if self._server is None or self._thread is None:
            self._socket.close()
            return
        self._server.trigger.pull_trigger(self._stopping.set)
        self._may_close.set()
        self._thread.join(timeout=10)

    def _serve(self) -> None:
        """Waitress's own `run` with an end to it.

        Waitress wakes its loop through a pipe that it knows by number. The pipe is closed only when nobody
        can write to it any more: not whoever called `stop`, and none of the workers.
        """
        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, map=self._channels, count=1)
        self._may_close.wait()
        self._server.task_dispatcher.shutdown(timeout=5)
        wasyncore.close_all(self._channels, ignore_all=True)


class RunningPlatform:
    """A context in which a whole LMS runs on free loopback ports.

    tool: the address of the tool to launch.
    is_installed: whether the LMS has the tool from the start.
    """

    def __init__(
        self,
        tool: str,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        smtp_host: str = "127.0.0.1",
        smtp_port: int = 0,
        is_installed: bool = True,
    ) -> None:
        self._web = WebServer(host, port)
        self.platform = Platform(Registration(self._web.url, tool.rstrip("/")), is_installed=is_installed)
        self.smtp = MailServer(self.platform.mailbox, smtp_host, smtp_port)

    @property
    def url(self) -> str:
        """The LMS's own address, which is the issuer."""
        return self._web.url

    def __enter__(self) -> "RunningPlatform":
        self.smtp.start()
        self._web.start(create_app(self.platform, self.smtp))
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.platform.faults.end()
        self._web.stop()
        self.smtp.stop()
