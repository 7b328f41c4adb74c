"""`comparison`: two cadences compared in an organisation."""

from collections.abc import Iterator
from datetime import date

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from lti_tool.domain import moments
from lti_tool.domain.comparisons import By, Measure, Status
from lti_tool.domain.findings import Finding, Verdict
from lti_tool.models.comparisons import Comparison
from lti_tool.models.organisations import Organisation
from lti_tool.rounds import comparisons as rounds
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import comparisons, draws, organisations
from lti_tool.services.comparisons import Declaration
from lti_tool.services.draws import Standing

MEASURES = {
    Measure.FIRST_USE: "used their plan within the two weeks",
    Measure.ANSWERED: "answered anything since the training",
}
VERDICTS = {
    Verdict.NO_CLEAR_DIFFERENCE: "No clear difference.",
    Verdict.OTHER_IS_MORE: "The other one does more.",
    Verdict.USUAL_IS_MORE: "The usual one does more.",
}


@click.group()
def comparison() -> None:
    """Comparisons: which of two cadences does more, drawn by lot and told with how sure it is."""


@comparison.command("declare")
@click.argument("slug")
@click.option("--usual", required=True, help="The cadence of the trainings that it is about.")
@click.option("--other", required=True, help="The cadence that half of them get.")
@click.option(
    "--measure", type=click.Choice([each.value for each in Measure]), default=Measure.FIRST_USE.value
)
@click.option("--by", type=click.Choice([each.value for each in By]), default=By.PERSON.value)
@click.option(
    "--difference",
    type=click.IntRange(5, 20),
    default=15,
    show_default=True,
    help="The smallest difference that is worth knowing, in points of a hundred.",
)
@with_appcontext
def declare(slug: str, usual: str, other: str, measure: str, by: str, difference: int) -> None:
    """Lay down what will be compared, and how; it cannot be changed after that."""
    work = current_app.extensions["beklijf"]
    known = [cadence.key for cadence in work.catalogue.cadences]
    for key in (usual, other):
        if key not in known:
            raise click.ClickException(f"There is no cadence {key}. There are: {', '.join(known)}.")
    if usual == other:
        raise click.ClickException("Compare two cadences, not one with itself.")
    wanted = Declaration(usual, other, Measure(measure), By(by), difference)
    with work.sessions.begin() as session:
        found = _find(session, slug)
        today = _today(work, found)
        new = comparisons.declare(session, found, wanted, today)
        if new is None:
            raise click.ClickException(f"{slug} has a comparison already. Let it end, or stop it.")
        shown = [f"Declared comparison {new.number} of {slug}.", *_need(draws.standing(session, new, today))]
    click.echo("\n".join(shown))


@comparison.command("start")
@click.argument("slug")
@with_appcontext
def start(slug: str) -> None:
    """Draw who gets which cadence, of everybody whose training is still to end."""
    work = current_app.extensions["beklijf"]
    with work.sessions.begin() as session:
        found = _find(session, slug)
        current = _current(session, found, slug)
        if current.status is not Status.DECLARED:
            raise click.ClickException(f"Comparison {current.number} of {slug} runs already.")
        standing = draws.start(session, current, _today(work, found))
        number, people = current.number, current.people
    if not standing.is_enough:
        raise click.ClickException("\n".join(("Too few people to learn anything from.", *_need(standing))))
    rounds.run(work, now=work.now())
    click.echo(f"Comparison {number} of {slug} runs: {people} people count along.")


@comparison.command("stop")
@click.argument("slug")
@with_appcontext
def stop(slug: str) -> None:
    """End it without an outcome; everybody gets the mails of their training again."""
    work = current_app.extensions["beklijf"]
    with work.sessions.begin() as session:
        found = _find(session, slug)
        current = _current(session, found, slug)
        comparisons.stop(session, current, _today(work, found))
        number = current.number
    rounds.run(work, now=work.now())
    click.echo(f"Comparison {number} of {slug} is stopped.")


@comparison.command("list")
@click.argument("slug")
@with_appcontext
def listing(slug: str) -> None:
    """Show the comparisons of an organisation, with what came of them."""
    work = current_app.extensions["beklijf"]
    with work.reading() as session:
        found = _find(session, slug)
        shown = [line for each in comparisons.listing(session, found.id) for line in _lines(each)]
        current = comparisons.current(session, found.id)
        if current and current.status is Status.DECLARED:
            shown += _need(draws.standing(session, current, _today(work, found)))
    click.echo("\n".join(shown) or "None.")


def _lines(shown: Comparison) -> Iterator[str]:
    yield (
        f"{shown.number}\t{shown.status}\t{shown.usual} and {shown.other}, drawn by {shown.drawn_by}\t"
        f"declared {shown.declared_on}"
    )
    finding = comparisons.finding_of(shown)
    if finding:
        yield from _told(finding, MEASURES[shown.measure])
    elif shown.status is Status.REPORTED:
        yield "\tToo few people were left to tell anything."


def _told(finding: Finding, measure: str) -> Iterator[str]:
    yield f"\tusual: {finding.usual_share} % of about {finding.usual_people} {measure}"
    yield f"\tother: {finding.other_share} % of about {finding.other_people}"
    yield f"\tother less usual: between {finding.low} and {finding.high} points, 19 times out of 20"
    yield f"\t{VERDICTS[finding.verdict]}"


def _need(standing: Standing) -> Iterator[str]:
    yield f"It takes {standing.need.people} people; {sum(standing.sizes)} can be drawn now."
    if standing.need.groups:
        yield f"It takes {standing.need.groups} groups; there are {len(standing.sizes)}."


def _current(session: Session, found: Organisation, slug: str) -> Comparison:
    current = comparisons.current(session, found.id)
    if current is None:
        raise click.ClickException(f"Nothing is declared in {slug}, and nothing runs.")
    return current


def _today(work: Workplace, found: Organisation) -> date:
    return moments.local(work.now().calendar, found.time_zone).date()


def _find(session: Session, slug: str) -> Organisation:
    found = organisations.find(session, slug)
    if found is None:
        raise click.ClickException(f"There is no organisation {slug}.")
    return found
