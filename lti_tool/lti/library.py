"""The parts that PyLTI1p3 wants to be handed: a request, a tool configuration, cookies, a session.

The library's own would read Flask and keep launches in a cookie session; ours hold values for one call.
"""

from collections.abc import Mapping
from typing import Any

from pylti1p3.cookie import CookieService
from pylti1p3.deployment import Deployment
from pylti1p3.registration import Registration as LibraryRegistration
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config.abstract import ToolConfAbstract

from lti_tool.lti.ports import Registration
from lti_tool.lti.refusals import Refusal, RefusalReason


class Parameters(Request):
    """The parameters of one request."""

    def __init__(self, values: Mapping[str, str | None]) -> None:
        self._values = values

    @property
    def session(self) -> dict[str, Any]:
        """Empty: nothing is kept in a cookie session."""
        return {}

    def is_secure(self) -> bool:
        """Not asked: no cookie is set through the library."""
        return True

    def get_param(self, key: str) -> str:
        """The parameter, empty when absent."""
        return self._values.get(key) or ""


class OneRegistration(ToolConfAbstract[Parameters]):
    """A tool configuration that knows a single registration: the one that this login or launch is about."""

    def __init__(self, registration: Registration) -> None:
        self._registration = registration

    def check_iss_has_one_client(self, _iss: str) -> bool:
        """Never: the client id always counts."""
        return False

    def check_iss_has_many_clients(self, _iss: str) -> bool:
        """Always: see `check_iss_has_one_client`."""
        return True

    def find_registration_by_params(
        self, iss: str, client_id: str, *_args: object, **_kwargs: object
    ) -> LibraryRegistration:
        """The registration, for exactly its issuer and client; raises Refusal for any other."""
        known = self._registration
        if (iss, client_id) != (known.issuer, known.client_id):
            raise Refusal(RefusalReason.UNKNOWN_REGISTRATION)
        return (
            LibraryRegistration()
            .set_issuer(known.issuer)
            .set_client_id(known.client_id)
            .set_auth_login_url(known.login_url.partition("?")[0])
        )

    def find_registration_by_issuer(self, iss: str, *_args: object, **_kwargs: object) -> LibraryRegistration:
        """Never asked, as an issuer alone names no registration here."""
        raise NotImplementedError

    def find_deployment(self, iss: str, deployment_id: str) -> Deployment | None:
        """Never asked, for the same reason."""
        raise NotImplementedError

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *_args: object, **_kwargs: object
    ) -> Deployment | None:
        """Never asked: `launch` asks about the deployment itself, when all else held."""
        raise NotImplementedError


class Handed(CookieService):
    """Takes the state that the library means for a cookie; it goes to the `States` port."""

    state = ""

    def get_cookie(self, _name: str) -> str | None:
        """None: the browser is recognised before the library is asked."""
        return None

    def set_cookie(self, _name: str, value: str | int, _exp: int | None = 3600) -> None:
        """Takes the state."""
        self.state = str(value)


class Noted(SessionService):
    """Takes the nonce that the library means for a session; it goes to the `States` port."""

    nonce = ""

    def save_nonce(self, nonce: str) -> None:
        """Takes the nonce."""
        self.nonce = nonce
