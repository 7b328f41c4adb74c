"""`catalogue`: the content that people change without touching code."""

import click

from lti_tool.services import catalogue as content
from lti_tool.services import content_check, coverage


@click.group()
def catalogue() -> None:
    """The content: instruments, cadences, actions, guides, words."""


@catalogue.command("check")
def check() -> None:
    """Check ids, both languages, and the rules for plain words that can be counted."""
    problems = content_check.problems()
    for problem in problems:
        click.echo(f"{problem.file}: {problem.item} ({problem.locale}): {problem.what}")
    if problems:
        raise click.ClickException(f"{len(problems)} things to mend.")
    click.echo("The catalogue holds.")


@catalogue.command("coverage")
def show_coverage() -> None:
    """List where each id of the catalogue appears, and in which languages."""
    for each in coverage.appearances(content.load()):
        click.echo(each)
