"""Signed addresses: each holds one row and one purpose. Those of letters hold a delivery."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadSignature, Signer


class Purpose(StrEnum):
    """What a link is for; one purpose's token opens no other's page."""

    ANSWER = "answer"
    PREFERENCES = "preferences"
    INVITATION = "invitation"
    CARD = "card"
    BUDDY = "buddy"
    DOWNLOAD = "download"
    OWN_ADDRESS = "own_address"
    FEED = "feed"


def token(secret: str, purpose: Purpose, row_id: UUID) -> str:
    """The token of a row, for one purpose."""
    return _signer(secret, purpose).sign(urlsafe_b64encode(row_id.bytes).rstrip(b"=")).decode()


def read(secret: str, purpose: Purpose, text: str) -> UUID | None:
    """The row of a token; None for what we did not sign."""
    try:
        return UUID(bytes=urlsafe_b64decode(_signer(secret, purpose).unsign(text) + b"=="))
    except (BadSignature, ValueError):
        return None


def _signer(secret: str, purpose: Purpose) -> Signer:
    return Signer(secret, salt=f"beklijf.{purpose}", digest_method=sha256)
