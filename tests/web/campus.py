"""The tool and an LMS beside each other, really running, and the people who go from one to the other."""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeVar

import httpx
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from demo_lms.browser import Browser
from demo_lms.letters import Letter
from demo_lms.page import Page
from demo_lms.running import RunningPlatform
from demo_lms.vocabulary import RESOURCE_LINK, ROLES
from lti_tool.domain.clock import Now
from lti_tool.domain.paces import Pace
from lti_tool.models.base import Base
from lti_tool.models.courses import Course, ResourceLink, Role
from lti_tool.models.organisations import Organisation
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.rounds import deliver
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import activities, launches, organisations, platforms, rounds, tracks
from lti_tool.services.platforms import NewPlatform
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import Place, at

# Activities of the LMS's first course, and one of its second.
PREPARE, LOOK_BACK, OTHER_COURSE = "3111", "3112", "3122"
TRAINER = "ineke"
ASSISTANT = "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant"
"""The role of a trainer who may look."""
WRITING = {
    "post.task": "de brief over het terras",
    "post.if_then": "een inwoner belt",
    "post.if_then:then": "vraag ik eerst door",
    "post.cue": "doorvragen",
}

Claims = dict[str, Any]
Change = Callable[[Claims], object]
Row = TypeVar("Row", bound=Base)


class Stage:
    """Where the tool's web server finds the application of the test that runs now."""

    def __init__(self) -> None:
        self.app: Flask | None = None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        assert self.app is not None
        return self.app(environ, start_response)

    def play(self, build: Callable[..., Flask], url: str, lms: RunningPlatform) -> Flask:
        """Makes the application of a test; its letters go to the LMS's mailbox. url: of the web server."""
        self.app = build(base_url=url, smtp_url=f"smtp://127.0.0.1:{lms.smtp.port}")
        return self.app


@dataclass
class Campus:
    """One tool, one LMS that it knows, and browsers."""

    app: Flask
    work: Workplace
    lms: RunningPlatform
    tool: str
    browsers: list[Browser] = field(default_factory=list)
    http: httpx.Client = field(init=False)
    """Without a browser, and without cookies but those that a test gives."""

    def __post_init__(self) -> None:
        no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        # A connection each: the server ends idle ones by a clock that some tests move.
        self.http = httpx.Client(
            base_url=self.tool,
            trust_env=False,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # plain HTTP: nobody to trust, nothing to read
            timeout=30,
            cookies=no_cookies,
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        url = self.lms.url
        new = NewPlatform(
            url, self.lms.platform.registration.client_id, url + "/auth", url + "/token", url + "/jwks.json"
        )
        with self.work.sessions.begin() as session:
            platform = platforms.add(session, new, datetime.now(UTC))
            tenant = organisations.find(session, "default")
            assert tenant is not None
            platforms.approve(session, platform, "1", tenant.id, datetime.now(UTC))

    def close(self) -> None:
        self.http.close()
        for browser in self.browsers:
            browser.close()

    def sign_in(self, name: str, language: str = "nl") -> Browser:
        """A browser of somebody who is signed in to the LMS."""
        browser = Browser(self.lms.url, language)
        self.browsers.append(browser)
        browser.sign_in(name)
        return browser

    def open(
        self, name: str, link_id: str = LOOK_BACK, *, roles: Sequence[str] | None = None
    ) -> tuple[Browser, Page]:
        """Somebody opens an activity, in roles other than the LMS's own if told so; the first page."""
        browser = self.sign_in(name)
        if roles is not None:
            self.next_role(*roles)
        return browser, browser.launch(link_id)

    def cookie_of(self, browser: Browser) -> dict[str, str]:
        """The header with which a browser shows the tool that it is the same one."""
        value = next(one.value for one in browser.cookies.all() if one.name == "beklijf_browser")
        return {"Cookie": f"beklijf_browser={value}"}

    def next_claims(self, *changes: Change) -> None:
        """Changes the claims of the next launch, whoever's it is."""

        def spoil(claims: Claims, _header: Claims) -> None:
            for change in changes:
                change(claims)

        self.lms.platform.next_token = spoil

    def next_role(self, *roles: str) -> None:
        """The roles of the next launch."""
        self.next_claims(lambda claims: claims.update({ROLES: list(roles)}))

    def next_link(self, link_id: str, title: str) -> None:
        """The next launch is of a link that the course of the LMS got meanwhile."""
        self.next_claims(lambda claims: claims.update({RESOURCE_LINK: {"id": link_id, "title": title}}))

    def all(self, model: type[Row]) -> list[Row]:
        """The rows of a table as they are now."""
        with self.work.reading() as session:
            return list(session.scalars(select(model)))

    def only(self, model: type[Row]) -> Row:
        """The one row of a table."""
        (row,) = self.all(model)
        return row

    @property
    def platform(self) -> Platform:
        """The registration of the LMS."""
        return self.only(Platform)

    def place(
        self,
        link_id: str = LOOK_BACK,
        *,
        instrument: str = "post",
        ends_on: date | None = None,
        starts_on: date | None = None,
        pace: Pace = Pace.TOGETHER,
    ) -> Place:
        """An activity that its trainer has set up; the training ended today, unless told otherwise."""
        now = self.work.now()
        day = ends_on or self.today
        with self.work.sessions.begin() as session:
            course, link, known = self._record_trainer(session, link_id, now)
            opened = tracks.open_tracks(session, course.id)
            if opened:
                track = opened[0][0]
            else:
                dates = Dates(starts_on or day, day, pace=pace)
                track = tracks.begin(session, course, dates, "Europe/Amsterdam", now.calendar)
            asked = self.work.catalogue.latest(instrument)
            activity = activities.place(session, link, track, asked, now.calendar)
            placed = tracks.placed(session, link)
            assert placed is not None
            tenant = session.get_one(Organisation, known.organisation_id)
            platform = session.get_one(Platform, known.platform_id)
            return Place(self.work, tenant, platform, known, course, link, track, placed.cohort, activity)

    def _record_trainer(
        self, session: Session, link_id: str, now: Now
    ) -> tuple[Course, ResourceLink, Deployment]:
        """What a launch of the LMS's trainer leaves behind, without the launch."""
        known = session.scalars(select(Deployment)).one()
        course = self.lms.platform.courses.find(link_id[:3])
        assert course is not None
        said = factories.arrival(
            "1007", role=Role.TRAINER, name="Ineke van Dalen", email="ineke.vandalen@gemeente.example",
            context_id=course.id, course_title=course.title, link_id=link_id,
            link_title=self.lms.platform.link(link_id).title, return_url=None, line_item_url=None,
        )  # fmt: skip
        person = launches.find_person(session, known, "1007")
        ring = self.work.keyring
        key = ring.of([person.key_id])[person.key_id] if person else ring.make(now.real)
        _, link = launches.record(session, known, said, key, ring.named, now.real)
        return session.get_one(Course, link.course_id), link, known

    @property
    def today(self) -> date:
        """The day on the wall in Amsterdam, where it begins an hour or two before that of UTC."""
        return self.work.now().calendar.astimezone(factories.AMSTERDAM).date()

    def go_to(self, day: date, hour: int = 9, minute: int = 30) -> None:
        """Puts the calendar at a moment, by the clock on the wall in Amsterdam."""
        offset = at(day, hour, minute).calendar - datetime.now(UTC)
        with self.work.sessions.begin() as session:
            rounds.move_calendar(session, offset + timedelta(seconds=1))

    def deliver(self) -> list[Letter]:
        """Sends what is due now; the letters that arrived.

        No letter waits for a roster: people of tests are made up, and on no roster.
        """
        before = len(self.lms.platform.mailbox)
        with self.work.sessions.begin() as session:
            session.execute(update(Course).values(roster_read_at=self.work.now().real))
        deliver.run(self.work, now=self.work.now())
        return self.lms.platform.mailbox.after(before)


def switch_on(browser: Browser, page: Page, answers: dict[str, Any] | None = None) -> Page:
    """Goes through the two pages of a set-up; the page after them, or the one that asks to mend something."""
    page = browser.submit(page, answers, having="starts_on")
    return browser.submit(page, having="switch_on") if page.status == 200 else page


def write(browser: Browser, page: Page, answers: dict[str, Any] | None = None) -> Page:
    """Goes through a part, from a learner's first page to the page after the last step."""
    page = browser.open(page, "/reflect/")
    said = WRITING if answers is None else answers
    while "/reflect/" in page.url:
        if page.url.endswith("/help"):
            page = browser.follow(page, "Verdergaan" if 'lang="nl"' in page.text[:100] else "Go on")
            continue
        names = page.form("later").names
        page = browser.submit(page, {n: v for n, v in said.items() if n in names}, having="later")
        assert page.status == 200, page.text
    return page
