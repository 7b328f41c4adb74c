"""`organisation`: tenants."""

import re
from zoneinfo import available_timezones

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from lti_tool.domain.words import LOCALES
from lti_tool.mail import addresses
from lti_tool.rounds import days_off as days_off_round
from lti_tool.services import holidays, organisations, units

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.group()
def organisation() -> None:
    """Organisations: whose people these are."""


@organisation.command("add")
@click.argument("slug")
@click.argument("name")
@click.option("--time-zone", help="Its time zone; the tool's own when left out.")
@click.option("--mail-domain", "domains", multiple=True, help="Where contacts may have an address.")
@with_appcontext
def add(slug: str, name: str, time_zone: str | None, domains: tuple[str, ...]) -> None:
    """Add an organisation. SLUG: a short word for it, used in commands."""
    work = current_app.extensions["beklijf"]
    if not SLUG.fullmatch(slug):
        raise click.ClickException(f"{slug}: use small letters, figures and hyphens, like waterhoven.")
    if time_zone is not None and time_zone not in available_timezones():
        raise click.ClickException(f"{time_zone}: use a time zone like Europe/Amsterdam.")
    _require_domains(domains)
    try:
        with work.sessions.begin() as session:
            zone = time_zone or work.settings.timezone
            new = organisations.add(session, slug, name, zone, work.now().real)
            organisations.allow_mail(session, new, domains)
    except IntegrityError:
        raise click.ClickException(f"There is an organisation {slug} already.") from None
    click.echo(f"Added {slug}: {name}.")


@organisation.command("mail-domains")
@click.argument("slug")
@click.argument("domains", nargs=-1)
@click.option("--none", "to_none", is_flag=True, help="Only who is in a course may then be a contact.")
@with_appcontext
def mail_domains(slug: str, domains: tuple[str, ...], to_none: bool) -> None:
    """Show in which mail domains contacts may have an address, or put others in their place."""
    _require_domains(domains)
    with current_app.extensions["beklijf"].sessions.begin() as session:
        found = organisations.find(session, slug)
        if found is None:
            raise click.ClickException(f"There is no organisation {slug}.")
        if domains or to_none:
            organisations.allow_mail(session, found, domains)
        click.echo(found.mail_domains or "None: contacts are people of the course.")


@organisation.command("days-off")
@click.argument("slug")
@click.argument("days", nargs=-1, type=click.Choice(sorted(holidays.OPTIONAL.values())))
@click.option("--none", "to_none", is_flag=True, help="Both are working days.")
@with_appcontext
def days_off(slug: str, days: tuple[str, ...], to_none: bool) -> None:
    """Show whether Good Friday and 5 May are days off, or choose anew; the mails to come move along."""
    work = current_app.extensions["beklijf"]
    with work.reading() as session:
        found = organisations.find(session, slug)
        if found is None:
            raise click.ClickException(f"There is no organisation {slug}.")
        organisation_id, chosen = found.id, found.extra_holidays
    if days or to_none:
        chosen = days_off_round.choose(work, organisation_id, days, now=work.now())
    click.echo(chosen or "None: Good Friday and 5 May are working days.")


@organisation.command("units")
@click.argument("slug")
@click.argument("names", nargs=-1)
@click.option("--none", "to_none", is_flag=True, help="It has no parts.")
@with_appcontext
def parts(slug: str, names: tuple[str, ...], to_none: bool) -> None:
    """Show the parts of an organisation that groups may belong to, or put others in their place."""
    wanted = [" ".join(name.split()) for name in names]
    if not all(wanted):
        raise click.ClickException("Give each part a name, like Dienstverlening.")
    with current_app.extensions["beklijf"].sessions.begin() as session:
        found = organisations.find(session, slug)
        if found is None:
            raise click.ClickException(f"There is no organisation {slug}.")
        stay = units.choose(session, found, wanted) if wanted or to_none else []
        shown = [unit.name for unit in units.of(session, found)]
        kept = [unit.name for unit in stay]
    click.echo("\n".join(shown) or "None: all groups belong to the organisation as a whole.")
    if kept:
        click.echo(f"Still in use, and so not removed: {', '.join(kept)}.")


@organisation.command("reply-to")
@click.argument("slug")
@click.argument("address", required=False)
@click.option("--none", "to_none", is_flag=True, help="Answers go to the address that mails come from.")
@with_appcontext
def reply_to(slug: str, address: str | None, to_none: bool) -> None:
    """Show to which address answers to mails go, or choose another."""
    wanted = addresses.ascii_form(address) if address is not None else None
    if address is not None and wanted is None:
        raise click.ClickException(f"{address}: use a mail address like leren@gemeente.example.")
    with current_app.extensions["beklijf"].sessions.begin() as session:
        found = organisations.find(session, slug)
        if found is None:
            raise click.ClickException(f"There is no organisation {slug}.")
        if wanted or to_none:
            organisations.take_replies(session, found, None if to_none else wanted)
        click.echo(found.reply_to or "None: answers go to the address that mails come from.")


@organisation.command("language")
@click.argument("slug")
@click.argument("language", type=click.Choice(LOCALES), required=False)
@with_appcontext
def language(slug: str, language: str | None) -> None:
    """Show in which language Beklijf writes to advisers, or choose another."""
    with current_app.extensions["beklijf"].sessions.begin() as session:
        found = organisations.find(session, slug)
        if found is None:
            raise click.ClickException(f"There is no organisation {slug}.")
        if language is not None:
            organisations.speak(session, found, language)
        click.echo(found.locale)


def _require_domains(domains: tuple[str, ...]) -> None:
    for domain in domains:
        if not DOMAIN.fullmatch(domain.lower()):
            raise click.ClickException(f"{domain}: use a mail domain like gemeente.example.")


@organisation.command("list")
@with_appcontext
def listing() -> None:
    """List the organisations."""
    with current_app.extensions["beklijf"].reading() as session:
        for row in organisations.listing(session):
            click.echo(f"{row.slug}\t{row.name}\t{row.time_zone}")
