"""`mail ingest-dsn`: reports on letters that came back, from a mail server's pipe or from a folder."""

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click
from flask import current_app
from flask.cli import ScriptInfo

from lti_tool.mail import folders, reports
from lti_tool.rounds import bounces
from lti_tool.services.bounces import Outcome

CHUNK = 64 * 1024
NO_REPORT = "no_report"
WORDS = {
    Outcome.REFUSED: "for good: their addresses get no more mail",
    Outcome.PLANNED_AGAIN: "for now: planned once more",
    Outcome.NOT_DELIVERED: "not about the address, or too late to try again",
    Outcome.NOTHING: "on their way still, or arrived",
    Outcome.UNMATCHED: "about no mail of this Beklijf, or known already",
    NO_REPORT: f"no reports: moved to the folder '{folders.OTHER}'",
}

log = logging.getLogger("beklijf.bounces")


class TryLater(click.ClickException):
    """Nothing is lost: a mail server that gets this from its pipe keeps the mail and tries again."""

    exit_code = os.EX_TEMPFAIL


@click.group()
def mail() -> None:
    """Mails that came back."""


@mail.command("ingest-dsn")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def ingest_dsn(context: click.Context, folder: Path | None) -> None:
    """Read delivery reports: one on standard input, or those in FOLDER (a maildir, or .eml files).

    Reports are removed from the folder once they are read, since they quote the mails that came back.
    Ends with 0 when all were read, and with 75 when it is worth trying again later.
    """
    try:
        with context.ensure_object(ScriptInfo).load_app().app_context():
            told = _from_folder(folder) if folder else _from_pipe()
            for outcome, count in Counter(told).items() if folder else ():
                click.echo(f"{count} {WORDS[outcome]}")
    except click.ClickException as error:
        raise TryLater(error.message) from None
    except Exception as error:
        # Whatever it is, another try may find it mended, and a mail server would drop the report for less.
        raise TryLater(f"Not read ({type(error).__name__}). Run: python -m lti_tool check") from None


def _from_pipe() -> list[str]:
    return [_take(_first(sys.stdin.buffer, reports.LONGEST))]


def _from_folder(folder: Path) -> Iterator[str]:
    for file in folders.waiting(folder):
        content = folders.read(file, reports.LONGEST)
        if content is None:
            continue
        outcome = _take(content)
        if outcome == NO_REPORT:
            folders.set_aside(folder, file)
        else:
            file.unlink(missing_ok=True)
        yield outcome


def _first(stream: IO[bytes], longest: int) -> bytes:
    """What a stream begins with; the rest is read too, for a mail server minds a pipe that closes early."""
    content = stream.read(longest)
    while stream.read(CHUNK):
        pass
    return content


def _take(content: bytes) -> str:
    work = current_app.extensions["beklijf"]
    report = reports.parse(content)
    if report is None:
        log.info("bounce outcome=%s", NO_REPORT)
        return NO_REPORT
    return bounces.record(work, report, now=work.now())
