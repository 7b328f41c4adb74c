"""`keys`: the tool's own keys."""

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.rounds import lti_store


@click.group()
def keys() -> None:
    """The tool's own keys."""


@keys.command("rotate-lti")
@with_appcontext
def rotate_lti() -> None:
    """Make a new key for signing; the old one stays published for a week."""
    work = current_app.extensions["beklijf"]
    kid = lti_store.rotate_key(work, work.now().real)
    click.echo(f"The tool signs with key {kid} from now on.")
