"""`organisation adviser`: who reads the figures of an organisation."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from lti_tool.mail import addresses
from lti_tool.models.organisations import Organisation
from lti_tool.services import advisers, organisations


@click.group()
def adviser() -> None:
    """Advisers on learning: who reads the figures of an organisation."""


@adviser.command("add")
@click.argument("slug")
@click.argument("address")
@with_appcontext
def add(slug: str, address: str) -> None:
    """Make somebody an adviser, by their mail address."""
    work, wanted = current_app.extensions["beklijf"], addresses.ascii_form(address)
    if wanted is None:
        raise click.ClickException(f"{address}: use a mail address like leren@gemeente.example.")
    with work.sessions.begin() as session:
        found = _find(session, slug)
        is_new = advisers.appoint(session, found, wanted, work.keyring.named, work.now().real)
    if not is_new:
        raise click.ClickException(f"{wanted} is an adviser of {slug} already.")
    click.echo(f"{wanted} is an adviser of {slug}.")


@adviser.command("remove")
@click.argument("slug")
@click.argument("address")
@with_appcontext
def remove(slug: str, address: str) -> None:
    """Somebody is no adviser any more, from this moment."""
    work, wanted = current_app.extensions["beklijf"], addresses.ascii_form(address)
    with work.sessions.begin() as session:
        found = _find(session, slug)
        was_one = wanted is not None and advisers.dismiss(session, found, wanted, work.keyring.named)
    if not was_one:
        raise click.ClickException(f"{address} is no adviser of {slug}.")
    click.echo(f"{wanted} is no adviser of {slug} any more.")


@adviser.command("list")
@click.argument("slug")
@with_appcontext
def listing(slug: str) -> None:
    """List the advisers of an organisation."""
    work = current_app.extensions["beklijf"]
    with work.reading() as session:
        shown = advisers.listing(session, _find(session, slug), work.keyring.named)
    for each in shown:
        click.echo(each.address if each.is_reached else f"{each.address}\tno mail goes there")
    if not shown:
        click.echo("None.")


def _find(session: Session, slug: str) -> Organisation:
    found = organisations.find(session, slug)
    if found is None:
        raise click.ClickException(f"There is no organisation {slug}.")
    return found
