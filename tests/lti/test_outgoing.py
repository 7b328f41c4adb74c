"""The one way out: how long it waits, how much it takes, how often it asks."""

import gzip
import socket
import time

import pytest

from lti_tool.lti.outgoing import Answer, Fault, NoAnswer, Outgoing, within
from tests.lti.platform_server import PlatformServer, Reply


def test_an_answer_comes_back_as_it_is(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(418, b"teapot", {"X-Kind": "Earl Grey"}))

    answer = outgoing.get(server.url + "/x?a=B", accept="text/plain")

    assert isinstance(answer, Answer)
    assert (answer.status, answer.body, answer.headers["x-kind"]) == (418, b"teapot", "Earl Grey")
    seen = server.seen[0]
    assert seen.target == "/x?a=B"
    assert seen.headers["user-agent"].startswith("Beklijf/")
    assert seen.headers["accept"] == "text/plain"


def test_a_redirect_is_not_followed(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(302, headers={"Location": server.url + "/y"}))

    answer = outgoing.get(server.url + "/x", accept="*/*")

    assert isinstance(answer, Answer)
    assert answer.status == 302
    assert server.requests_to("/y") == []


def test_cookies_of_a_platform_are_not_kept(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(200, headers={"Set-Cookie": "session=1; Path=/"}))

    outgoing.get(server.url + "/x", accept="*/*")
    outgoing.get(server.url + "/x", accept="*/*")

    assert "cookie" not in server.seen[1].headers


def test_connections_are_used_again(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(200, b"ok"))

    for _ in range(3):
        outgoing.get(server.url + "/x", accept="*/*")

    assert len({one.connection for one in server.seen}) == 1


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(200, b"x" * 600_000), id="said beforehand"),
        pytest.param(Reply(200, b"x" * 600_000, {"Content-Length": "700000"}), id="cut off"),
    ],
)
def test_a_body_over_512_kilobytes_is_not_read(
    server: PlatformServer, outgoing: Outgoing, reply: Reply
) -> None:
    server.answer("/x", reply)

    assert outgoing.get(server.url + "/x", accept="*/*") == NoAnswer(Fault.TOO_LARGE)


def test_a_body_of_512_kilobytes_is_read(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(200, b"x" * 512 * 1024))

    answer = outgoing.get(server.url + "/x", accept="*/*")

    assert isinstance(answer, Answer)
    assert len(answer.body) == 512 * 1024


def test_a_packed_body_is_not_unpacked(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(200, gzip.compress(b"x" * 10**7), {"Content-Encoding": "gzip"}))

    assert outgoing.get(server.url + "/x", accept="*/*") == NoAnswer(Fault.BROKEN)
    assert server.seen[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "reply", [Reply(delay=5), Reply(200, b"x" * 100, drip=0.1)], ids=["silent", "dripping"]
)
def test_a_slow_platform_is_left_in_time(server: PlatformServer, reply: Reply) -> None:
    impatient = Outgoing(local=True, seconds=0.5)
    server.answer("/x", reply)

    started = time.monotonic()
    answer = impatient.get(server.url + "/x", accept="*/*")

    assert answer == NoAnswer(Fault.TIMED_OUT)
    assert time.monotonic() - started < 4


def test_a_get_is_tried_again_when_the_platform_stumbles(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(503), Reply(502), Reply(200, b"ok"))

    answer = outgoing.get(server.url + "/x", accept="*/*")

    assert isinstance(answer, Answer)
    assert answer.status == 200


def test_a_get_is_tried_three_times_at_most(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(503))

    outgoing.get(server.url + "/x", accept="*/*")

    assert len(server.seen) == 3


def test_a_post_is_sent_once(server: PlatformServer, outgoing: Outgoing) -> None:
    server.answer("/x", Reply(503))

    answer = outgoing.post(server.url + "/x", {"Content-Type": "text/plain"}, b"once")

    assert isinstance(answer, Answer)
    assert [one.body for one in server.seen] == [b"once"]


def test_nobody_at_the_door_is_unreachable(outgoing: Outgoing) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert outgoing.get(f"http://127.0.0.1:{port}/", accept="*/*") == NoAnswer(Fault.UNREACHABLE)


def test_an_answer_that_is_not_http_is_broken(outgoing: Outgoing, server: PlatformServer) -> None:
    server.answer("/x", Reply(200, b"x", {"Content-Length": "many"}))

    assert outgoing.get(server.url + "/x", accept="*/*") == NoAnswer(Fault.BROKEN)


def test_a_proxy_of_the_environment_is_not_used(
    server: PlatformServer, outgoing: Outgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.answer("/x", Reply(200))

    with_proxy_set = Outgoing(local=True)

    assert isinstance(with_proxy_set.get(server.url + "/x", accept="*/*"), Answer)


def test_requests_that_belong_together_share_one_patience(server: PlatformServer) -> None:
    patient = Outgoing(local=True, seconds=20)
    server.answer("/x", Reply(200, b"ok", delay=2))
    began = time.monotonic()

    with within(3.5):
        answers = [patient.get(server.url + "/x", accept="*/*") for _ in range(3)]

    assert time.monotonic() - began < 5.5
    assert isinstance(answers[0], Answer)
    assert answers[1:] == [NoAnswer(Fault.TIMED_OUT)] * 2
    assert isinstance(patient.get(server.url + "/x", accept="*/*"), Answer)
    patient.close()
