"""Authorization: judging the tool's authentication request.

Sources: Security Framework 1.0 section 5.1.1.2, OpenID Connect Core section 3.1.2, Moodle 4.5's auth.php.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from demo_lms.openings import OneTimeValues, Opening, Openings
from demo_lms.people import Person
from demo_lms.tools import Tools


@dataclass(frozen=True)
class Granted:
    """The request holds: an id_token may go to this address."""

    redirect_uri: str
    state: str
    nonce: str
    opening: Opening


@dataclass(frozen=True)
class Refused:
    """The request does not hold.

    error: code of OAuth 2.0 (RFC 6749 section 4.1.2.1) or OpenID Connect Core (3.1.2.6).
    redirect_uri: None when the request names no registered address; then nothing is sent to the tool.
    """

    error: str
    description: str
    redirect_uri: str | None = None
    state: str | None = None

    @property
    def blames_tool(self) -> bool:
        """Whether the tool did this; a person who signed out or changed places is no fault of the tool."""
        return self.error not in {"login_required", "access_denied"}


CHECKS: tuple[tuple[str, Callable[[str], bool], str, str], ...] = (
    ("scope", "openid".__eq__, "invalid_scope", "scope must be exactly 'openid'"),
    ("response_type", "id_token".__eq__, "unsupported_response_type", "response_type must be 'id_token'"),
    ("response_mode", "form_post".__eq__, "invalid_request", "response_mode must be 'form_post'"),
    ("prompt", "none".__eq__, "invalid_request", "prompt must be 'none'"),
    ("nonce", bool, "invalid_request", "nonce is missing"),
    ("state", bool, "invalid_request", "state is missing"),
    ("login_hint", bool, "invalid_request", "login_hint is missing"),
    ("lti_message_hint", bool, "invalid_request", "lti_message_hint is missing"),
)
"""Parameter, what it must be, and the error when it is not."""


@dataclass(frozen=True)
class Authority:
    """What the LMS remembers in order to judge."""

    tools: Tools
    openings: Openings
    nonces: OneTimeValues

    def judge(self, asked: Mapping[str, list[str]], signed_in: Person | None) -> Granted | Refused:
        """Grant or refuse; granting uses up the nonce and the hint.

        asked: every parameter with all its values.
        signed_in: who the browser's cookie says it is; None for nobody.
        """
        request = {name: values[0] for name, values in asked.items()}
        stranger = self._stranger(request)
        if stranger is not None:
            return stranger
        refused = _malformed(asked, request) or self._not_this_person(request, signed_in)
        if refused is None:
            return self._granted(request)
        return Refused(*refused, request["redirect_uri"], request.get("state"))

    def _stranger(self, request: Mapping[str, str]) -> Refused | None:
        """Whoever is not the registered tool gets no answer at an address of its choice."""
        registration = self.tools.of_client(request.get("client_id"))
        if registration is None:
            return Refused("unauthorized_client", "client_id is missing or not registered")
        if request.get("redirect_uri") != registration.launch_url:
            return Refused("invalid_request", "redirect_uri is missing or not exactly a registered one")
        return None

    def _not_this_person(
        self, request: Mapping[str, str], signed_in: Person | None
    ) -> tuple[str, str] | None:
        if signed_in is None:
            return "login_required", "nobody is signed in"
        opening = self.openings.find(request["lti_message_hint"])
        if opening is None:
            return "invalid_request", "lti_message_hint is unknown, altered or used before"
        if self.tools.of_client(request["client_id"]) != self.tools.of_deployment(opening.deployment_id):
            return "invalid_request", "lti_message_hint is of another client"
        if request["login_hint"] != opening.person.id:
            return "invalid_request", "login_hint is not the one of the login request"
        if opening.person.id != signed_in.id:
            return "access_denied", "somebody else is signed in now"
        return None

    def _granted(self, request: Mapping[str, str]) -> Granted | Refused:
        """Both one-time values are used up last, so that a request refused for another reason costs none."""
        redirect_uri, state, nonce = request["redirect_uri"], request["state"], request["nonce"]
        if not self.nonces.accept(nonce):
            return Refused("invalid_request", "nonce was used before", redirect_uri, state)
        opening = self.openings.find(request["lti_message_hint"])
        if opening is None or not self.openings.take(opening):
            return Refused("invalid_request", "lti_message_hint was used before", redirect_uri, state)
        return Granted(redirect_uri, state, nonce, opening)


def _malformed(asked: Mapping[str, list[str]], request: Mapping[str, str]) -> tuple[str, str] | None:
    """The first parameter that is repeated (RFC 6749 section 3.1), missing or wrong."""
    repeated = next((name for name, values in asked.items() if len(values) > 1), None)
    if repeated is not None:
        return "invalid_request", f"{repeated} is given more than once"
    for name, holds, error, description in CHECKS:
        if not holds(request.get(name, "")):
            return error, description
    return None
