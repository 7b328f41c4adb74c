"""Sealing and opening texts, with the key handed in."""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lti_tool.models.sealed import NONCE_BYTES, Sealed
from lti_tool.services.keys import Key

NOBODY = UUID(int=0)
STEP_BYTES = 64
# Where the text ends and the padding begins (ISO/IEC 7816-4).
END = b"\x80"


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands: its associated data. A value moved elsewhere does not open."""

    organisation_id: UUID
    person_id: UUID
    column: str

    @property
    def bytes(self) -> bytes:
        """What AES-GCM authenticates beside the text."""
        return self.organisation_id.bytes + self.person_id.bytes + self.column.encode()


def common_place(column: str) -> Place:
    """The place of a value that belongs to no person."""
    return Place(NOBODY, NOBODY, column)


def seal(key: Key, place: Place, text: str) -> Sealed:
    """A text that only this key opens, only at this place."""
    nonce = os.urandom(NONCE_BYTES)
    return Sealed(key.id, nonce, AESGCM(key.secret).encrypt(nonce, _padded(text), place.bytes))


def unseal(key: Key, place: Place, sealed: Sealed) -> str:
    """The text again; raises cryptography.exceptions.InvalidTag when key or place are not its own."""
    padded = AESGCM(key.secret).decrypt(sealed.nonce, sealed.ciphertext, place.bytes)
    return padded.rstrip(b"\0").removesuffix(END).decode()


def _padded(text: str) -> bytes:
    """The text up to a multiple of the step, so that its length does not tell "yes" from "no"."""
    ended = text.encode() + END
    return ended + bytes(-len(ended) % STEP_BYTES)
