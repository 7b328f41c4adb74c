"""`retention run`: removing what is past its term, without waiting for the round of each hour."""

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.cli.terms import WHAT
from lti_tool.rounds import retention as terms


@click.group()
def retention() -> None:
    """What is kept no longer than it is needed for."""


@retention.command("run")
@with_appcontext
def run() -> None:
    """Remove what is past its term, and say how much that was. Running it twice removes nothing more."""
    work = current_app.extensions["beklijf"]
    removed = terms.run(work, now=work.now())
    click.echo(
        f"Removed: {removed.contacts} who followed a training, {removed.invites} invites to register, "
        f"{removed.ballots} choices that were never counted, {removed.archives} links to somebody's words."
    )
    click.echo("Past the term of their organisation:")
    for matter, number in removed.past.items():
        click.echo(f"{matter}\t{number}\t{WHAT[matter]}")
