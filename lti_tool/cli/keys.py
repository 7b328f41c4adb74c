"""`keys`: the tool's own keys."""

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.rounds import lti_store

LEAKED = (
    "All keys that the tool has now are withdrawn. A platform that keeps the tool's key set refuses scores,\n"
    "rosters and chosen content until it looks again, an hour at most. Go on?"
)


@click.group()
def keys() -> None:
    """The tool's own keys."""


@keys.command("rotate-lti")
@click.option("--now", "at_once", is_flag=True, help="A key leaked: withdraw all others, sign at once.")
@with_appcontext
def rotate_lti(at_once: bool) -> None:
    """Publish a new signing key; it signs once every platform may know it."""
    work = current_app.extensions["beklijf"]
    if at_once:
        click.confirm(LEAKED, abort=True)
    kid, signs_from = lti_store.rotate_key(work, work.now().real, at_once=at_once)
    click.echo(f"Key {kid} is published.")
    if at_once:
        click.echo("It signs from now on. All other keys are withdrawn.")
    else:
        click.echo(f"It signs from {signs_from:%Y-%m-%d %H:%M} UTC. Until then the key before it does.")
