"""The WSGI factory."""

import logging
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy.orm import sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from config import content
from config import settings as configuration
from config.settings import ROOT, Settings, WrongSettings
from lti_tool.cli import commands
from lti_tool.database import db, migrate
from lti_tool.lti.outgoing import Outgoing
from lti_tool.mail.servers import Server
from lti_tool.rounds.keyring import Keyring
from lti_tool.rounds.transactions import prepare_sqlite
from lti_tool.rounds.workplace import Workplace, key_engine
from lti_tool.services import catalogue, content_check
from lti_tool.web import site

MAX_BODY_BYTES = 256 * 1024
MAX_FIELDS = 200


class WrongContent(ValueError):
    """The catalogue or a translation holds something to mend first; the message names each."""


def create_app(settings: Settings | None = None) -> Flask:
    """The tool as a WSGI application; raises WrongSettings or WrongContent in plain words."""
    settings = settings or configuration.load()
    require_mail_server(settings)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("beklijf").setLevel(logging.INFO)
    require_sound_content()
    app = Flask("lti_tool", root_path=str(ROOT / "lti_tool"), template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "hide_parameters": True},
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        TRUSTED_HOSTS=[urlsplit(settings.base_url).hostname],
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FIELDS,
    )
    make_folder(settings.database_url)
    make_folder(settings.keys_url)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    with app.app_context():
        prepare_sqlite(db.engine)
        sessions = sessionmaker(db.engine, expire_on_commit=False)
    engine = key_engine(settings)
    prepare_sqlite(engine)
    keyring = Keyring(sessionmaker(engine, expire_on_commit=False), settings.wrapping_keys)
    app.extensions["beklijf"] = Workplace(
        settings, sessions, keyring, catalogue.load(), Outgoing(local=settings.local)
    )
    site.init_app(app)
    commands.init_app(app)
    # One proxy in front ends TLS; without this, cookies would lose Secure and SameSite=None.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


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
