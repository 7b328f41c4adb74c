"""URLs that come from outside: read strictly, so that no two readers see two different hosts in one."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

LONGEST = 2048

_DEFAULT_PORTS = {"https": 443, "http": 80}
_PRINTABLE = re.compile(r"[!-\[\]-~]+")  # ASCII without space and backslash
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")


@dataclass(frozen=True)
class Url:
    """An http or https URL without user or password. host: lower case, without brackets."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only when it is not the usual one (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port, the port only when it is not the usual one (RFC 3986 section 3.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def read(text: object, *, longest: int = LONGEST) -> Url | None:
    """The URL that `text` is; None for anything a browser and Python might read differently."""
    if not isinstance(text, str) or len(text) > longest or not _PRINTABLE.fullmatch(text):
        return None
    try:
        parts = urlsplit(text)
        host, port = _place(parts)
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or not is_host(host):
        return None
    return Url(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], parts.path, parts.query)


def _place(parts: SplitResult) -> tuple[str, int | None]:
    return (parts.hostname or "").lower(), parts.port


def is_host(host: str) -> bool:
    """Whether `host` is an address, or a name of ASCII labels (RFC 1123; underscores happen)."""
    if ":" in host:
        return is_address(host)
    return len(host) <= 253 and _NAME.fullmatch(host) is not None


def is_address(host: str) -> bool:
    """Whether `host` is an IP address rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine: localhost, or a loopback address written out."""
    return host == "localhost" or (is_address(host) and ip_address(host).is_loopback)


def is_allowed(url: Url, *, local: bool) -> bool:
    """Whether a platform may use this URL: https; on this machine http too, in local mode only."""
    if is_loopback(url.host):
        return local
    return url.scheme == "https"
