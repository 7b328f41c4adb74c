"""A refusal: the answer to a tool that asks for something it may not have."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why the LMS does not do what the tool asks.

    status: the HTTP status to answer with.
    reason: one English sentence for the person who mends the tool.
    error: the OAuth 2.0 error code (RFC 6749 section 5.2); only the token endpoint shows it.
    """

    status: int
    reason: str
    error: str = "invalid_request"
