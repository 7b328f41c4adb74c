"""Notices: what a platform tells when nobody is there (Platform Notification Service 1.0)."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import jwt

from lti_tool.lti import claims as names
from lti_tool.lti import messages, service_calls
from lti_tool.lti.access_tokens import Service
from lti_tool.lti.claims import Claims
from lti_tool.lti.id_tokens import LARGEST, IdToken
from lti_tool.lti.launches import CONTEXT_COPY, NOTICES_SCOPE
from lti_tool.lti.outgoing import Answer, NoAnswer, Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.refusals import Refusal, RefusalReason, Refused
from lti_tool.lti.service_calls import Failure, failure

MOST_NOTICES = 100
MOST_ORIGINS = 50


@dataclass(frozen=True)
class ContextCopied:
    """A course was made as a copy of others. origins: ids of their contexts, as the platform ordered them."""

    registration_id: UUID
    deployment_id: str
    notice_id: str
    context_id: str
    origins: tuple[str, ...]


@dataclass(frozen=True)
class NotForUs:
    """A sound notice of a kind that this tool has no use for."""

    type: str


def parse(body: bytes) -> list[str] | None:
    """The signed notices of a request; None when the body is not what the specification says."""
    try:
        content = json.loads(body)
        found = [entry["jwt"] for entry in content["notices"]]
    except (ValueError, RecursionError, LookupError, TypeError):
        return None
    if len(found) > MOST_NOTICES or not all(isinstance(text, str) for text in found):
        return None
    return found


def judge(text: str, store: Store, outgoing: Outgoing, now: datetime) -> ContextCopied | NotForUs | Refused:
    """What a notice says, when it is the platform's own. now: on the real clock.

    There was no login: registration and audience come from the token itself, and hold by its signature.
    """
    registration = None
    try:
        registration = _registration(text, store)
        claims = Claims(IdToken(text, None, registration, store, outgoing, now).read())
        return _read(claims, registration, store)
    except Refusal as refusal:
        known = (registration.issuer, registration.client_id) if registration else (None, None)
        return Refused(refusal.reason, refusal.detail, *known)


def ask_for(
    registration: Registration,
    deployment_id: str,
    url: str,
    handler: str,
    store: Store,
    outgoing: Outgoing,
    now: datetime,
) -> Failure | None:
    """Asks the platform to send notices of copies to `handler`; why it does not, or None."""
    content = json.dumps({"notice_type": CONTEXT_COPY, "handler": handler}).encode()

    def send(token: str) -> Answer | NoAnswer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return outgoing.put(url, headers, content)

    service = Service(registration, deployment_id, frozenset({NOTICES_SCOPE}))
    answer = service_calls.call(service, send, store, outgoing, now)
    if isinstance(answer, Failure):
        return answer
    return None if answer.status in {200, 201, 202, 204} else failure(answer)


def _registration(text: str, store: Store) -> Registration:
    """The registration that a token claims to be for; whether it is, the signature says."""
    if len(text) > LARGEST:
        raise Refusal(RefusalReason.TOKEN_TOO_LARGE)
    try:
        said = jwt.decode(text, options={"verify_signature": False, "verify_sub": False})
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise Refusal(RefusalReason.MALFORMED_TOKEN) from None
    audience = said.get("aud")
    meant_for = audience if isinstance(audience, list) else [audience]
    issuer = said.get("iss")
    # Nothing is signed yet: what no database can look up is of no platform.
    sound = issuer if isinstance(issuer, str) and names.is_clean(issuer) else None
    of_issuer = () if sound is None else store.registrations.of_issuer(sound)
    found = [one for one in of_issuer if one.active and one.client_id in meant_for]
    if len(found) != 1:
        raise Refusal(RefusalReason.UNKNOWN_REGISTRATION)
    return found[0]


def _read(claims: Claims, registration: Registration, store: Store) -> ContextCopied | NotForUs:
    if claims.value(names.VERSION) != messages.LTI_VERSION:
        raise Refusal(RefusalReason.WRONG_VERSION)
    deployment_id = claims.identifier(names.DEPLOYMENT_ID, RefusalReason.BAD_DEPLOYMENT)
    if not store.registrations.deployment_is_known(registration.id, deployment_id):
        raise Refusal(RefusalReason.UNKNOWN_DEPLOYMENT)
    notice = claims.section(names.NOTICE) or Claims({})
    notice_id = notice.identifier("id", RefusalReason.BAD_CLAIM)
    kind = notice.identifier("type", RefusalReason.BAD_CLAIM)
    if kind != CONTEXT_COPY:
        return NotForUs(kind)
    context = claims.section(names.CONTEXT, RefusalReason.BAD_CONTEXT) or Claims({})
    context_id = context.identifier("id", RefusalReason.BAD_CONTEXT)
    return ContextCopied(registration.id, deployment_id, notice_id, context_id, _origins(claims))


def _origins(claims: Claims) -> tuple[str, ...]:
    found = claims.texts(names.ORIGIN_CONTEXTS, RefusalReason.BAD_CONTEXT, MOST_ORIGINS)
    return tuple(one for one in found if 0 < len(one) <= names.LONGEST_ID and names.is_clean(one))
