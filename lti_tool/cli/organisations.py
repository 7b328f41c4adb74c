"""`organisation`: tenants."""

import re
from zoneinfo import available_timezones

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from lti_tool.services import organisations

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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
    if not SLUG.fullmatch(slug):
        raise click.ClickException(f"{slug}: use small letters, figures and hyphens, like waterhoven.")
    if time_zone is not None and time_zone not in available_timezones():
        raise click.ClickException(f"{time_zone}: use a time zone like Europe/Amsterdam.")
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
