"""How a process comes to its workplace: settings and content looked at, stores and keys at hand."""

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import sessionmaker

from config import content
from config.settings import ROOT, Settings, WrongSettings
from lti_tool.domain.themes import Theme
from lti_tool.lti.outgoing import Outgoing
from lti_tool.mail.servers import Server
from lti_tool.models import every_table  # noqa: F401  so that each table knows those that it refers to
from lti_tool.rounds.keyring import Keyring
from lti_tool.rounds.ledger import Ledger
from lti_tool.rounds.trail import Trail
from lti_tool.rounds.transactions import prepare_postgresql, prepare_sqlite
from lti_tool.rounds.workplace import Workplace, small_engine
from lti_tool.services import catalogue, content_check, themes

# The connection that was used last goes first: it has the statements prepared.
ENGINE_OPTIONS = {"pool_pre_ping": True, "pool_use_lifo": True, "hide_parameters": True}


class WrongContent(ValueError):
    """The catalogue or a translation holds something to mend first; the message names each."""


def require(settings: Settings) -> None:
    """Raises WrongSettings or WrongContent, in plain words, when a process could not work with these."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("beklijf").setLevel(logging.INFO)
    require_mail_server(settings)
    require_sound_content()
    make_folder(settings.database_url)
    make_folder(settings.keys_url)
    make_folder(settings.erased_url)
    make_folder(settings.audit_url)


def open_workplace(settings: Settings, engine: Engine | None = None) -> Workplace:
    """The workplace of a process. engine: of the database, where something else made it already."""
    engine = engine or create_engine(settings.database_url, **ENGINE_OPTIONS)
    prepare_sqlite(engine)
    prepare_postgresql(engine)
    keys, erased = (
        sessionmaker(small_engine(url), expire_on_commit=False)
        for url in (settings.keys_url, settings.erased_url)
    )
    sessions = sessionmaker(engine, expire_on_commit=False)
    outgoing, looks = Outgoing(local=settings.local), read_themes(settings)
    stores = Keyring(keys, settings.wrapping_keys, sessions), Ledger(erased), Trail(settings.audit_url)
    return Workplace(settings, sessions, *stores, catalogue.load(), outgoing, looks)


def read_themes(settings: Settings) -> Mapping[str, Theme]:
    """The looks of organisations, by slug; raises WrongSettings naming what is to mend."""
    if not settings.themes:
        return {}
    try:
        return themes.load(Path(settings.themes), ROOT / "lti_tool" / "static")
    except themes.WrongTheme as error:
        raise WrongSettings(f"BEKLIJF_THEMES:\n{error}") from None


@cache
def require_sound_content() -> None:
    """Raises WrongContent when a text is not fit to be shown, or not compiled; looked at once a process."""
    problems = [str(problem) for problem in content_check.problems()]
    for path in content.translations(content.TRANSLATIONS):
        if not path.with_suffix(".mo").exists():
            problems.append(f"{path.name}: is not compiled; run make translations")
    if problems:
        raise WrongContent("\n".join(problems))


def require_mail_server(settings: Settings) -> None:
    """Raises WrongSettings when no mail server can be read from its address."""
    try:
        Server.parse(settings.smtp_url.get_secret_value())
    except ValueError as error:
        raise WrongSettings(f"BEKLIJF_SMTP_URL: {error}") from None


def make_folder(url: str) -> None:
    """Makes the folder of an SQLite file, which nobody else on this machine may read."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
