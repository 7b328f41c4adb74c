"""Running the LMS, in a thread and as a process."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import httpx
import pytest

from demo_lms.browser import Browser
from demo_lms.faults import Endpoint, Fault
from demo_lms.running import RunningPlatform, WebServer
from demo_lms.smtp import MailServer


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", "::"])  # noqa: S104
def test_the_lms_refuses_to_be_reached_by_others(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        WebServer(host)
    with pytest.raises(ValueError, match="loopback"):
        RunningPlatform("http://localhost:8420", smtp_host=host)


def test_two_lmses_run_beside_each_other() -> None:
    with RunningPlatform("http://localhost:1") as one, RunningPlatform("http://localhost:2") as other:
        issuers = [httpx.get(f"{lms.url}/", trust_env=False).status_code for lms in (one, other)]

        assert issuers == [200, 200]
        assert one.platform.registration.issuer != other.platform.registration.issuer


def test_nothing_listens_after_the_end() -> None:
    with RunningPlatform("http://localhost:1") as lms:
        pass

    with pytest.raises(httpx.ConnectError):
        httpx.get(lms.url, trust_env=False)
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP("127.0.0.1", lms.smtp.port)


def test_stopping_again_and_again_leaves_no_threads_and_no_open_files() -> None:
    def run_once() -> None:
        with RunningPlatform("http://localhost:1") as lms:
            httpx.get(lms.url, trust_env=False)

    run_once()
    before = threading.active_count(), len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        run_once()

    after = threading.active_count(), len(os.listdir("/proc/self/fd"))
    assert after[0] <= before[0]
    assert after[1] <= before[1] + 2


def test_a_port_that_is_taken_is_said_so() -> None:
    with RunningPlatform("http://localhost:1") as lms, pytest.raises(OSError, match="in use"):
        MailServer(lms.platform.mailbox, port=lms.smtp.port)


def test_a_fault_is_answered_once(http: httpx.Client, lms: RunningPlatform) -> None:
    lms.platform.faults.add(Endpoint.JWKS, Fault(503, retry_after="2"), Fault(200))

    down, page, well = (http.get("/jwks.json") for _ in range(3))

    assert (down.status_code, down.headers["Retry-After"]) == (503, "2")
    assert page.status_code == 200
    assert "<p>Error" in page.text
    assert "keys" in well.json()


def test_faults_that_are_forgotten_meet_nobody(http: httpx.Client, lms: RunningPlatform) -> None:
    lms.platform.faults.add(Endpoint.JWKS, Fault(503), Fault(500))

    left = lms.platform.faults.forget()

    assert left == {Endpoint.JWKS: 2}
    assert http.get("/jwks.json").status_code == 200


def test_a_slow_answer_does_not_hold_up_the_end() -> None:
    with RunningPlatform("http://localhost:1") as lms, httpx.Client(trust_env=False) as client:
        lms.platform.faults.add(Endpoint.JWKS, Fault(503, seconds=60))
        with pytest.raises(httpx.ReadTimeout):
            client.get(f"{lms.url}/jwks.json", timeout=0.3)
        began = time.monotonic()

    assert time.monotonic() - began < 30


@pytest.fixture
def start() -> Callable[..., "subprocess.Popen[str]"]:
    def start(*arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "demo_lms", "--port", "0", "--smtp-port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_the_process_says_where_it_is_serves_and_ends_cleanly(
    start: Callable[..., "subprocess.Popen[str]"],
) -> None:
    with start("--tool", "http://localhost:1") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = line.split()[3].rstrip(",")
        with Browser(url) as browser:
            heading = browser.visit("/").document.heading

        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=60)

    assert heading == "Wie bent u?"
    assert status == 0


def test_the_process_does_not_start_on_an_address_that_others_can_reach(
    start: Callable[..., "subprocess.Popen[str]"],
) -> None:
    with start("--host", "0.0.0.0") as process:  # noqa: S104
        _, errors = process.communicate(timeout=60)

    assert process.returncode == 2
    assert errors == "The demo LMS listens on loopback only, not on 0.0.0.0.\n"
