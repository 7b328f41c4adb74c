"""`check`: can this tool work with these settings?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from kombu.connection import Connection as Broker
from sqlalchemy.exc import SQLAlchemyError

from config.settings import PREFIX
from lti_tool.mail.channels import IS_POSSIBLE
from lti_tool.mail.mailer import Mailer
from lti_tool.mail.servers import Trouble, Unreachable
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import channels, organisations
from lti_tool.services.keys import KeysDoNotOpen

SECONDS = 5
TROUBLE = {
    Trouble.NO_CONNECTION: "does not answer",
    Trouble.NO_ENCRYPTION: "does not encrypt as asked",
    Trouble.NO_LOGIN: "does not let this user in",
}


@click.command()
@with_appcontext
def check() -> None:
    """Check database, keys, broker and mail server, and what is told of the operator."""
    work: Workplace = current_app.extensions["beklijf"]
    click.echo(f"ok      settings: {work.settings.base_url}")
    wrong = 0
    for name, look in _looks():
        complaint = look(work)
        wrong += complaint is not None
        click.echo(
            f"{'ok     ' if complaint is None else 'WRONG  '} {name}{': ' + complaint if complaint else ''}"
        )
    if not wrong:
        _tell_older_keys(work)
        _tell_what_may_change(work)
    waiting = _channels(work)
    click.echo(f"note    channels: {waiting}" if waiting else "ok      channels")
    _tell_themes(work)
    missing = _untold(work)
    click.echo(f"note    operator: set {', '.join(missing)}" if missing else "ok      operator")
    if wrong:
        raise click.ClickException(f"{wrong} of {len(list(_looks()))} do not work.")


def _looks() -> Iterator[tuple[str, Callable[[Workplace], str | None]]]:
    yield "database", _database
    yield "keys", _keys
    yield "audit trail", _trail
    yield "broker", _broker
    yield "mail server", _mail


def _tell_themes(work: Workplace) -> None:
    """The looks that were read, all of them sound, and those of nobody."""
    if not work.themes:
        return
    try:
        with work.reading() as session:
            nobodys = sorted(set(work.themes) - organisations.slugs(session))
    except SQLAlchemyError:
        return  # the look at the database says so
    click.echo(f"ok      themes: {', '.join(work.themes)}")
    if nobodys:
        click.echo(f"note    themes: there is no organisation {', '.join(nobodys)}")


def _tell_older_keys(work: Workplace) -> None:
    """How many keys still need another data key than the first."""
    try:
        number = work.keyring.under_older()
    except SQLAlchemyError:
        return  # the look at the keys says so
    if number:
        click.echo(f"note    keys: {number} need an older data key; run keys rewrap before it goes")


def _tell_what_may_change(work: Workplace) -> None:
    """That the tool could change what it wrote down of others."""
    could = work.trail.may_change(work.now().real.year)
    if could:
        click.echo(f"note    audit trail: the tool may {' and '.join(could)}; run audit prepare")


def _untold(work: Workplace) -> list[str]:
    """What administrators of an LMS would like to read, and cannot. Everything works without it."""
    names = ("operator", "contact", "privacy_url")
    return [f"{PREFIX}{name.upper()}" for name in names if not getattr(work.settings, name)]


def _channels(work: Workplace) -> str | None:
    """What keeps team cards out of channels of Teams and Slack, where any are to get them."""
    if IS_POSSIBLE:
        return None
    try:
        with work.reading() as session:
            number = channels.number(session)
    except SQLAlchemyError:
        return None  # the look at the database says so
    if not number:
        return None
    return f"{number} of Teams or Slack wait; pip install --require-hashes -r requirements-channels.txt"


def _database(work: Workplace) -> str | None:
    head = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    try:
        with work.reading() as session:
            revision = MigrationContext.configure(session.connection()).get_current_revision()
    except Exception as error:
        return f"cannot be reached ({type(error).__name__}); look at BEKLIJF_DATABASE_URL"
    if revision != head:
        return (
            f"is at {revision or 'nothing'}, the code needs {head}; run flask --app lti_tool.app db upgrade"
        )
    return None


def _keys(work: Workplace) -> str | None:
    try:
        work.keyring.named  # noqa: B018  opening them is the check
    except KeysDoNotOpen as error:
        return f"{error}; look at BEKLIJF_DATA_KEYS and BEKLIJF_KEYS_URL"
    except Exception as error:
        return f"cannot be read ({type(error).__name__}); run the migrations, or look at BEKLIJF_KEYS_URL"
    return None


def _trail(work: Workplace) -> str | None:
    try:
        work.trail.may_change(work.now().real.year)
    except SQLAlchemyError as error:
        return f"cannot be read ({type(error).__name__}); run audit prepare, or look at BEKLIJF_AUDIT_URL"
    return None


def _broker(work: Workplace) -> str | None:
    if work.settings.broker_url.startswith("filesystem://"):
        return _folder(Path(work.settings.broker_url.removeprefix("filesystem://")))
    try:
        with Broker(work.settings.broker_url, connect_timeout=SECONDS) as connection:  # type: ignore[no-untyped-call]
            connection.ensure_connection(max_retries=1, timeout=SECONDS)
    except Exception as error:
        return f"cannot be reached ({type(error).__name__}); look at BEKLIJF_BROKER_URL"
    return None


def _folder(root: Path) -> str | None:
    try:
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=root):
            return None
    except OSError as error:
        return f"cannot write in {root} ({type(error).__name__}); look at BEKLIJF_BROKER_URL"


def _mail(work: Workplace) -> str | None:
    url = work.settings.smtp_url.get_secret_value()
    connection = Mailer(url, timeout=SECONDS).connect()
    if isinstance(connection, Unreachable):
        return f"{urlsplit(url).hostname} {TROUBLE[connection.reason]}; look at BEKLIJF_SMTP_URL"
    with connection:
        return None
