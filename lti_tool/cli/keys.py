"""`keys`: the tool's own keys, and those that wrap the keys of persons."""

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


@keys.command("rewrap")
@with_appcontext
def rewrap() -> None:
    """Have the first data key wrap all keys of the store; nobody needs to stop for it."""
    work = current_app.extensions["beklijf"]
    number = work.keyring.rewrap()
    first, *others = (each.name for each in work.settings.wrapping_keys)
    click.echo(f"{number} keys were wrapped anew. All of them open with {first} alone.")
    if others:
        click.echo(
            f"{' and '.join(others)} may go once all processes write with {first} and check notes no key."
        )
