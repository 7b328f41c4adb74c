"""Notices: what the LMS tells the tool when nobody is there (Platform Notification Service 1.0)."""

import secrets
import threading
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from demo_lms.courses import Course
from demo_lms.refusals import Refusal
from demo_lms.registration import Registration
from demo_lms.vocabulary import CONTEXT, CONTEXT_COPY, DEPLOYMENT_ID, NOTICE, ORIGIN_CONTEXTS, VERSION

LIFE = timedelta(minutes=5)
PATIENCE = 5.0
"""Seconds to wait for the tool."""


class Handlers:
    """Where the tool wants its notices, by deployment and kind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._urls: dict[str, dict[str, str]] = {}

    def of(self, deployment_id: str) -> dict[str, str]:
        with self._lock:
            return dict(self._urls.get(deployment_id, {}))

    def put(self, deployment_id: str, kind: str, url: str) -> None:
        """An empty address ends it."""
        with self._lock:
            kinds = self._urls.setdefault(deployment_id, {})
            kinds.pop(kind, None)
            if url:
                kinds[kind] = url


def wrong_handler(said: Any, registration: Registration) -> Refusal | None:
    """Why this cannot be a handler: a kind that the LMS sends, and an address of the tool's own host."""
    if not isinstance(said, dict) or said.get("notice_type") != CONTEXT_COPY:
        return Refusal(400, "notice_type is missing or not one that this LMS sends")
    url = said.get("handler")
    if not isinstance(url, str):
        return Refusal(400, "handler is missing")
    if url and urlsplit(url).netloc != urlsplit(registration.tool).netloc:
        return Refusal(400, "handler must be on the domain of the tool")
    return None


def of_copy(copy: Course, deployment_id: str, registration: Registration, now: datetime) -> dict[str, Any]:
    """The claims of the notice that a course was copied."""
    return {
        "iss": registration.issuer,
        "aud": [registration.client_id],
        "azp": registration.client_id,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE).timestamp()),
        "nonce": secrets.token_urlsafe(16),
        VERSION: "1.3.0",
        DEPLOYMENT_ID: deployment_id,
        NOTICE: {"id": secrets.token_hex(12), "timestamp": now.isoformat(), "type": CONTEXT_COPY},
        CONTEXT: {"id": copy.id, "label": copy.label, "title": copy.title, "type": ["CourseSection"]},
        ORIGIN_CONTEXTS: [copy.history[0]],
    }


def send(url: str, token: str) -> bool:
    """Whether the tool took a notice. It is sent once, as Canvas does."""
    try:
        answer = httpx.post(url, json={"notices": [{"jwt": token}]}, timeout=PATIENCE, trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.is_success
