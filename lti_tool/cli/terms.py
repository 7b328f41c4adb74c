"""`organisation terms`: how long an organisation keeps each kind of data."""

from collections.abc import Iterator, Mapping

import click
from flask import current_app
from flask.cli import with_appcontext

from lti_tool.domain.terms import BOUNDS, Matter, Terms, fits, parse
from lti_tool.services import organisations
from lti_tool.services import terms as own_terms

USUAL = "usual"
WHAT: Mapping[Matter, str] = {
    Matter.TRAINING: "what people wrote and got in a training, since its last day or their last change",
    Matter.LOGBOOK: "notes of a logbook, since they were written or changed",
    Matter.ENTRIES: "moments, scans and checks that people took up by themselves, since their last change",
    Matter.DRAFTS: "texts that never became an answer",
    Matter.AWAY: "periods of leave, since their last day",
    Matter.READINGS: "notes of who read what, since the last day",
    Matter.PEOPLE: "people of whom nothing else is kept, since they were last seen",
}


@click.command()
@click.argument("slug")
@click.argument("changes", nargs=-1, metavar="[KIND=TIME]...")
@with_appcontext
def terms(slug: str, changes: tuple[str, ...]) -> None:
    """Show how long an organisation keeps each kind of data, or choose anew.

    TIME: days, or 12w, 6m (of 30 days), 2y (of 365 days); usual for the usual term.
    """
    chosen = dict(_parse(change) for change in changes)
    with current_app.extensions["beklijf"].sessions.begin() as session:
        found = organisations.find(session, slug)
        if found is None:
            raise click.ClickException(f"There is no organisation {slug}.")
        own_terms.choose(session, found, chosen)
        now = own_terms.of(session, found.id)
    click.echo("\n".join(_shown(now)))
    if chosen:
        click.echo("What is past its term goes within the hour, and cannot be brought back.")


def _parse(change: str) -> tuple[Matter, int | None]:
    """One change; in plain words what is wrong with it."""
    word, _, time = change.partition("=")
    if word not in set(Matter):
        raise click.ClickException(f"{change}: use KIND=TIME, where KIND is one of {', '.join(Matter)}.")
    matter = Matter(word)
    if time == USUAL:
        return matter, None
    days, bounds = parse(time), BOUNDS[matter]
    if days is None:
        raise click.ClickException(f"{change}: use a time like 90, 12w, 6m, 2y or {USUAL}.")
    if not fits(matter, days):
        raise click.ClickException(f"{change}: keep {matter} from {bounds.least} to {bounds.most} days.")
    return matter, days


def _shown(now: Terms) -> Iterator[str]:
    for matter in Matter:
        note = "" if matter in now.chosen else "\tusual"
        yield f"{matter}\t{now.days(matter)} days\t{WHAT[matter]}{note}"
