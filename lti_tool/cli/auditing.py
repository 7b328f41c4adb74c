"""Which commands stand in the audit trail: all that change something or look at people, by their words."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.domain.trail import Actor, Line
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import organisations

UNSAID = {
    "catalogue check", "catalogue coverage", "check", "mail ingest-dsn", "organisation list", "platform list",
    "retention run",
}  # fmt: skip
"""What tells nothing of anybody, or only does what the tool does by itself."""


def audit(commands: Iterable[click.Command], *before: str) -> None:
    """Has these commands, and those within them, write themselves down before they begin."""
    for command in commands:
        words = (*before, command.name or "")
        if isinstance(command, click.Group):
            audit(command.commands.values(), *words)
        elif command.callback is not None and " ".join(words) not in UNSAID:
            command.callback = _noted(" ".join(words), command.callback)


def _noted(act: str, callback: Callable[..., Any]) -> Callable[..., Any]:
    @with_appcontext
    @wraps(callback)
    def run(*given: Any, **named: Any) -> Any:
        work: Workplace = current_app.extensions["beklijf"]
        of = _organisation_id(work, named.get("slug"))
        work.trail.note(Line(work.now().real, act, Actor.OPERATOR, of))
        return callback(*given, **named)

    return run


def _organisation_id(work: Workplace, slug: str | None) -> UUID | None:
    if slug is None:
        return None
    with work.reading() as session:
        found = organisations.find(session, slug)
    return found.id if found else None
