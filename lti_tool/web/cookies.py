"""The two cookies: one only tells one browser from another; the other is the pass of an adviser."""

import secrets

from flask import Response, current_app, request

from lti_tool.rounds.workplace import Workplace
from lti_tool.services import visits

NAME = "beklijf_browser"
OF_ADVISER = "beklijf_adviser"
# With this in front, browsers take the cookie from this host only: no neighbour under the same domain can
# plant one, and with it a visit of somebody else's. They ask for https, so local mode does without.
OF_THIS_HOST = "__Host-"
LIVES_SECONDS = 400 * 24 * 3600


def name(which: str = NAME) -> str:
    """A cookie's name."""
    work: Workplace = current_app.extensions["beklijf"]
    return which if work.settings.local else OF_THIS_HOST + which


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


def give_pass(response: Response, given: str, lives_seconds: int) -> Response:
    """Gives the browser of an adviser its pass. Their pages are never in a frame; a link may lead there."""
    response.set_cookie(
        name(OF_ADVISER),
        given,
        max_age=lives_seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="Lax",
    )
    return response


def adviser_pass() -> str | None:
    """The pass of an adviser that this browser brought."""
    return request.cookies.get(name(OF_ADVISER))


def take_pass(response: Response) -> Response:
    """Takes that pass from the browser."""
    response.delete_cookie(name(OF_ADVISER), path="/", secure=True, httponly=True, samesite="Lax")
    return response
