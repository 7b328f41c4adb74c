"""Key pairs of the tool: they sign what it sends to platforms."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import RSAAlgorithm

from lti_tool.lti.ports import ToolKey

BITS = 2048
EXPONENT = 65537


def make() -> ToolKey:
    """A new key pair, named by its thumbprint: a name is never used for another key."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return ToolKey(_thumbprint(_public_numbers(pem)), pem)


def public_jwk(key: ToolKey) -> dict[str, str]:
    """The public half as a JWK; Moodle wants `kid` and `alg` in it (RFC 7517)."""
    return {**_public_numbers(key.private_pem), "kid": key.kid, "alg": "RS256", "use": "sig"}


def _public_numbers(pem: str) -> dict[str, str]:
    private = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("the tool signs with RSA keys only")
    jwk = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return {name: jwk[name] for name in ("e", "kty", "n")}


def _thumbprint(members: Mapping[str, str]) -> str:
    """RFC 7638: the SHA-256 of the required members, sorted, without spaces."""
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return urlsafe_b64encode(sha256(canonical.encode()).digest()).rstrip(b"=").decode()
