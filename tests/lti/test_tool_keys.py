"""The tool's own keys."""

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwcrypto.jwk import JWK

from lti_tool.lti import jwks, tool_keys
from lti_tool.lti.ports import ToolKey


def test_a_key_is_named_by_its_thumbprint(tool_key: ToolKey) -> None:
    independent = JWK.from_pem(tool_key.private_pem.encode())

    assert tool_key.kid == independent.thumbprint()
    assert load_pem_private_key(tool_key.private_pem.encode(), None).key_size == 2048


def test_the_key_set_holds_public_halves_with_what_moodle_wants(tool_key: ToolKey) -> None:
    former = tool_keys.make()

    keys = jwks.document((tool_key, former))["keys"]

    assert [key["kid"] for key in keys] == [tool_key.kid, former.kid]
    assert all(set(key) == {"kty", "n", "e", "kid", "alg", "use"} for key in keys)
    assert {(key["kty"], key["alg"], key["use"]) for key in keys} == {("RSA", "RS256", "sig")}


def test_what_a_key_signs_holds_by_the_key_set(tool_key: ToolKey) -> None:
    signed = jwt.encode({"a": 1}, tool_key.private_pem, "RS256")

    (published,) = jwks.document([tool_key])["keys"]

    assert jwt.decode(signed, jwt.PyJWK(published), ["RS256"]) == {"a": 1}


def test_a_private_key_does_not_show_when_printed(tool_key: ToolKey) -> None:
    assert "PRIVATE" not in repr(tool_key)
