"""Calls to a platform's services, with the token that opens them (Security Framework 1.0 section 4)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from lti_tool.lti import access_tokens
from lti_tool.lti.access_tokens import NoToken, Service
from lti_tool.lti.outgoing import Answer, Fault, NoAnswer, Outgoing
from lti_tool.lti.ports import Store

Send = Callable[[str], Answer | NoAnswer]
"""Makes the request, given a token."""


class Failure(StrEnum):
    """Why a service did not do what was asked."""

    FORBIDDEN_ADDRESS = "forbidden_address"
    UNREACHABLE = "unreachable"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    TOKEN_UNAVAILABLE = "token_unavailable"  # noqa: S105 - a word, not a secret
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word, not a secret
    UNAUTHORISED = "unauthorised"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    NOT_ACCEPTED = "not_accepted"
    PLATFORM_FAILED = "platform_failed"


TEMPORARY = frozenset(
    {
        Failure.UNREACHABLE,
        Failure.TOKEN_UNAVAILABLE,
        Failure.TOKEN_REFUSED,  # mended by an operator, not by us
        Failure.UNAUTHORISED,
        Failure.PLATFORM_FAILED,
    }
)
"""Asking the same again may help."""

_FAULTS = {
    Fault.FORBIDDEN_ADDRESS: Failure.FORBIDDEN_ADDRESS,
    Fault.TOO_LARGE: Failure.TOO_LARGE,
    Fault.BROKEN: Failure.BROKEN,
}
_STATUSES = {
    401: Failure.UNAUTHORISED,
    403: Failure.NOT_ALLOWED,
    404: Failure.NOT_FOUND,
    410: Failure.NOT_FOUND,
    408: Failure.PLATFORM_FAILED,
    429: Failure.PLATFORM_FAILED,
}


def call(service: Service, send: Send, store: Store, outgoing: Outgoing, now: datetime) -> Answer | Failure:
    """What a service answers, whatever the status. One that takes the kept token no more is asked again."""

    def attempt(*, renew: bool) -> Answer | Failure:
        token = access_tokens.obtain(service, store, outgoing, now, renew=renew)
        if isinstance(token, NoToken):
            return Failure.TOKEN_REFUSED if token is NoToken.REFUSED else Failure.TOKEN_UNAVAILABLE
        answer = send(token)
        if isinstance(answer, NoAnswer):
            return _FAULTS.get(answer.fault, Failure.UNREACHABLE)
        return answer

    first = attempt(renew=False)
    return attempt(renew=True) if isinstance(first, Answer) and first.status == 401 else first


def failure(answer: Answer) -> Failure:
    """What an answer that is no success means. Canvas says that we ask too much with a 403."""
    if answer.status == 403 and b"rate limit" in answer.body.lower():
        return Failure.PLATFORM_FAILED
    otherwise = Failure.PLATFORM_FAILED if answer.status >= 500 else Failure.NOT_ACCEPTED
    return _STATUSES.get(answer.status, otherwise)


def wait_asked(answer: Answer) -> timedelta | None:
    """How long the platform wants to be left alone (RFC 9110 section 10.2.3); None when it says nothing."""
    seconds = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() and len(seconds) < 7 else None
