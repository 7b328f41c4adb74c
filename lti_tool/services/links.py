"""Signed addresses that letters carry: each holds one delivery, or one person's say over one training."""

from enum import StrEnum
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer


class Purpose(StrEnum):
    """What a link is for; one purpose's token opens no other's page."""

    ANSWER = "answer"
    PREFERENCES = "preferences"


def token(secret: str, purpose: Purpose, row_id: UUID) -> str:
    """The token of a row: of a delivery (ANSWER) or an enrolment (PREFERENCES)."""
    return URLSafeSerializer(secret, salt=purpose).dumps(row_id.hex)


def read(secret: str, purpose: Purpose, text: str) -> UUID | None:
    """The row of a token; None for what we did not sign."""
    try:
        return UUID(URLSafeSerializer(secret, salt=purpose).loads(text))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
