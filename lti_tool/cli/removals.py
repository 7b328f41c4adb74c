"""`platform remove`: what happens is said first."""

from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.cli.platforms import find
from lti_tool.services import platforms, removals
from lti_tool.services.removals import Removal


@click.command()
@click.argument("registration", type=click.UUID)
@click.option("--yes", is_flag=True, help="Do not ask, for scripts.")
@with_appcontext
def remove(registration: UUID, yes: bool) -> None:
    """End a registration, after saying what stops and what stays. Nobody's words are removed."""
    work = current_app.extensions["beklijf"]
    with work.reading() as session:
        row = find(session, registration)
        found = removals.look(session, row.id)
    click.echo(f"{row.client_id} of {row.issuer} holds:")
    for line in _held(found):
        click.echo(f"  {line}")
    click.echo("Stops: launches and open visits at once, the mails and scores above, reading rosters.")
    click.echo("Stays: what these people wrote, sealed under their own keys, and who took part in what.")
    click.echo("  Nothing removes that by itself, and nobody can open Beklijf any more to have it erased.")
    click.echo("  Is it all to go? Erase it first, by data privacy launches of the LMS (docs/operations.md).")
    click.echo("Comes back: everything, when the same client is added again with `platform add`.")
    if not yes:
        click.confirm("Remove it?", abort=True)
    with work.sessions.begin() as session:
        platforms.remove(find(session, registration))
    # By itself: a round that decides meanwhile has either kept what it decided, or finds it removed.
    with work.sessions.begin() as session:
        removals.take_back(session, registration)
    click.echo(f"Removed {row.client_id} of {row.issuer}.")


def _held(found: Removal) -> list[str]:
    return [
        _number(found.deployments, "deployment"),
        _number(found.courses, "course"),
        _number(found.people, "person", "people"),
        _number(found.letters, "mail that would still go out", "mails that would still go out"),
        _number(found.scores, "score that would still go out", "scores that would still go out"),
    ]


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
