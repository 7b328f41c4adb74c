"""`platform`: learning platforms that may launch."""

from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from lti_tool.lti import outgoing, urls
from lti_tool.models.organisations import Organisation
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import invites, organisations, platforms
from lti_tool.services.invites import NewInvite
from lti_tool.services.platforms import NewPlatform


@click.group()
def platform() -> None:
    """Learning platforms that may launch."""


@platform.command("add")
@click.option("--issuer", required=True)
@click.option("--client-id", required=True)
@click.option("--login-url", required=True, help="Where the platform signs people in (OIDC).")
@click.option("--token-url", required=True, help="Where the tool asks for access tokens.")
@click.option("--jwks-url", required=True, help="Where the platform's public keys are.")
@click.option("--deployment-id", multiple=True, help="A deployment that is known from the start.")
@click.option("--audience", help="Audience of token requests, when it is not the token URL.")
@click.option("--frame-origin", multiple=True, help="An origin that may frame the tool's pages.")
@click.option("--organisation", help="Slug of the organisation that the deployments belong to.")
@click.option("--allow-anonymous", is_flag=True, help="Let launches in that do not say who it is.")
@with_appcontext
def add(
    issuer: str,
    client_id: str,
    login_url: str,
    token_url: str,
    jwks_url: str,
    deployment_id: tuple[str, ...],
    audience: str | None,
    frame_origin: tuple[str, ...],
    organisation: str | None,
    allow_anonymous: bool,
) -> None:
    """Register a platform. It may launch at once."""
    work = current_app.extensions["beklijf"]
    for url in (login_url, token_url, jwks_url):
        _require_safe(work, url)
    _require_origins(frame_origin)
    new = NewPlatform(
        issuer, client_id, login_url, token_url, jwks_url, audience, frame_origin, allow_anonymous
    )
    with work.sessions.begin() as session:
        try:
            row = platforms.add(session, new, work.now().real)
            for name in deployment_id:
                owner = _organisation(session, organisation)
                platforms.approve(session, row, name, owner.id, work.now().real)
        except ValueError as error:
            raise click.ClickException(f"{error}.") from None
    base = work.settings.base_url
    click.echo(f"Registered {row.id}. In the platform, fill in:")
    click.echo(f"  login URL     {base}/lti/login/{row.id}")
    click.echo(f"  redirect URL  {base}/lti/launch")
    click.echo(f"  key set URL   {base}/lti/jwks.json")


@platform.command("invite")
@click.option("--organisation", help="Slug of the organisation that the LMS belongs to.")
@click.option("--trust", is_flag=True, help="What registers by it is active at once.")
@with_appcontext
def invite(organisation: str | None, trust: bool) -> None:
    """Print an address with which one LMS registers itself."""
    work = current_app.extensions["beklijf"]
    with work.sessions.begin() as session:
        owner = _organisation(session, organisation) if organisation or trust else None
        new = NewInvite(owner.id if owner else None, trust)
        made, token = invites.make(session, new, work.now().real)
    click.echo(
        f"Works once, until {made.expires_at:%Y-%m-%d %H:%M} UTC. Give it to the administrator of the LMS:"
    )
    click.echo(f"  {work.settings.base_url}/lti/register?invite={token}")
    if owner and trust:
        click.echo(f"What registers by it is active at once, for {owner.name} ({owner.slug}).")
    else:
        click.echo("What registers by it waits for: platform approve REGISTRATION --organisation SLUG")


@platform.command("list")
@with_appcontext
def listing() -> None:
    """List the platforms, their deployments, and deployments that wait."""
    with current_app.extensions["beklijf"].reading() as session:
        if not platforms.listing(session):
            click.echo("No platform is registered yet.")
        slugs = {row.id: row.slug for row in organisations.listing(session)}
        for row in platforms.listing(session):
            waits = "\twaits for approval" if row.status is PlatformStatus.PENDING else ""
            anonymous = "\tanonymous launches allowed" if row.allow_anonymous else ""
            click.echo(f"{row.id}\t{row.issuer}\t{row.client_id}{waits}{anonymous}")
            for known in platforms.deployments(session, row.id):
                click.echo(f"  deployment {known.deployment_id}\t{slugs[known.organisation_id]}")
            for one in platforms.waiting(session, row.id):
                click.echo(
                    f"  deployment {one.deployment_id}\twaits since {one.first_seen_at:%Y-%m-%d %H:%M} UTC"
                )
            if len(platforms.waiting(session, row.id)) == platforms.WAITING_AT_MOST:
                click.echo("  The list is full. Others that wait are in the log: reason=unknown_deployment.")


@platform.command("approve")
@click.argument("registration", type=click.UUID)
@click.option("--deployment-id", multiple=True, help="Which ones; all that wait when left out.")
@click.option("--organisation", help="Slug of the organisation that they belong to.")
@with_appcontext
def approve(registration: UUID, deployment_id: tuple[str, ...], organisation: str | None) -> None:
    """Let a registration, and deployments that wait, take part. They never change organisation afterwards."""
    work = current_app.extensions["beklijf"]
    with work.reading() as session:
        row = find(session, registration)
        names = deployment_id or tuple(one.deployment_id for one in platforms.waiting(session, row.id))
        if not names and row.status is PlatformStatus.ACTIVE:
            raise click.ClickException("No deployment waits. Name one with --deployment-id.")
        owner = _owner(session, row, organisation)
    if organisation is None:
        what = ", ".join(names) or row.client_id
        # In no transaction: nobody who launches waits while somebody thinks.
        click.confirm(f"Do {what} belong to {owner.name} ({owner.slug})?", abort=True)
    with work.sessions.begin() as session:
        row = find(session, registration)
        if platforms.activate(session, row):
            click.echo(f"{row.client_id} of {row.issuer} may launch now.")
        for name in names:
            try:
                platforms.approve(session, row, name, owner.id, work.now().real)
            except ValueError as error:
                raise click.ClickException(f"{error}.") from None
    click.echo(f"Approved: {', '.join(names)}." if names else "Its deployments wait until they launch.")


@platform.command("change")
@click.argument("registration", type=click.UUID)
@click.option(
    "--allow-anonymous/--refuse-anonymous",
    required=True,
    help="Whether launches open that do not say who it is.",
)
@with_appcontext
def change(registration: UUID, allow_anonymous: bool) -> None:
    """Change what a registration may do."""
    with current_app.extensions["beklijf"].sessions.begin() as session:
        row = find(session, registration)
        row.allow_anonymous = allow_anonymous
    outcome = "allowed" if allow_anonymous else "refused"
    click.echo(f"{row.client_id} of {row.issuer}: anonymous launches are {outcome}.")


def find(session: Session, registration: UUID) -> Platform:
    """The registration that an operator named; raises ClickException when there is none."""
    row = platforms.find(session, registration)
    if row is None:
        raise click.ClickException(f"There is no registration {registration}.")
    return row


def _owner(session: Session, row: Platform, slug: str | None) -> Organisation:
    """Whose the deployments are: as said now, else as said when the LMS was invited."""
    invited = invites.organisation_of(session, row.id) if slug is None else None
    return session.get_one(Organisation, invited) if invited else _organisation(session, slug)


def _organisation(session: Session, slug: str | None) -> Organisation:
    known = organisations.listing(session)
    if slug is None and len(known) == 1:
        return known[0]
    for row in known:
        if row.slug == slug:
            return row
    unknown = f"There is no organisation {slug}. " if slug else ""
    raise click.ClickException(
        f"{unknown}Name one with --organisation: {', '.join(row.slug for row in known)}."
    )


def _require_origins(origins: tuple[str, ...]) -> None:
    for origin in origins:
        url = urls.read(origin)
        if url is None or url.origin != origin:
            raise click.ClickException(
                f"{origin}: an origin is like https://lms.example.org, without a path."
            )


def _require_safe(work: Workplace, url: str) -> None:
    refusal = outgoing.refusal(url, local=work.settings.local)
    if refusal is not None:
        raise click.ClickException(f"{url}: {refusal}.")
