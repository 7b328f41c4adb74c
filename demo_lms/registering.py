"""Dynamic registration: what the LMS says of itself, and how it judges what a tool says.

Sources: LTI Dynamic Registration 1.0; what Moodle 4.5 and Canvas refuse beyond it.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from demo_lms.refusals import Refusal
from demo_lms.registration import Registration
from demo_lms.vocabulary import Scope

LIFE = timedelta(hours=1)
PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
CLAIMS = ("sub", "iss", "name", "given_name", "family_name", "email")
MESSAGES: Mapping[str, tuple[str, ...]] = {
    "LtiResourceLinkRequest": (),
    "LtiDeepLinkingRequest": ("ContentArea",),
    "LtiSubmissionReviewRequest": (),
    "LtiDataPrivacyLaunchRequest": (),
}
"""The messages that the LMS sends, and where a tool may show them."""

VARIABLES = (
    "Context.id.history",
    "ResourceLink.id.history",
    "CourseSection.timeFrame.begin",
    "CourseSection.timeFrame.end",
    "Person.address.timezone",
)


class RegistrationTokens:
    """Keys to the registration endpoint: each opens it once, within an hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, datetime] = {}

    def issue(self, now: datetime) -> str:
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._open[token] = now + LIFE
        return token

    def holds(self, token: str, now: datetime) -> bool:
        """Whether the token would open the endpoint now."""
        with self._lock:
            return now < self._open.get(token, now)

    def take(self, token: str, now: datetime) -> bool:
        """Whether the token opens the endpoint; from now on it does not."""
        with self._lock:
            return now < self._open.pop(token, now)


def configuration(registration: Registration, family: str) -> dict[str, Any]:
    """The OpenID configuration with its LTI part (Dynamic Registration 1.0 section 3.5)."""
    issuer = registration.issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": registration.authorization_url,
        "token_endpoint": registration.token_url,
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "jwks_uri": registration.key_set_url,
        "registration_endpoint": f"{issuer}/register",
        "scopes_supported": ["openid", *map(str, Scope)],
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": list(CLAIMS),
        PLATFORM: {
            "product_family_code": family,
            "version": "1",
            "messages_supported": [_message(name, places) for name, places in MESSAGES.items()],
            "variables": list(VARIABLES),
        },
    }


def _message(name: str, places: tuple[str, ...]) -> dict[str, Any]:
    return {"type": name, **({"placements": list(places)} if places else {})}


def judge(said: object, base: Registration) -> Registration | Refusal:
    """What the LMS would keep of a tool, or the first thing that is wrong with what it said."""
    if not isinstance(said, dict):
        return Refusal(400, "the body must be a JSON object", "invalid_client_metadata")
    own = said.get(TOOL)
    if not isinstance(own, dict):
        return Refusal(400, f"{TOOL} is missing", "invalid_client_metadata")
    for holds, reason in (*_client_rules(said), *_tool_rules(own, said)):
        if not holds():
            return Refusal(400, reason, "invalid_client_metadata")
    asked = frozenset(Scope(name) for name in said["scope"].split())
    return replace(
        base,
        own_login_url=said["initiate_login_uri"],
        own_launch_url=own["target_link_uri"],
        own_key_set_url=said["jwks_uri"],
        custom=dict(own.get("custom_parameters", {})),
        scopes=asked,
        claims=frozenset(own["claims"]),
    )


def view(registration: Registration, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the LMS made of it: its answer."""
    own = {**said[TOOL], "deployment_id": registration.deployment_ids[0], "version": "1.3.0"}
    return {**said, "client_id": registration.client_id, TOOL: own}


Rules = tuple[tuple[Callable[[], bool], str], ...]


def _client_rules(said: Mapping[str, Any]) -> Rules:
    """Of the client (RFC 7591; Dynamic Registration 1.0, 3.6). Later rules may lean on earlier ones."""
    grants, scopes = said.get("grant_types"), {str(scope) for scope in Scope}
    return (
        (lambda: said.get("application_type") == "web", "application_type must be web"),
        (lambda: said.get("response_types") == ["id_token"], "response_types must be [id_token]"),
        (
            lambda: _is_texts(grants) and set(grants or ()) == {"client_credentials", "implicit"},
            "grant_types must be client_credentials and implicit",
        ),
        (lambda: _is_text(said.get("client_name")), "client_name is missing"),
        (lambda: _is_url(said.get("initiate_login_uri")), "initiate_login_uri is no address"),
        (lambda: _is_url(said.get("jwks_uri")), "jwks_uri is no address"),
        (
            lambda: _is_texts(said.get("redirect_uris")) and all(map(_is_url, said["redirect_uris"])),
            "redirect_uris must be a list of addresses",
        ),
        (lambda: bool(said["redirect_uris"]), "redirect_uris is empty"),
        (
            lambda: said.get("token_endpoint_auth_method") == "private_key_jwt",
            "token_endpoint_auth_method must be private_key_jwt",
        ),
        (lambda: isinstance(said.get("scope"), str), "scope must be a text"),
        (lambda: set(said["scope"].split()) <= scopes, "scope names what is not offered here"),
    )


def _tool_rules(own: Mapping[str, Any], said: Mapping[str, Any]) -> Rules:
    """Of the LTI part."""
    target, custom, messages = (
        own.get("target_link_uri"),
        own.get("custom_parameters", {}),
        own.get("messages"),
    )
    return (
        (lambda: _is_url(target), "target_link_uri is no address"),
        (lambda: target in said["redirect_uris"], "target_link_uri is not one of redirect_uris"),
        # Moodle compares with the port and all.
        (lambda: own.get("domain") == urlsplit(str(target)).netloc, "domain is not that of target_link_uri"),
        (
            lambda: urlsplit(said["initiate_login_uri"]).netloc == own["domain"],
            "initiate_login_uri is not in domain",
        ),
        (lambda: _is_texts(own.get("claims")), "claims must be a list of texts"),
        (lambda: set(own["claims"]) <= set(CLAIMS), "claims names what is not offered here"),
        (lambda: isinstance(custom, dict), "custom_parameters must be an object"),
        (lambda: all(map(_is_text, custom.values())), "custom_parameters must hold texts"),
        (lambda: all(name == name.lower() for name in custom), "a custom parameter is not in lower case"),
        (lambda: isinstance(messages, list) and bool(messages), "messages must be a list"),
        (
            lambda: all(_is_message(one) for one in messages or ()),
            "a message or placement is not offered here",
        ),
    )


def _is_message(one: object) -> bool:
    if not isinstance(one, dict) or one.get("type") not in MESSAGES:
        return False
    places = one.get("placements", [])
    return _is_texts(places) and set(places) <= set(MESSAGES[one["type"]])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_url(value: object) -> bool:
    return (
        isinstance(value, str)
        and urlsplit(value).scheme in {"http", "https"}
        and bool(urlsplit(value).netloc)
    )
