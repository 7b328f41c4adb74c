"""The one way out: where it goes, how long it waits, how much it takes."""

import gzip
import socket
import time
from collections.abc import Callable
from ipaddress import ip_address

import pytest

from lti_tool.lti import addresses, outgoing
from lti_tool.lti.outgoing import Answer, Fault, NoAnswer, Outgoing, within
from tests.lti.platform_server import PlatformServer, Reply


@pytest.fixture
def resolving(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Makes the network's name service give these answers, one after the other, the last for ever."""

    def answer(*answers: list[str]) -> list[str]:
        asked: list[str] = []
        waiting = list(answers)

        def getaddrinfo(host: str, port: int, **how: object) -> list[tuple[object, ...]]:
            asked.append(host)
            found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return answer


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


FORBIDDEN = [
    "http://lms.example/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::10.0.0.1]/",
    "https://[2002:a00:1::]/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[fec0::1]/",
    "https://0.0.0.0/",
    "https://[::]/",
    "https://224.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://user:secret@lms.example/",
    "ftp://lms.example/",
    "file:///etc/passwd",
    "https://lms.example\\@127.0.0.1/",
    "//lms.example/",
    "",
    "https://",
    "https://lms.example:99999/",
    "https://" + "a" * 64 + ".example/",
]


@pytest.mark.parametrize("url", FORBIDDEN)
def test_the_tool_calls_public_https_addresses_only(url: str) -> None:
    way = Outgoing(local=False)

    assert way.get(url, accept="*/*") in (NoAnswer(Fault.FORBIDDEN_ADDRESS), NoAnswer(Fault.BROKEN))
    assert outgoing.refusal(url, local=False) is not None


@pytest.mark.parametrize("url", [url for url in FORBIDDEN if "127.0.0.1/" not in url and "[::1]" not in url])
def test_local_mode_adds_this_machine_and_nothing_else(url: str) -> None:
    if "localhost" in url:
        assert outgoing.refusal(url, local=True) is None
    else:
        assert outgoing.refusal(url, local=True) is not None


def test_a_name_that_leads_to_a_private_address_is_not_called(resolving: Callable[..., list[str]]) -> None:
    resolving(["10.0.0.1"])

    assert Outgoing(local=False).get("https://lms.example/", accept="*/*") == NoAnswer(
        Fault.FORBIDDEN_ADDRESS
    )
    assert outgoing.refusal("https://lms.example/", local=False)


def test_one_private_address_among_public_ones_forbids_the_name(resolving: Callable[..., list[str]]) -> None:
    resolving(["93.184.216.34", "127.0.0.1"])

    assert Outgoing(local=False).get("https://lms.example/", accept="*/*") == NoAnswer(
        Fault.FORBIDDEN_ADDRESS
    )


def test_a_foreign_name_does_not_reach_this_machine_in_local_mode_either(
    resolving: Callable[..., list[str]], server: PlatformServer
) -> None:
    resolving(["127.0.0.1"])

    url = f"https://lms.example:{server.server_port}/x"

    assert Outgoing(local=True).get(url, accept="*/*") == NoAnswer(Fault.FORBIDDEN_ADDRESS)
    assert server.seen == []


def test_a_name_of_this_machine_that_leads_elsewhere_is_not_called(
    resolving: Callable[..., list[str]],
) -> None:
    resolving(["93.184.216.34"])

    assert outgoing.refusal("http://localhost/", local=True) == "a name of this machine leads elsewhere"


def test_a_name_is_looked_up_once_and_the_judged_address_is_the_one_called(
    resolving: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolving(["93.184.216.34"], ["127.0.0.1"])
    called: list[object] = []

    def create_connection(address: tuple[str, int], *how: object, **more: object) -> socket.socket:
        called.append(address)
        raise OSError("no network in a test")

    monkeypatch.setattr(socket, "create_connection", create_connection)

    Outgoing(local=False).post("https://lms.example/", {}, b"")

    assert asked == ["lms.example"]
    assert called == [("93.184.216.34", 443)]


def test_a_name_that_does_not_exist_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*place: object, **how: object) -> list[object]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    assert Outgoing(local=False).post("https://lms.example/", {}, b"") == NoAnswer(Fault.UNREACHABLE)
    assert outgoing.refusal("https://lms.example/", local=False) == "the host is not known on this network"


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_public(address: str) -> None:
    assert addresses.is_public(ip_address(address))


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
