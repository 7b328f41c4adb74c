"""Which addresses the tool may connect to: the guard against requests forged through us (SSRF)."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from lti_tool.lti import urls

_NAT64 = IPv6Network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """A host that the tool does not connect to; the message says which rule forbids it."""


def judge(text: str, *, local: bool) -> None:
    """Raises ForbiddenAddress for a URL that is wrong whatever its host resolves to."""
    url = urls.read(text)
    if url is None:
        raise ForbiddenAddress("not a URL that can be called")
    if not urls.is_allowed(url, local=local):
        raise ForbiddenAddress("https only, and not to this machine")


def resolve(host: str, port: int, *, local: bool) -> tuple[str, ...]:
    """The addresses of a host, each judged; a host with one forbidden address is forbidden whole.

    Raises ForbiddenAddress, and OSError when the name does not resolve.
    """
    if not urls.is_host(host):
        raise ForbiddenAddress("the host is neither a name nor an address")
    home = local and urls.is_loopback(host)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys(str(place[4][0]) for place in found))
    for address in addresses:
        judged = ip_address(address)
        if home and not judged.is_loopback:
            raise ForbiddenAddress("a name of this machine leads elsewhere")
        if not home and not is_public(judged):
            raise ForbiddenAddress("the host has an address that is not public")
    return addresses


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is on the public internet, also when an IPv4 address hides in it."""
    if isinstance(address, IPv6Address):
        hidden = _hidden_in(address)
        if hidden is not None:
            return is_public(hidden)
        if address.is_site_local:
            return False  # fec0::/10, withdrawn by RFC 3879 and still in use; `is_global` takes it for public
    return address.is_global and not address.is_multicast and not address.is_reserved


def _hidden_in(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
