"""`organisation key`: which programs read the figures of an organisation."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from lti_tool.models.organisations import Organisation
from lti_tool.services import api_keys, organisations


@click.group()
def key() -> None:
    """Keys of programs that read the figures of an organisation."""


@key.command("add")
@click.argument("slug")
@click.argument("name")
@with_appcontext
def add(slug: str, name: str) -> None:
    """Make a key and show it, once. NAME: what it is for, like dashboard."""
    work, wanted = current_app.extensions["beklijf"], " ".join(name.split())
    if not wanted:
        raise click.ClickException("Give the key a name, like dashboard.")
    with work.sessions.begin() as session:
        made = api_keys.make(session, _find(session, slug), wanted, work.now().real)
    if made is None:
        raise click.ClickException(f"{slug} has a key {wanted} already.")
    click.echo(f"{made}\nKeep it now: it is shown once, and Beklijf keeps only a hash of it.")


@key.command("list")
@click.argument("slug")
@with_appcontext
def listing(slug: str) -> None:
    """List the keys of an organisation, with when they were made and last used."""
    with current_app.extensions["beklijf"].reading() as session:
        found = api_keys.listing(session, _find(session, slug))
    for each in found:
        last = f"last used {each.used_at:%Y-%m-%d}" if each.used_at else "never used"
        click.echo(f"{each.name}\tmade {each.made_at:%Y-%m-%d}\t{last}")
    if not found:
        click.echo("None.")


@key.command("remove")
@click.argument("slug")
@click.argument("name")
@with_appcontext
def remove(slug: str, name: str) -> None:
    """A key opens nothing any more, from this moment."""
    with current_app.extensions["beklijf"].sessions.begin() as session:
        was_there = api_keys.remove(session, _find(session, slug), " ".join(name.split()))
    if not was_there:
        raise click.ClickException(f"{slug} has no key {name}.")
    click.echo(f"The key {name} of {slug} opens nothing any more.")


def _find(session: Session, slug: str) -> Organisation:
    found = organisations.find(session, slug)
    if found is None:
        raise click.ClickException(f"There is no organisation {slug}.")
    return found
