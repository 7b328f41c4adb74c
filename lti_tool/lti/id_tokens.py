"""The id_token of a launch, judged (Security Framework 1.0 section 5.1.3).

PyLTI1p3 gives the order of the checks and checks the signature; each step's judgement is here,
because its own lets in tokens without times, replays and swapped clients.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pylti1p3.exception import LtiException
from pylti1p3.message_launch import MessageLaunch

from lti_tool.lti import keysets
from lti_tool.lti.keysets import KeyFault
from lti_tool.lti.library import Handed, Noted, OneRegistration, Parameters
from lti_tool.lti.outgoing import Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.refusals import Refusal, RefusalReason

ALGORITHM = "RS256"
LARGEST = 64 * 1024
LONGEST_KID = 255
LEEWAY = 60
"""Seconds that two clocks may differ; Moodle's tokens live only 60."""

OLDEST = 10 * 60
"""Seconds since a token was made: as long as a login may take."""

LONGEST_LIFE = 24 * 3600
"""Seconds until a token expires; Open edX gives an hour."""

_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_KEY_FAULTS = {
    KeyFault.UNAVAILABLE: RefusalReason.KEYS_UNAVAILABLE,
    KeyFault.UNKNOWN: RefusalReason.UNKNOWN_KEY,
    KeyFault.UNUSABLE: RefusalReason.UNUSABLE_KEY,
    KeyFault.WEAK: RefusalReason.WEAK_KEY,
}


class IdToken(MessageLaunch[Parameters, OneRegistration, Noted, Handed]):
    """A token of a platform, such as the one that answers a login of ours. Every step raises Refusal.

    The library calls the steps in the order: state, format, nonce, registration, signature,
    deployment, message, storage. The last three are `launch`'s.
    """

    def __init__(
        self,
        text: str,
        nonce: str | None,
        registration: Registration,
        store: Store,
        outgoing: Outgoing,
        now: datetime,
    ) -> None:
        """nonce: of the login that it answers; None for what answers none, and is not compared then."""
        parameters = Parameters({"id_token": text})
        super().__init__(
            parameters,
            OneRegistration(registration),
            session_service=Noted(parameters),
            cookie_service=Handed(),
        )
        self._text = text
        self._nonce = nonce
        self._known = registration
        self._key_sets = store.key_sets
        self._outgoing = outgoing
        self._now = now
        # Times are checked below, with leeway and on the clock that is handed in.
        self.set_jwt_verify_options(
            {"verify_aud": False, "verify_exp": False, "verify_iat": False, "verify_nbf": False,
             "verify_iss": False, "verify_sub": False, "verify_jti": False}
        )  # fmt: skip

    def read(self) -> Mapping[str, object]:
        """The claims, of which signature, issuer, audience, nonce and times hold."""
        self.validate()
        return dict(self._jwt["body"])

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    def validate_state(self) -> "IdToken":
        """Nothing left to do: where there was a login, its state was taken."""
        return self

    def validate_jwt_format(self) -> "IdToken":
        """Three parts of base64url, two of them JSON objects; RS256, a key id, no demands."""
        if not self._text:
            raise Refusal(RefusalReason.MISSING_TOKEN)
        if len(self._text) > LARGEST:
            raise Refusal(RefusalReason.TOKEN_TOO_LARGE)
        if not _FORM.fullmatch(self._text):
            raise Refusal(RefusalReason.MALFORMED_TOKEN)
        try:
            super().validate_jwt_format()
        except LtiException:
            raise Refusal(RefusalReason.MALFORMED_TOKEN) from None
        header: Any = self._jwt.get("header")
        if not isinstance(header, dict) or not isinstance(self._jwt.get("body"), dict):
            raise Refusal(RefusalReason.MALFORMED_TOKEN)
        _check_header(header)
        return self

    def validate_nonce(self) -> "IdToken":
        """The nonce of this very login. Taking the state used it up."""
        if self._nonce is not None and self._jwt["body"].get("nonce") != self._nonce:
            raise Refusal(RefusalReason.WRONG_NONCE)
        return self

    def validate_registration(self) -> "IdToken":
        """Issuer and client exactly those that the login went to."""
        if self._jwt["body"].get("iss") != self._known.issuer:
            raise Refusal(RefusalReason.WRONG_ISSUER)
        super().validate_registration()
        return self

    def get_client_id(self) -> str:
        """Our client id, when the token is meant for us and nobody else uses it (steps 3 to 5)."""
        body: Mapping[str, object] = self._jwt["body"]
        audience, party = body.get("aud"), body.get("azp")
        ours = self._known.client_id
        meant_for = audience if isinstance(audience, list) else [audience]
        alone = all(one == ours for one in meant_for)
        if ours not in meant_for or (party != ours and not (alone and party is None)):
            raise Refusal(RefusalReason.WRONG_AUDIENCE)
        return ours

    def get_public_key(self) -> tuple[str, str]:
        """The platform's key; keys that the token itself brings are never looked at."""
        kid = self._jwt["header"]["kid"]
        key = keysets.find(self._known, kid, self._key_sets, self._outgoing, self._now)
        if isinstance(key, KeyFault):
            raise Refusal(_KEY_FAULTS[key])
        pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return pem.decode(), ALGORITHM

    def validate_jwt_signature(self) -> "IdToken":
        """The platform signed it, just now."""
        try:
            super().validate_jwt_signature()
        except Refusal:
            raise
        except LtiException:
            raise Refusal(RefusalReason.BAD_SIGNATURE) from None
        check_times(self._jwt["body"], self._now.timestamp())
        return self

    def validate_deployment(self) -> "IdToken":
        """Asked last of all, by `launch`: an unknown deployment is no refusal but waits for an operator."""
        return self

    def validate_message(self) -> "IdToken":
        """Read by `messages`."""
        return self

    def save_launch_data(self) -> "IdToken":
        """Nothing is stored: a launch becomes a value."""
        return self


def _check_header(header: Mapping[str, object]) -> None:
    if header.get("alg") != ALGORITHM:
        raise Refusal(RefusalReason.WRONG_ALGORITHM)
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= LONGEST_KID:
        raise Refusal(RefusalReason.MISSING_KEY_ID)
    if "crit" in header:
        raise Refusal(RefusalReason.MALFORMED_TOKEN, "it demands extensions (RFC 7515 section 4.1.11)")


def check_times(claims: Mapping[str, object], now: float) -> None:
    """Raises Refusal unless the token was made just now and soon expires. now: seconds since 1970."""
    expires, made = _moment(claims, "exp"), _moment(claims, "iat")
    if expires <= now - LEEWAY:
        raise Refusal(RefusalReason.EXPIRED)
    if expires > now + LONGEST_LIFE:
        raise Refusal(RefusalReason.LIVES_TOO_LONG)
    if made < now - OLDEST - LEEWAY:
        raise Refusal(RefusalReason.TOO_OLD)
    begins = _moment(claims, "nbf") if claims.get("nbf") is not None else made
    if max(made, begins) > now + LEEWAY:
        raise Refusal(RefusalReason.NOT_YET_VALID)


def _moment(claims: Mapping[str, object], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise Refusal(RefusalReason.MISSING_TIME, f"{name} must be a number of seconds")
    return value
