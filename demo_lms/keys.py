"""The LMS's own signing keys: signing, rotating, publishing."""

import base64
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


@dataclass(frozen=True)
class SigningKey:
    """An RSA key pair with the name under which its public half is published."""

    kid: str = field(default_factory=lambda: secrets.token_hex(10))
    private: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048), repr=False
    )

    def public_jwk(self) -> dict[str, str]:
        """The public half as a JSON Web Key (RFC 7517, RFC 7518 section 6.3.1)."""
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "n": encoded(numbers.n.to_bytes(256, "big")),
            "e": encoded(numbers.e.to_bytes(3, "big")),
        }

    def sign(self, claims: Any, header: Mapping[str, Any]) -> str:
        """A compact JWS (RFC 7515 section 7.1) of exactly these claims and this header.

        A library would refuse to make the malformed tokens that a tool must be able to refuse, so nothing is
        checked here. The signature is always RS256, whatever the header says.
        """
        signed = ".".join(encoded(json.dumps(part).encode()) for part in (dict(header), claims))
        signature = self.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{encoded(signature)}"


class KeySet:
    """The published keys. The last one signs; older ones stay published for tokens still on their way.

    The first key is made when it is first needed, for making one takes a while.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: list[SigningKey] = []
        self._fetches = 0

    @property
    def current(self) -> SigningKey:
        with self._lock:
            return self._keys()[-1]

    @property
    def fetches(self) -> int:
        """How often the key set was asked for."""
        with self._lock:
            return self._fetches

    def rotate(self, *, keep_old: bool = True) -> SigningKey:
        """Sign with a new key from now on. Without `keep_old` the old ones disappear from the set."""
        key = SigningKey()
        with self._lock:
            self._made = [*self._keys(), key] if keep_old else [key]
        return key

    def published(self) -> dict[str, list[dict[str, str]]]:
        """The key set as served (Security Framework 1.0 section 6.3); counts as a fetch."""
        with self._lock:
            self._fetches += 1
            return {"keys": [key.public_jwk() for key in self._keys()]}

    def _keys(self) -> list[SigningKey]:
        """All keys; the caller holds the lock."""
        if not self._made:
            self._made = [SigningKey()]
        return self._made


def encoded(octets: bytes) -> str:
    """Base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
