"""`organisation`: tenants."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from lti_tool.services import organisations


@click.group()
def organisation() -> None:
    """Organisations: whose people these are."""


@organisation.command("add")
@click.argument("slug")
@click.argument("name")
@click.option("--time-zone", help="Its time zone; the tool's own when left out.")
@with_appcontext
def add(slug: str, name: str, time_zone: str | None) -> None:
    """Add an organisation. SLUG: a short word for it, used in commands."""
    work = current_app.extensions["beklijf"]
    try:
        with work.sessions.begin() as session:
            zone = time_zone or work.settings.timezone
            organisations.add(session, slug, name, zone, work.now().real)
    except IntegrityError:
        raise click.ClickException(f"There is an organisation {slug} already.") from None
    click.echo(f"Added {slug}: {name}.")


@organisation.command("list")
@with_appcontext
def listing() -> None:
    """List the organisations."""
    with current_app.extensions["beklijf"].reading() as session:
        for row in organisations.listing(session):
            click.echo(f"{row.slug}\t{row.name}\t{row.time_zone}")
