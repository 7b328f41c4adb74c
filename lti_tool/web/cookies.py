"""The one cookie: it tells one browser from another, and nothing else."""

import secrets

from flask import Response, request

from lti_tool.services import visits

NAME = "beklijf_browser"
LIVES_SECONDS = 400 * 24 * 3600


def fingerprint() -> str | None:
    """The hash of this browser's cookie; None when it brought none."""
    cookie = request.cookies.get(NAME)
    return visits.fingerprint(cookie) if cookie else None


def give(response: Response) -> Response:
    """Gives the browser its cookie. Partitioned: an LMS frame only gets it back inside that LMS (CHIPS)."""
    response.set_cookie(
        NAME,
        secrets.token_urlsafe(32),
        max_age=LIVES_SECONDS,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )
    return response
