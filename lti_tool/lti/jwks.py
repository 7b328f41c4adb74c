"""The tool's public key set, which platforms fetch (RFC 7517 section 5)."""

from collections.abc import Iterable

from lti_tool.lti import tool_keys
from lti_tool.lti.ports import ToolKey


def document(keys: Iterable[ToolKey]) -> dict[str, list[dict[str, str]]]:
    """The key set, to be written as JSON; the next key too, and former ones whose signatures count."""
    return {"keys": [tool_keys.public_jwk(key) for key in keys]}
