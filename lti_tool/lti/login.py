"""The login that a platform begins (Security Framework 1.0 section 5.1.1, OpenID Connect Core 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID

from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect as LibraryRedirect

from lti_tool.lti.library import Handed, Noted, OneRegistration, Parameters
from lti_tool.lti.ports import PendingLogin, Registration, Registrations, Store
from lti_tool.lti.refusals import Refusal, RefusalReason, Refused, fingerprint
from lti_tool.lti.site import Site

RANDOM_BYTES = 32

LONGEST = {
    "iss": 2048,
    "client_id": 255,
    "login_hint": 8192,
    "lti_message_hint": 16384,
    "target_link_uri": 2048,
    "lti_deployment_id": 255,
    "lti_storage_target": 255,
}
"""Characters that a parameter may have. Message hints can be whole JWTs."""


@dataclass(frozen=True)
class LoginRequest:
    """What the platform sent to the login address.

    lti_storage_target: the frame in which the platform keeps values for tools without cookies
    (LTI OIDC login with client-side postMessages 0.1).
    registration_id: of the per-registration login address, when that was used.
    """

    iss: str = ""
    login_hint: str = field(default="", repr=False)
    target_link_uri: str = ""
    client_id: str = ""
    lti_message_hint: str = field(default="", repr=False)
    lti_deployment_id: str = ""
    lti_storage_target: str = ""
    registration_id: UUID | None = None

    @classmethod
    def parse(
        cls, query: Mapping[str, str], form: Mapping[str, str], registration_id: UUID | None = None
    ) -> "LoginRequest":
        """Parameters of a GET or a POST; some platforms POST with parameters in the query."""
        values = {name: form.get(name) or query.get(name) or "" for name in LONGEST}
        return cls(**values, registration_id=registration_id)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters by name, as they came."""
        return {name: getattr(self, name) for name in LONGEST}


@dataclass(frozen=True)
class Redirect:
    """The login goes on at the platform. url: where the browser must go, by GET."""

    url: str = field(repr=False)
    issuer: str
    client_id: str
    nonce_hash: str
    state: str = field(default="", repr=False)


def begin(
    request: LoginRequest,
    browser: str,
    site: Site,
    store: Store,
    now: datetime,
    storage_target: str | None = None,
) -> Redirect | Refused:
    """Judges a login and sends it on, remembering state and nonce for its launch.

    browser: hash of the cookie that this browser holds; with a storage_target, of the value that the
    platform is to hold in that frame.
    """
    try:
        registration = _judge(request, site, store.registrations)
    except Refusal as refusal:
        return Refused(refusal.reason, refusal.detail, _loggable(request.iss), _loggable(request.client_id))
    login = _Login(request, registration)
    url = login.redirect_url(site.launch_url)
    pending = PendingLogin(
        state=login.state,
        nonce=login.nonce,
        registration_id=registration.id,
        browser=browser,
        target_link_uri=request.target_link_uri,
        deployment_id=request.lti_deployment_id or None,
        created_at=now,
        storage_target=storage_target,
    )
    store.states.remember(pending, now)
    return Redirect(url, registration.issuer, registration.client_id, fingerprint(login.nonce), login.state)


def _judge(request: LoginRequest, site: Site, registrations: Registrations) -> Registration:
    for name, value in request.parameters.items():
        if len(value) > LONGEST[name] or not _is_text(value):
            raise Refusal(RefusalReason.PARAMETER_UNFIT, f"{name} of {len(value)} characters")
    if not request.iss:
        raise Refusal(RefusalReason.MISSING_ISSUER)
    if not request.login_hint:
        raise Refusal(RefusalReason.MISSING_LOGIN_HINT)
    if not request.target_link_uri:
        raise Refusal(RefusalReason.MISSING_TARGET)
    if not site.owns(request.target_link_uri):
        raise Refusal(RefusalReason.FOREIGN_TARGET)
    return _choose(request, registrations)


def _choose(request: LoginRequest, registrations: Registrations) -> Registration:
    """The one registration that a login names; never a guess between two."""
    if request.registration_id is not None:
        named = registrations.by_id(request.registration_id)
        found = [named] if named is not None and named.issuer == request.iss else []
    else:
        found = list(registrations.of_issuer(request.iss))
    found = [one for one in found if request.client_id in ("", one.client_id)]
    # One that waits for approval takes nothing from one that launches already.
    found = [one for one in found if one.active] or found
    if not found:
        raise Refusal(RefusalReason.UNKNOWN_REGISTRATION)
    if len(found) > 1:
        raise Refusal(RefusalReason.AMBIGUOUS_REGISTRATION, "no client_id, and the issuer has several")
    return found[0]


def _is_text(value: str) -> bool:
    return not any(c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in value)


def _loggable(value: str) -> str | None:
    """A parameter of an unknown sender, made harmless for one line of a log."""
    return "".join(c for c in value[:255] if c.isprintable()) or None


class _Login(OIDCLogin[Parameters, OneRegistration, Noted, Handed, str]):
    """The library's authentication request, for a registration that was already chosen."""

    def __init__(self, request: LoginRequest, registration: Registration) -> None:
        exact = replace(request, iss=registration.issuer, client_id=registration.client_id)
        parameters = Parameters(exact.parameters)
        super().__init__(
            parameters,
            OneRegistration(registration),
            session_service=Noted(parameters),
            cookie_service=Handed(),
        )
        self._login_url = registration.login_url

    def get_redirect(self, url: str) -> LibraryRedirect[str]:
        """Never asked: the caller gets a URL, and makes the response itself."""
        raise NotImplementedError

    def redirect_url(self, launch_url: str) -> str:
        """The address of the platform's login with our request in it, and with the query that it has itself.

        PyLTI1p3 2.0.0 puts a second question mark into such an address, so it gets the part before.
        """
        url = self._prepare_redirect_url(launch_url)
        own = urlsplit(self._login_url).query
        return f"{url}&{own}" if own else url

    @property
    def state(self) -> str:
        """The state that stands in the request."""
        return self._cookie_service.state

    @property
    def nonce(self) -> str:
        """The nonce that stands in the request."""
        return self._session_service.nonce

    def _get_uuid(self) -> str:
        return token_urlsafe(RANDOM_BYTES)

    def _generate_nonce(self) -> str:
        return token_urlsafe(RANDOM_BYTES)
