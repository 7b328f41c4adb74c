"""The application behind a real web server, the strict demo LMS beside it, and browsers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from demo_lms.courses import Courses
from demo_lms.gradebook import Gradebook
from demo_lms.notices import Handlers
from demo_lms.running import RunningPlatform
from demo_lms.switches import Switches
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import invites, organisations
from lti_tool.services.invites import NewInvite
from tests.lti.lms import NOW
from tests.lti.platform_server import PlatformServer
from tests.web.campus import Campus, Stage
from tests.web.platform_says import Desk


@pytest.fixture
def app(build: Callable[..., Flask], stage: tuple[Stage, str], running_lms: RunningPlatform) -> Flask:
    """The application, on the tool's web server."""
    show, url = stage
    return show.play(build, url, running_lms)


@pytest.fixture
def campus(
    app: Flask, work: Workplace, stage: tuple[Stage, str], running_lms: RunningPlatform
) -> Iterator[Campus]:
    """The tool, which knows the LMS; what the LMS held against it fails the test, and a fault never met."""
    platform = running_lms.platform
    held_before, courses = len(platform.complaints.all()), platform.courses.all()
    platform.next_token, platform.notice_handlers, platform.switches = None, Handlers(), Switches()
    campus = Campus(app, work, running_lms, stage[1])
    # As in a tool that runs: whoever does something first does not make the file of the year.
    work.trail.may_change(work.now().real.year)
    yield campus
    campus.close()
    platform.courses = Courses(tuple(courses))
    platform.gradebook = Gradebook(link for course in courses for link in course.links)
    left = platform.faults.forget()
    assert platform.complaints.all()[held_before:] == []
    assert left == {}


@pytest.fixture
def server(running_server: PlatformServer) -> PlatformServer:
    """The platform's web server, which has seen nothing yet."""
    running_server.forget()
    return running_server


@pytest.fixture
def invite(work: Workplace) -> Callable[..., str]:
    """Makes an invite; its token. age: how long ago that was."""

    def make(*, trusted: bool = False, age: timedelta = timedelta()) -> str:
        with work.sessions.begin() as session:
            owner = organisations.find(session, "default")
            assert owner is not None
            new = NewInvite(owner.id if trusted else None, trusted)
            return invites.make(session, new, datetime.now(UTC) - age)[1]

    return make


@pytest.fixture
def desk(app: Flask, work: Workplace, server: PlatformServer) -> Desk:
    """The administrator of a platform that is not registered yet."""
    return Desk(app, work.settings.base_url, server)


@pytest.fixture
def moment_of_the_study() -> Iterator[None]:
    """When the tokens of the study of bad launches are good."""
    with time_machine.travel(NOW):
        yield
