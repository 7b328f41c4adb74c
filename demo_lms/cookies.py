"""Cookies as Chromium keeps them: third-party ones only when partitioned.

Sources: RFC 6265bis (draft 20), CHIPS (draft-cutler-httpbis-partitioned-cookies). Chromium trusts
loopback, so `Secure` cookies work there over http.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from demo_lms import loopback


@dataclass(frozen=True)
class Navigation:
    """Where a request comes from.

    top: origin of the page in whose frame it happens; None when it happens in the tab itself.
    initiator: origin of the page whose form, link or frame it was; None for an address that was typed in.
    """

    top: str | None = None
    initiator: str | None = None


@dataclass(frozen=True)
class Cookie:
    """One stored cookie.

    partition: the site of the page on top when it was set; None for a cookie that is not partitioned.
    expires_at: None for a cookie that lives as long as the browser.
    """

    host: str
    name: str
    value: str
    path: str
    same_site: str
    needs_safety: bool
    partition: str | None
    expires_at: datetime | None


def site(url: str) -> str:
    """Scheme and host: what browsers call a site, for hosts without a public suffix."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}"


def is_safe(url: str) -> bool:
    """Whether `Secure` cookies work at this address."""
    parts = urlsplit(url)
    return parts.scheme == "https" or loopback.is_loopback(parts.hostname or "")


class CookieStore:
    """All cookies of one browser."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str, str, str | None], Cookie] = {}

    def all(self) -> list[Cookie]:
        return list(self._cookies.values())

    def clear(self) -> None:
        self._cookies.clear()

    def keep(self, line: str, url: str, navigation: Navigation, now: datetime) -> bool:
        """Store one Set-Cookie line of the answer from `url`; False when a browser would throw it away."""
        cookie = _parsed(line, url, site(navigation.top or url), now)
        if cookie is None or not _may_be_stored(cookie, url, navigation):
            return False
        key = (cookie.host, cookie.name, cookie.path, cookie.partition)
        self._cookies.pop(key, None)
        if cookie.expires_at is None or cookie.expires_at > now:
            self._cookies[key] = cookie
        return True

    def header(self, url: str, method: str, navigation: Navigation, now: datetime) -> str:
        """The Cookie header of a request to `url`; empty when there is nothing to send."""
        return "; ".join(
            f"{cookie.name}={cookie.value}"
            for cookie in self._cookies.values()
            if _fits(cookie, url, now) and _may_be_sent(cookie, url, method, navigation)
        )


def _parsed(line: str, url: str, top_site: str, now: datetime) -> Cookie | None:
    pair, *rest = line.split(";")
    name, separator, value = (piece.strip() for piece in pair.partition("="))
    attributes = dict(_attribute(piece) for piece in rest)
    host = urlsplit(url).hostname or ""
    if not separator or not name or attributes.get("domain", "").lstrip(".") not in ("", host):
        return None
    path = attributes.get("path", "")
    return Cookie(
        host,
        name,
        value,
        path if path.startswith("/") else _default_path(url),
        attributes.get("samesite", "lax").lower(),
        "secure" in attributes,
        top_site if "partitioned" in attributes else None,
        _expiry(attributes, now),
    )


def _attribute(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return name.strip().lower(), value.strip()


def _default_path(url: str) -> str:
    """The path without its last part (RFC 6265 section 5.1.4)."""
    return urlsplit(url).path.rpartition("/")[0] or "/"


def _expiry(attributes: dict[str, str], now: datetime) -> datetime | None:
    """Max-Age goes before Expires (RFC 6265 section 5.3)."""
    if "max-age" in attributes:
        return now + timedelta(seconds=int(attributes["max-age"]))
    if "expires" in attributes:
        return parsedate_to_datetime(attributes["expires"]).replace(tzinfo=UTC)
    return None


def _may_be_stored(cookie: Cookie, url: str, navigation: Navigation) -> bool:
    if cookie.needs_safety and not is_safe(url):
        return False
    if not cookie.needs_safety and (cookie.same_site == "none" or cookie.partition is not None):
        return False
    if cookie.name.startswith("__Host-") and not (cookie.needs_safety and cookie.path == "/"):
        return False
    if navigation.top is not None and site(navigation.top) != site(url):
        return cookie.partition is not None and cookie.same_site == "none"
    return True


def _fits(cookie: Cookie, url: str, now: datetime) -> bool:
    """Whether host, path, safety and time are right."""
    parts = urlsplit(url)
    path = parts.path or "/"
    under = path == cookie.path or path.startswith(cookie.path.rstrip("/") + "/")
    is_alive = cookie.expires_at is None or cookie.expires_at > now
    return cookie.host == parts.hostname and under and is_alive and (not cookie.needs_safety or is_safe(url))


def _may_be_sent(cookie: Cookie, url: str, method: str, navigation: Navigation) -> bool:
    own, top = site(url), site(navigation.top or url)
    if cookie.partition is not None and cookie.partition != top:
        return False
    if cookie.partition is None and top != own:
        return False  # third-party cookies are blocked
    if cookie.same_site == "none":
        return True
    if top == own and site(navigation.initiator or url) == own:
        return True
    return cookie.same_site == "lax" and navigation.top is None and method == "GET"
