"""The WSGI factory."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import settings as configuration
from config.settings import ROOT, Settings
from lti_tool.cli import commands
from lti_tool.database import db, migrate
from lti_tool.rounds import opening
from lti_tool.web import site

MAX_BODY_BYTES = 256 * 1024
MAX_FIELDS = 200


def create_app(settings: Settings | None = None) -> Flask:
    """The tool as a WSGI application; raises WrongSettings or WrongContent in plain words."""
    settings = settings or configuration.load()
    opening.require(settings)
    app = Flask("lti_tool", root_path=str(ROOT / "lti_tool"), template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=opening.ENGINE_OPTIONS,
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        TRUSTED_HOSTS=[urlsplit(settings.base_url).hostname],
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FIELDS,
    )
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    with app.app_context():
        app.extensions["beklijf"] = opening.open_workplace(settings, db.engine)
    site.init_app(app)
    commands.init_app(app)
    # One proxy in front ends TLS; without this, cookies would lose Secure and SameSite=None.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app
