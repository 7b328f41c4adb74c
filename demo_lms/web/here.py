"""Here: the platform that this request came to, and who is behind the browser."""

from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from flask import abort, current_app, redirect, request

from demo_lms.people import Person
from demo_lms.platform import Platform
from demo_lms.sign_ins import SignIn

COOKIE = "leerhuis"


def platform() -> Platform:
    return cast(Platform, current_app.extensions["platform"])


def sign_in() -> SignIn | None:
    """The sign-in of this browser, if its cookie came along."""
    return platform().sign_ins.find(request.cookies.get(COOKIE, ""))


def person() -> Person | None:
    """Who is signed in."""
    found = sign_in()
    return platform().person(found.person_id) if found is not None else None


def somebody() -> Person:
    """Who is signed in; anybody else is sent to the entrance, which leads back here."""
    found = person()
    if found is None:
        abort(redirect(f"/?{urlencode({'to': request.path})}" if request.method == "GET" else "/"))
    return found


def now() -> datetime:
    return datetime.now(UTC)


def endpoint() -> str:
    """The name of the view that answers, without its blueprint."""
    return (request.endpoint or "").rpartition(".")[2]


def complain(endpoint: str, reason: str) -> None:
    """Put an objection on the list."""
    platform().complaints.add(endpoint, reason, now())
