"""Chromium before the running tool, in a frame of the LMS or in a tab; a watch over all that happens."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from demo_lms.running import RunningPlatform, WebServer
from lti_tool.app import create_app
from lti_tool.database import db
from lti_tool.rounds.workplace import Workplace
from tests.browser import chromium, classroom, gallery
from tests.browser.watch import Watch
from tests.conftest import make_settings
from tests.factories import ENDED_ON
from tests.web.campus import Campus, Stage

Strict = Callable[[str], Page]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that holds back every cookie of a third party, but those that are partitioned."""
    browser = chromium.launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def gallery_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the gallery, on a web server of its own."""
    folder = tmp_path_factory.mktemp("gallery")
    for file in sqlite_template.glob("*.db*"):
        shutil.copy(file, folder)
    app, server = (
        create_app(make_settings(folder, f"sqlite:///{folder / 'beklijf.db'}")),
        WebServer("localhost"),
    )
    gallery.add_to(app)
    server.start(app)
    yield server.url
    server.stop()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(build: Callable[..., Flask], stage: tuple[Stage, str], running_lms: RunningPlatform) -> Flask:
    """The application, on the tool's web server."""
    show, url = stage
    return show.play(build, url, running_lms)


@pytest.fixture
def campus(
    app: Flask, work: Workplace, stage: tuple[Stage, str], running_lms: RunningPlatform
) -> Iterator[Campus]:
    """The tool, which knows the LMS, in the hour after a training; the LMS has no complaints."""
    held_before = len(running_lms.platform.complaints.all())
    campus = Campus(app, work, running_lms, stage[1])
    campus.go_to(ENDED_ON, 16)
    yield campus
    campus.close()
    assert running_lms.platform.complaints.all()[held_before:] == []


@pytest.fixture
def watch(stage: tuple[Stage, str], running_lms: RunningPlatform) -> Iterator[Watch]:
    """What no test may cause: requests to a third host, and errors in the console."""
    watch = Watch((stage[1], running_lms.url))
    yield watch
    watch.require_peace()


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """A fresh Dutch browser profile."""
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(chromium.PATIENCE)
    watch.over(context)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def strict(playwright: Playwright, campus: Campus, watch: Watch, tmp_path: Path) -> Iterator[Strict]:
    """Starts a browser that forbids the tool all cookies within a site, and signs the learner in."""
    started: list[BrowserContext] = []

    def start(within: str) -> Page:
        profile = chromium.launch_without_cookies(playwright, tmp_path / "profile", campus.tool, within)
        profile.set_default_timeout(chromium.PATIENCE)
        started.append(profile)
        watch.over(profile)
        tab = profile.new_page()
        classroom.sign_in(tab, campus)
        return tab

    yield start
    for profile in started:
        profile.close()
