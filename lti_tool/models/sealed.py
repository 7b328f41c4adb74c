"""A text that only its person's key opens."""

from dataclasses import dataclass
from uuid import UUID

NONCE_BYTES = 12


@dataclass(frozen=True)
class Sealed:
    """An AES-256-GCM ciphertext with the id of the key that opens it.

    What it belongs to (organisation, person, table, column; of an answer its reflection and item too) is
    its associated data and is not stored in it: a value moved elsewhere does not open.
    """

    key_id: UUID
    nonce: bytes
    ciphertext: bytes

    def pack(self) -> bytes:
        """Key id, nonce and ciphertext behind each other."""
        return self.key_id.bytes + self.nonce + self.ciphertext

    @classmethod
    def unpack(cls, packed: bytes) -> "Sealed":
        """Inverse of `pack`; raises ValueError when it is too short."""
        if len(packed) < 16 + NONCE_BYTES + 16:
            raise ValueError("not a sealed value")
        return cls(UUID(bytes=packed[:16]), packed[16 : 16 + NONCE_BYTES], packed[16 + NONCE_BYTES :])
