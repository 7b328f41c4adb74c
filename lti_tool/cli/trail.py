"""`audit`: who looked at or changed what, and dropping what is old enough."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.domain.trail import Line
from lti_tool.rounds import trail_months
from lti_tool.services import organisations

OWNER = click.option(
    "--owner-url", envvar="BEKLIJF_AUDIT_OWNER_URL", show_envvar=True,
    help="PostgreSQL: the address of the trail with the role whose table it is. The tool never has it.",
)  # fmt: skip
DAY = click.DateTime(["%Y-%m-%d"])
NO_OWNER = "Give --owner-url: the address of the trail, with the role whose table it is."
A_MONTH = timedelta(days=31)


@click.group("audit")
def audit_trail() -> None:
    """Who looked at or changed what: ids and words of ours, never what somebody wrote."""


@audit_trail.command("show")
@click.option("--since", type=DAY, help="The first day (UTC); a month ago when left out.")
@click.option("--until", type=DAY, help="The last day (UTC); today when left out.")
@click.option("--organisation", "slug", help="Of one organisation only.")
@with_appcontext
def show(since: datetime | None, until: datetime | None, slug: str | None) -> None:
    """Show the lines, a line each: moment, organisation, as what, who, what, about whom."""
    work = current_app.extensions["beklijf"]
    now = work.now().real
    first = since.replace(tzinfo=UTC) if since else now - A_MONTH
    last = until.replace(tzinfo=UTC) + timedelta(days=1) if until else now + timedelta(minutes=1)
    with work.reading() as session:
        slugs = {row.id: row.slug for row in organisations.listing(session)}
    if slug is not None and slug not in slugs.values():
        raise click.ClickException(f"There is no organisation {slug}.")
    only = next((each for each, known in slugs.items() if known == slug), None)
    for line in work.trail.read(first, last, only):
        click.echo(_told(line, slugs))


@audit_trail.command("prepare")
@OWNER
@with_appcontext
def prepare(owner_url: str | None) -> None:
    """PostgreSQL: make the table and its months to come, and let the tool add and read, nothing else."""
    work = current_app.extensions["beklijf"]
    if work.trail.is_in_files:
        click.echo("Nothing to do: the trail is in files, one for each year.")
        return
    if owner_url is None:
        raise click.ClickException(NO_OWNER)
    number = trail_months.prepare(owner_url, work.settings.audit_url, work.now().real.date())
    click.echo(f"{number} months are new. The tool may add and read, and change nothing.")


@audit_trail.command("drop")
@click.argument("period")
@OWNER
@with_appcontext
def drop(period: str, owner_url: str | None) -> None:
    """Drop a month whole, like 2026-03; of a trail in files a year whole, like 2025."""
    work = current_app.extensions["beklijf"]
    today = work.now().real.date()
    is_gone = (
        _drop_year(_year(period, today)) if work.trail.is_in_files else _drop_month(period, owner_url, today)
    )
    if not is_gone:
        raise click.ClickException(f"There is nothing of {period}.")
    click.echo(f"{period} is gone.")


def _drop_year(year: int) -> bool:
    file = current_app.extensions["beklijf"].trail.file_of(year)
    if not file.exists():
        return False
    for each in (file, *(file.with_name(file.name + more) for more in ("-wal", "-shm"))):
        each.unlink(missing_ok=True)
    return True


def _drop_month(period: str, owner_url: str | None, today: date) -> bool:
    try:
        month = datetime.strptime(period, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise click.ClickException(f"{period}: use a month like 2026-03.") from None
    if month >= today.replace(day=1):
        raise click.ClickException(f"{period}: that month is not over yet.")
    if owner_url is None:
        raise click.ClickException(NO_OWNER)
    return trail_months.drop(owner_url, month)


def _year(period: str, today: date) -> int:
    if not (period.isascii() and period.isdigit() and len(period) == len("2025")):
        raise click.ClickException(f"{period}: use a year like 2025; a trail in files goes by the year.")
    if int(period) >= today.year:
        raise click.ClickException(f"{period}: that year is not over yet.")
    return int(period)


def _told(line: Line, slugs: dict[UUID, str]) -> str:
    where = slugs.get(line.organisation_id, "-") if line.organisation_id else "-"
    told = (f"{line.at:%Y-%m-%dT%H:%M:%SZ}", where, line.actor, line.actor_id or "-", line.act)
    return "\t".join(map(str, (*told, line.about_id or "-")))
