"""Which addresses the tool calls: public ones, and no others."""

import socket
from collections.abc import Callable
from ipaddress import ip_address

import pytest

from lti_tool.lti import addresses, outgoing
from lti_tool.lti.outgoing import Fault, NoAnswer, Outgoing
from tests.lti.platform_server import PlatformServer


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
