"""What a platform says of itself: OpenID configuration with an LTI part (Dynamic Registration 1.0, 3.5)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.lti import tool_configuration as tool
from lti_tool.lti import urls
from lti_tool.lti.claims import is_clean

PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
REQUIRED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")
LONGEST_WORD = 100
MOST_ENTRIES = 200

SHARED_ISSUERS: Mapping[str, tuple[str, ...]] = {
    "canvas.instructure.com": ("instructure.com", "canvaslms.com"),
    "canvas.beta.instructure.com": ("instructure.com", "canvaslms.com"),
    "canvas.test.instructure.com": ("instructure.com", "canvaslms.com"),
    "blackboard.com": ("blackboard.com",),
}
"""Issuers of vendors who serve all customers under one name, each from a host of its own, and the domains
that those hosts are in. For every other issuer the specification's rule holds: one host."""


class Problem(StrEnum):
    """Why a registration does not go through: a word for the log and for choosing the page."""

    NO_ADDRESS = "no_address"
    FORBIDDEN_ADDRESS = "forbidden_address"
    UNREACHABLE = "unreachable"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word, not a secret
    NO_CONFIGURATION = "no_configuration"
    OTHER_HOST = "other_host"
    MISSING_MEMBER = "missing_member"
    UNFIT_MEMBER = "unfit_member"
    NO_RS256 = "no_rs256"
    NO_LAUNCHES = "no_launches"
    NOT_ACCEPTED = "not_accepted"
    UNCERTAIN = "uncertain"
    NO_CLIENT_ID = "no_client_id"
    KNOWN_ALREADY = "known_already"


@dataclass(frozen=True)
class NotRegistered:
    """What stood in the way. detail: a member's name, a status, or the platform's own words; may be empty."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True)
class Message:
    """A message that the platform offers and the tool wants, with the places where it may stand."""

    type: str
    placements: tuple[str, ...]


@dataclass(frozen=True)
class PlatformConfiguration:
    """A configuration that held, reduced to what the tool uses.

    audience: whom client assertions are for, when that is not the token URL.
    family: the platform's product, in lower case; "" when it does not say.
    messages, scopes: those that the tool asks for and the platform offers.
    gives_name, gives_email: whether the platform can send them.
    """

    issuer: str
    login_url: str
    token_url: str
    jwks_url: str
    registration_url: str
    audience: str | None
    family: str
    messages: tuple[Message, ...]
    scopes: tuple[str, ...]
    gives_name: bool
    gives_email: bool

    @property
    def host(self) -> str:
        """The host of the issuer, for people's eyes."""
        url = urls.read(self.issuer)
        return url.authority if url else self.issuer


def parse(body: bytes, address: str, *, local: bool) -> PlatformConfiguration | NotRegistered:
    """Reads a configuration strictly. address: where it came from."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return NotRegistered(Problem.NO_CONFIGURATION)
    if not isinstance(content, dict):
        return NotRegistered(Problem.NO_CONFIGURATION)
    wrong = _unfit(content, local=local) or _elsewhere(content, address) or _unsupported(content)
    return wrong or _reduced(content, local=local)


def _unfit(content: Mapping[str, object], *, local: bool) -> NotRegistered | None:
    for name in REQUIRED:
        if content.get(name) in (None, ""):
            return NotRegistered(Problem.MISSING_MEMBER, name)
        url = urls.read(content[name])
        if url is None or not urls.is_allowed(url, local=local):
            return NotRegistered(Problem.UNFIT_MEMBER, name)
    issuer = urls.read(content["issuer"])
    assert issuer is not None  # noqa: S101  read just above
    # OpenID Connect Discovery 1.0, section 3: an issuer has no query and no fragment.
    has_more = issuer.query or "#" in str(content["issuer"])
    return NotRegistered(Problem.UNFIT_MEMBER, "issuer") if has_more else None


def _elsewhere(content: Mapping[str, object], address: str) -> NotRegistered | None:
    """Only an issuer's own host may speak for it; else anybody could register as anybody's LMS."""
    issuer = _host(content["issuer"])
    domains = SHARED_ISSUERS.get(issuer)
    if domains is None:
        return None if _host(address) == issuer else NotRegistered(Problem.OTHER_HOST, issuer)
    # Many hosts speak for this one, so each address that comes along must be the vendor's too.
    for place in (address, *(content[name] for name in REQUIRED)):
        host = _host(place)
        if not any(host == domain or host.endswith("." + domain) for domain in domains):
            return NotRegistered(Problem.OTHER_HOST, issuer)
    return None


def _unsupported(content: Mapping[str, object]) -> NotRegistered | None:
    algorithms = content.get("id_token_signing_alg_values_supported")
    if algorithms is not None and "RS256" not in _texts(algorithms):
        return NotRegistered(Problem.NO_RS256)
    listed = _messages(content)
    if listed is not None and tool.REQUIRED_MESSAGE not in listed:
        return NotRegistered(Problem.NO_LAUNCHES)
    return None


def _offered(scopes: object) -> tuple[str, ...]:
    offered = _texts(scopes)
    return tuple(scope for scope in (*tool.SCOPES, *tool.EXTRA_SCOPES) if scope in offered)


def _reduced(content: Mapping[str, object], *, local: bool) -> PlatformConfiguration:
    claims, scopes = content.get("claims_supported"), content.get("scopes_supported")
    return PlatformConfiguration(
        issuer=str(content["issuer"]),
        login_url=str(content["authorization_endpoint"]),
        token_url=str(content["token_endpoint"]),
        jwks_url=str(content["jwks_uri"]),
        registration_url=str(content["registration_endpoint"]),
        audience=_audience(content.get("authorization_server"), local=local),
        family=_word(_lti(content).get("product_family_code")).lower(),
        messages=tuple(_wanted(_messages(content))),
        scopes=tool.SCOPES if scopes is None else _offered(scopes),
        gives_name=claims is None or "name" in _texts(claims),
        gives_email=claims is None or "email" in _texts(claims),
    )


def _wanted(listed: Mapping[str, tuple[str, ...]] | None) -> Iterator[Message]:
    """Our messages that the platform lists; of a platform that lists none, the usual ones."""
    if listed is None:
        yield from (Message(name, ()) for name in tool.USUAL_MESSAGES)
        return
    privacy = [name for name in tool.PRIVACY_MESSAGES if name in listed][:1]
    for name in (*tool.MESSAGES, *privacy):
        if name in listed:
            places = tuple(place for place in tool.PLACEMENTS.get(name, ()) if place in listed[name])
            yield Message(name, places)


def _messages(content: Mapping[str, object]) -> dict[str, tuple[str, ...]] | None:
    """The messages that the platform lists, with their placements; None when it lists none."""
    listed = _lti(content).get("messages_supported")
    if not isinstance(listed, list) or not listed:
        return None
    entries = [one for one in listed[:MOST_ENTRIES] if isinstance(one, dict)]
    return {_word(one.get("type")): _texts(one.get("placements")) for one in entries}


def _audience(value: object, *, local: bool) -> str | None:
    """The authorization server, when it is an address. Canvas names a bare host and checks the token URL."""
    url = urls.read(value)
    return str(value) if url is not None and urls.is_allowed(url, local=local) else None


def _lti(content: Mapping[str, object]) -> Mapping[str, object]:
    found = content.get(PLATFORM)
    return found if isinstance(found, dict) else {}


def _texts(value: object) -> tuple[str, ...]:
    listed = value[:MOST_ENTRIES] if isinstance(value, list) else []
    return tuple(one for one in listed if isinstance(one, str))


def _word(value: object) -> str:
    return value[:LONGEST_WORD] if isinstance(value, str) and is_clean(value) else ""


def _host(address: object) -> str:
    url = urls.read(address)
    return "" if url is None else url.host.rstrip(".")
