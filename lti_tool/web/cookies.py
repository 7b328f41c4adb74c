"""The one cookie: it tells one browser from another, and nothing else."""

import secrets

from flask import Response, current_app, request

from lti_tool.rounds.workplace import Workplace
from lti_tool.services import visits

NAME = "beklijf_browser"
# With this in front, browsers take the cookie from this host only: no neighbour under the same domain can
# plant one, and with it a visit of somebody else's. They ask for https, so local mode does without.
OF_THIS_HOST = "__Host-"
LIVES_SECONDS = 400 * 24 * 3600


def name() -> str:
    """The cookie's name."""
    work: Workplace = current_app.extensions["beklijf"]
    return NAME if work.settings.local else OF_THIS_HOST + NAME


def fingerprint() -> str | None:
    """The hash of this browser's cookie; None when it brought none."""
    cookie = request.cookies.get(name())
    return visits.fingerprint(cookie) if cookie else None


def give(response: Response) -> Response:
    """Gives the browser its cookie. Partitioned: an LMS frame only gets it back inside that LMS (CHIPS)."""
    response.set_cookie(
        name(),
        secrets.token_urlsafe(32),
        max_age=LIVES_SECONDS,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )
    return response
