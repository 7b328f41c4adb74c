"""Responses of the tool to a request for content, judged (Deep Linking 2.0 section 4.5)."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jwt import PyJWS
from jwt.exceptions import PyJWTError

from demo_lms import timestamps, tool_keys
from demo_lms.content import LINK, ContentRequest
from demo_lms.refusals import Refusal
from demo_lms.registration import Registration
from demo_lms.vocabulary import DEEP_LINKING, DEPLOYMENT_ID, MESSAGE_TYPE, VERSION

LONGEST_LIFE = 3600
LEEWAY = 10
LONGEST_TITLE = 255
MOST_POINTS = 100
MEMBERS = {
    "type", "title", "text", "url", "custom", "lineItem", "available", "submission", "iframe", "window",
    "icon", "thumbnail",
}  # fmt: skip


@dataclass(frozen=True)
class ContentResponse:
    """A response that holds. items: those that hold. faults: of the others, in words."""

    items: tuple[dict[str, Any], ...]
    faults: tuple[str, ...]
    nonce: str
    message: str
    error: str


def judge(
    token: str, request: ContentRequest, registration: Registration, now: datetime
) -> ContentResponse | Refusal:
    """The response, or why it does not hold. Whether its nonce is new is the caller's to check."""
    claims = _verified(token, registration)
    if isinstance(claims, Refusal):
        return claims
    for holds, reason in _rules(claims, request, registration, now.timestamp()):
        if not holds():
            return Refusal(400, f"content response: {reason}")
    items = claims.get(DEEP_LINKING + "content_items", [])
    faults = [_fault(item, registration) for item in items]
    if len(items) > 1 and not request.several:
        faults = ["more than one item, where one is taken" for _ in items]
    return ContentResponse(
        tuple(item for item, fault in zip(items, faults, strict=True) if fault is None),
        tuple(fault for fault in faults if fault is not None),
        claims["nonce"],
        claims.get(DEEP_LINKING + "msg", ""),
        claims.get(DEEP_LINKING + "errormsg", ""),
    )


def _verified(token: str, registration: Registration) -> dict[str, Any] | Refusal:
    """The claims once the signature holds, with the key that the tool publishes under the header's kid."""
    signatures = PyJWS(algorithms=["RS256"])
    try:
        kid = signatures.get_unverified_header(token).get("kid")
        key = tool_keys.fetch(registration.tool_key_set_url, kid) if kid else None
        if key is None or isinstance(key, Refusal):
            return key or Refusal(400, "content response: the header has no kid")
        payload = json.loads(signatures.decode(token, key.jwk, algorithms=["RS256"]))
    except (PyJWTError, ValueError) as problem:
        return Refusal(400, f"content response does not verify: {problem}")
    return payload if isinstance(payload, dict) else Refusal(400, "content response: no object")


def _rules(
    claims: Mapping[str, Any], request: ContentRequest, registration: Registration, now: float
) -> tuple[tuple[Callable[[], bool], str], ...]:
    """What must hold, in an order in which a later rule may lean on an earlier one."""
    times: tuple[Any, Any] = (claims.get("iat"), claims.get("exp"))
    iat, exp = times
    texts = [claims.get(DEEP_LINKING + name, "") for name in ("msg", "errormsg", "log", "errorlog")]
    return (
        (lambda: claims.get("iss") == registration.client_id, "iss is not the client_id"),
        (lambda: claims.get("aud") in (registration.issuer, [registration.issuer]), "aud is not the issuer"),
        (lambda: _is_time(iat) and _is_time(exp), "iat and exp must be numbers of seconds"),
        (lambda: iat <= now + LEEWAY < exp + 2 * LEEWAY, "iat lies ahead, or exp has passed"),
        (lambda: 0 < exp - iat <= LONGEST_LIFE, "exp must be within an hour of iat"),
        (lambda: isinstance(claims.get("nonce"), str) and bool(claims["nonce"]), "nonce is missing"),
        (lambda: claims.get(MESSAGE_TYPE) == "LtiDeepLinkingResponse", "it is another message"),
        (lambda: claims.get(VERSION) == "1.3.0", "the version is not 1.3.0"),
        (lambda: claims.get(DEPLOYMENT_ID) == request.deployment_id, "it is of another deployment"),
        (lambda: claims.get(DEEP_LINKING + "data") == request.data, "data is not what was sent"),
        (
            lambda: request.data is not None or DEEP_LINKING + "data" not in claims,
            "data, where none was sent",
        ),
        (lambda: all(isinstance(text, str) for text in texts), "a message is no text"),
        (lambda: isinstance(claims.get(DEEP_LINKING + "content_items", []), list), "the items are no list"),
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fault(item: Any, registration: Registration) -> str | None:
    """Why an item does not hold; Moodle drops such a one without a word."""
    if not isinstance(item, dict):
        return "an item is no object"
    return next(_faults(item, registration), None)


def _faults(item: Mapping[str, Any], registration: Registration) -> Iterator[str]:
    custom = item.get("custom", {})
    if item.get("type") != LINK:
        yield f"an item of type {item.get('type')!r}"
    if _has_null(item):
        yield "an item with null in it"
    if unknown := item.keys() - MEMBERS:
        yield f"an item with members that nobody knows: {', '.join(sorted(unknown))}"
    if item.get("url") != registration.launch_url:
        yield "the url is no registered address of the tool"
    if not isinstance(custom, dict) or not all(isinstance(value, str) for value in custom.values()):
        yield "custom must be an object of texts"
    yield from _wording_faults(item)
    yield from _column_faults(item.get("lineItem", {"scoreMaximum": 1}))
    for name in ("available", "submission"):
        yield from _window_faults(item.get(name, {}), name)


def _wording_faults(item: Mapping[str, Any]) -> Iterator[str]:
    title, text = item.get("title"), item.get("text", "")
    if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST_TITLE or "<" in title:
        yield f"a title must have 1 to {LONGEST_TITLE} characters, and no tags: {title!r}"
    if not isinstance(text, str) or "<" in text:
        yield "the text must be plain text"


def _column_faults(column: Any) -> Iterator[str]:
    if not isinstance(column, dict):
        yield "lineItem must be an object"
        return
    maximum = column.get("scoreMaximum")
    if not isinstance(maximum, int) or isinstance(maximum, bool) or not 1 <= maximum <= MOST_POINTS:
        yield f"scoreMaximum must be a whole number from 1 to {MOST_POINTS}"
    for name in ("label", "resourceId", "tag"):
        text = column.get(name, "-")
        if not isinstance(text, str) or not text.strip():
            yield f"{name} must be text, or be left out"


def _window_faults(window: Any, name: str) -> Iterator[str]:
    if not isinstance(window, dict) or not window.keys() <= {"startDateTime", "endDateTime"}:
        yield f"{name} must have startDateTime and endDateTime only"
        return
    moments = [timestamps.parse(text) for text in window.values()]
    if None in moments:
        yield f"{name} must hold moments with a zone"
    start, end = (timestamps.parse(window.get(end)) for end in ("startDateTime", "endDateTime"))
    if start is not None and end is not None and end <= start:
        yield f"{name} ends before it begins"


def _has_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_null(one) for one in value.values())
    return value is None or (isinstance(value, list) and any(_has_null(one) for one in value))
