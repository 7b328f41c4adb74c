"""Who may use a route. Every route says so; one that does not stops the start-up."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Flask

from lti_tool.models.courses import Role

View = TypeVar("View", bound=Callable[..., object])


class Access(StrEnum):
    """Who may use a route."""

    ANYONE = "anyone"  # before a launch: nothing personal
    VISITOR = "visitor"  # whoever launched
    LEARNER = "learner"
    LOOKER = "looker"  # a trainer, also one who may only look
    TRAINER = "trainer"
    CHOOSER = "chooser"  # who came to choose content for a course
    MAIL_LINK = "mail_link"  # whoever holds the link from a letter
    BUDDY = "buddy"  # whoever holds the link from a letter to a buddy
    FEED = "feed"  # whoever holds the address of a calendar
    NOTE_LINK = "note_link"  # whoever holds the link of a logbook: it writes, and reads nothing
    GUEST = "guest"  # whom the platform does not name: nothing personal
    ADVISER = "adviser"  # who signed in as an adviser of an organisation
    PRIVACY = "privacy"  # whoever holds the pass of a data privacy launch
    KEY = "key"  # a program with a key of an organisation
    SIGNED = "signed"  # a program that signs what it says
    LOCAL = "local"  # local mode only


ROLES = {
    Access.VISITOR: frozenset(Role),
    Access.LEARNER: frozenset({Role.LEARNER}),
    Access.LOOKER: frozenset({Role.TRAINER, Role.LOOKER}),
    Access.TRAINER: frozenset({Role.TRAINER}),
}


class UndeclaredAccess(Exception):
    """A route does not say who may use it."""


def open_to(access: Access) -> Callable[[View], View]:
    """Declares who may use a view."""

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def access_of(app: Flask, endpoint: str) -> Access:
    """What a route declared; raises UndeclaredAccess."""
    if endpoint == "static":
        return Access.ANYONE
    access = getattr(app.view_functions[endpoint], "access", None)
    if access is None:
        raise UndeclaredAccess(endpoint)
    return Access(access)


def require_declarations(app: Flask) -> None:
    """Raises UndeclaredAccess when any route says nothing."""
    for rule in app.url_map.iter_rules():
        access_of(app, rule.endpoint)
