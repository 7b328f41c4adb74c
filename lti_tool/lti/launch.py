"""The way back from the platform: a posted form becomes a `Launch`, or a reason why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lti_tool.lti import deep_links, messages, privacy_launches, reviews
from lti_tool.lti.claims import Claims
from lti_tool.lti.deep_links import DeepLinking
from lti_tool.lti.id_tokens import IdToken
from lti_tool.lti.launches import (
    DataPrivacyLaunch,
    Launch,
    MessageType,
    SubmissionReview,
    UnknownDeployment,
)
from lti_tool.lti.messages import Expected
from lti_tool.lti.outgoing import Outgoing
from lti_tool.lti.ports import STATE_LIFE, PendingLogin, Registration, Store
from lti_tool.lti.refusals import Refusal, RefusalReason, Refused, fingerprint
from lti_tool.lti.site import Site

Message = Launch | DeepLinking | SubmissionReview | DataPrivacyLaunch
Outcome = Message | Refused | UnknownDeployment

LONGEST_STATE = 255

_SIGNED_OUT = {"login_required", "interaction_required", "account_selection_required", "consent_required"}
_ERROR = re.compile(r"[a-z_]{1,64}")


@dataclass(frozen=True)
class Posted:
    """What the platform let the browser post to the launch address.

    error: the platform's own word for why there is no token (OpenID Connect Core 3.1.2.6).
    """

    state: str = field(default="", repr=False)
    id_token: str = field(default="", repr=False)
    error: str = ""

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "Posted":
        """The fields of the form that count."""
        return cls(form.get("state") or "", form.get("id_token") or "", form.get("error") or "")


def verify(
    posted: Posted, browser: str | None, site: Site, store: Store, outgoing: Outgoing, now: datetime
) -> Outcome:
    """Judges a launch; every check of the specifications, ours on top, and never half a launch.

    browser: hash of what this browser brought as proof, its cookie or the value from the platform's
    storage; None when it brought nothing.
    now: on the real clock, for times of tokens.
    """
    attempt = _Attempt()
    try:
        return _judge(posted, browser, site, store, outgoing, attempt, now)
    except Refusal as refusal:
        return attempt.refused(refusal)


@dataclass
class _Attempt:
    """What is known of a launch so far, for the log line of a refusal."""

    login: PendingLogin | None = None
    registration: Registration | None = None

    def refused(self, refusal: Refusal) -> Refused:
        known, login = self.registration, self.login
        return Refused(
            refusal.reason,
            refusal.detail,
            issuer=None if known is None else known.issuer,
            client_id=None if known is None else known.client_id,
            nonce_hash=None if login is None else fingerprint(login.nonce),
        )


def _judge(
    posted: Posted,
    browser: str | None,
    site: Site,
    store: Store,
    outgoing: Outgoing,
    attempt: _Attempt,
    now: datetime,
) -> Outcome:
    login = attempt.login = _take_login(posted, browser, store, now)
    registration = attempt.registration = _registration_of(login, store)
    if login.browser != browser:
        by_cookie = login.storage_target is None
        raise Refusal(RefusalReason.OTHER_BROWSER if by_cookie else RefusalReason.STORAGE_WRONG_VALUE)
    if now - login.created_at > STATE_LIFE:
        raise Refusal(RefusalReason.EXPIRED_STATE)
    if posted.error:
        raise _platform_error(posted.error)
    claims = Claims(IdToken(posted.id_token, login.nonce, registration, store, outgoing, now).read())
    expected = Expected(
        site, registration.id, login.deployment_id, registration.allow_anonymous, fingerprint(login.nonce)
    )
    return _admit(_read(claims, expected, registration), store, registration)


def _take_login(posted: Posted, browser: str | None, store: Store, now: datetime) -> PendingLogin:
    """The login that this launch answers, used up by being asked for."""
    if browser is None:
        raise Refusal(RefusalReason.NO_BROWSER_COOKIE)
    if not posted.state:
        raise _platform_error(posted.error) if posted.error else Refusal(RefusalReason.MISSING_STATE)
    if len(posted.state) > LONGEST_STATE or not posted.state.isascii():
        raise Refusal(RefusalReason.UNKNOWN_STATE)
    login = store.states.take(posted.state, now)
    if login is None:
        raise Refusal(RefusalReason.UNKNOWN_STATE)
    return login


def _registration_of(login: PendingLogin, store: Store) -> Registration:
    registration = store.registrations.by_id(login.registration_id)
    if registration is None:
        raise Refusal(RefusalReason.UNKNOWN_REGISTRATION)
    return registration


def _platform_error(error: str) -> Refusal:
    if error in _SIGNED_OUT:
        return Refusal(RefusalReason.SIGNED_OUT_OF_PLATFORM, error)
    return Refusal(RefusalReason.PLATFORM_ERROR, error if _ERROR.fullmatch(error) else "")


def _read(claims: Claims, expected: Expected, registration: Registration) -> Message:
    message_type = messages.read_type(claims)
    messages.require_themselves(claims)
    if message_type is MessageType.RESOURCE_LINK:
        return messages.read_launch(claims, expected)
    if message_type is MessageType.DEEP_LINKING:
        return deep_links.read(claims, expected, registration.issuer, registration.client_id)
    if message_type is MessageType.SUBMISSION_REVIEW:
        return reviews.read(claims, expected)
    return privacy_launches.read(claims, expected)


def _admit(message: Message, store: Store, registration: Registration) -> Outcome:
    """Asked last: only what is sound in every other way may reach the waiting list."""
    known = store.registrations.deployment_is_known(registration.id, message.deployment_id)
    if known and registration.active:
        return message
    return UnknownDeployment(
        registration.id,
        message.deployment_id,
        registration.issuer,
        registration.client_id,
        message.nonce_hash,
    )
