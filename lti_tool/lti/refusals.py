"""Why a login or a launch does not go through."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from pylti1p3.exception import LtiException


class RefusalReason(StrEnum):
    """One word for the log and for choosing the page; never anything about a person."""

    # Login
    MISSING_ISSUER = "missing_issuer"
    MISSING_LOGIN_HINT = "missing_login_hint"
    MISSING_TARGET = "missing_target"
    FOREIGN_TARGET = "foreign_target"
    PARAMETER_UNFIT = "parameter_unfit"
    UNKNOWN_REGISTRATION = "unknown_registration"
    AMBIGUOUS_REGISTRATION = "ambiguous_registration"
    # Launch: the way back from the platform
    SIGNED_OUT_OF_PLATFORM = "signed_out_of_platform"
    PLATFORM_ERROR = "platform_error"
    NO_BROWSER_COOKIE = "no_browser_cookie"
    MISSING_STATE = "missing_state"
    UNKNOWN_STATE = "unknown_state"
    EXPIRED_STATE = "expired_state"
    OTHER_BROWSER = "other_browser"
    STORAGE_SILENT = "storage_silent"
    STORAGE_WRONG_VALUE = "storage_wrong_value"
    STORAGE_FROM_ELSEWHERE = "storage_from_elsewhere"
    # Launch: the token
    MISSING_TOKEN = "missing_token"  # noqa: S105 - a word, not a secret
    TOKEN_TOO_LARGE = "token_too_large"  # noqa: S105 - a word, not a secret
    MALFORMED_TOKEN = "malformed_token"  # noqa: S105 - a word, not a secret
    WRONG_ALGORITHM = "wrong_algorithm"
    MISSING_KEY_ID = "missing_key_id"
    UNKNOWN_KEY = "unknown_key"
    UNUSABLE_KEY = "unusable_key"
    WEAK_KEY = "weak_key"
    KEYS_UNAVAILABLE = "keys_unavailable"
    BAD_SIGNATURE = "bad_signature"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_NONCE = "wrong_nonce"
    MISSING_TIME = "missing_time"
    EXPIRED = "expired"
    TOO_OLD = "too_old"
    NOT_YET_VALID = "not_yet_valid"
    LIVES_TOO_LONG = "lives_too_long"
    # Launch: the message
    WRONG_VERSION = "wrong_version"
    MISSING_MESSAGE_TYPE = "missing_message_type"
    UNKNOWN_MESSAGE_TYPE = "unknown_message_type"
    BAD_DEPLOYMENT = "bad_deployment"
    OTHER_DEPLOYMENT = "other_deployment"
    UNKNOWN_DEPLOYMENT = "unknown_deployment"
    BAD_TARGET = "bad_target"
    BAD_ROLES = "bad_roles"
    BAD_SUBJECT = "bad_subject"
    BAD_RESOURCE_LINK = "bad_resource_link"
    BAD_CONTEXT = "bad_context"
    BAD_CLAIM = "bad_claim"
    # Launch: sound, but not for this person
    WORK_OF_SOMEBODY_ELSE = "work_of_somebody_else"
    DATA_OF_SOMEBODY_ELSE = "data_of_somebody_else"
    ACTS_AS_SOMEBODY_ELSE = "acts_as_somebody_else"

    @property
    def status(self) -> int:
        """The HTTP status of the page: 503 when trying again may help, else 4xx."""
        return _STATUS.get(self, 400)


_STATUS = {
    RefusalReason.KEYS_UNAVAILABLE: 503,
    RefusalReason.TOKEN_TOO_LARGE: 413,
    RefusalReason.WORK_OF_SOMEBODY_ELSE: 403,
    RefusalReason.DATA_OF_SOMEBODY_ELSE: 403,
    RefusalReason.ACTS_AS_SOMEBODY_ELSE: 403,
}


@dataclass(frozen=True)
class Refused:
    """A login or launch that was judged and refused, with what its log line needs.

    detail: what was wrong, without anything about a person.
    issuer, client_id: of the registration, or as the request gave them; None when not known.
    nonce_hash: names the attempt in the log without letting anybody repeat it.
    """

    reason: RefusalReason
    detail: str = ""
    issuer: str | None = None
    client_id: str | None = None
    nonce_hash: str | None = None


class Refusal(LtiException):
    """A refusal on its way up, inside this package only: `login` and `launch` make it a `Refused`."""

    def __init__(self, reason: RefusalReason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def fingerprint(nonce: str) -> str:
    """Sixteen hexadecimal digits that stand for a nonce in the log."""
    return sha256(nonce.encode("utf-8", "backslashreplace")).hexdigest()[:16]
