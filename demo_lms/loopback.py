"""Loopback addresses: the only ones this demo listens on."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require(host: str) -> str:
    """`host` itself; raises ValueError when others could reach it."""
    if not is_loopback(host):
        raise ValueError(f"The demo LMS listens on loopback only, not on {host}.")
    return host
