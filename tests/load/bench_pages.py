"""How long a learner's page takes the server, among 200 000 reflections, beside a bare Flask page."""

import http.client
import os
import secrets
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median, quantiles

import pytest

from lti_tool.services import visits
from lti_tool.services.visits import Browser
from lti_tool.web import cookies
from tests.load import archive
from tests.processes import await_that, environment, free_port, running

REFLECTIONS = int(os.environ.get("BENCH_REFLECTIONS", "200_000"))
WARM, TIMES = 200, 1_000
MOST_MEDIAN, MOST_P95 = 0.025, 0.060
PAGES = {
    "home": "",
    "step": "reflect/plan/1",
    "step with days": "reflect/plan/3",
    "plan": "plan",
    "logbook": "logbook",
    "instruments": "instruments",
    "mails": "mails",
    "journey": "journey",
    "mine": "mine",
}

pytestmark = pytest.mark.database("postgresql")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def work(build, port):
    """As in production, not in local mode, in which each page asks for the day that is played."""
    return build(base_url=f"https://localhost:{port}", local=False).extensions["beklijf"]


@dataclass
class Server:
    """A web server, over one connection that is kept."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self._line = http.client.HTTPConnection("localhost", self.port, timeout=10)

    def ask(self, path):
        """Seconds until all of a page is there, and the page."""
        began = time.perf_counter()
        self._line.request("GET", path, headers=self.headers)
        answer = self._line.getresponse()
        page = answer.read()
        took = time.perf_counter() - began
        assert answer.status == 200, (path, answer.status)
        return took, page

    def leads_elsewhere(self, path):
        """Whether another page answers, or none."""
        self._line.request("GET", path, headers=self.headers)
        answer = self._line.getresponse()
        answer.read()
        return answer.status != 200

    def answers(self, path):
        try:
            return self.ask(path)
        except OSError:
            self._line.close()
            return None


def serve(stack, settings, folder, port, factory):
    """Gunicorn as in production: two workers with four threads each."""
    as_usual = ("gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}", factory)
    stack.enter_context(running(settings, folder / f"{port}.log", *as_usual))


def told(name, times):
    """Median and 95th percentile, in seconds."""
    middle, high = median(times), quantiles(times, n=20)[-1]
    print(f"{name}: median {middle * 1000:.1f} ms, p95 {high * 1000:.1f} ms")
    return middle, high


def test_pages_of_learners_beside_a_bare_one(work, session, tmp_path, port):
    where, people = archive.fill(work, session, REFLECTIONS)
    cookie = secrets.token_urlsafe(32)
    seen_by = Browser(visits.fingerprint(cookie))
    tokens = [visits.open_visit(session, who.person, where.link, seen_by, work.now().real) for who in people]
    session.commit()
    print(f"{REFLECTIONS} reflections")
    bare_port = free_port()
    with ExitStack() as stack:
        settings = environment(work.settings)
        serve(stack, settings, tmp_path, port, "lti_tool.app:create_app()")
        serve(stack, settings, tmp_path, bare_port, "tests.load.bare_page:create_app()")
        ours = Server(port, {"Cookie": f"{cookies.OF_THIS_HOST}{cookies.NAME}={cookie}"})
        bare = Server(bare_port)
        await_that(lambda: ours.answers("/lti/jwks.json") and bare.answers("/?bytes=1"), 60, "both answer")
        paths = [(name, f"/v/{{}}/{below}") for name, below in PAGES.items()]
        times, beside, size = {name: [] for name in PAGES}, [], {}
        for number in range(-WARM, TIMES):
            name, path = paths[number % len(paths)]
            took, page = ours.ask(path.format(tokens[number % len(tokens)]))
            size[name] = len(page)
            bare_took, _ = bare.ask(f"/?bytes={size[name]}")
            if number >= 0:
                times[name].append(took)
                beside.append(bare_took)

    for name in PAGES:
        told(f"{name} ({size[name] / 1000:.1f} kB)", times[name])
    middle, high = told("all", [one for of_page in times.values() for one in of_page])
    as_bare, _ = told("a bare page of the same size", beside)
    print(f"ours / bare {middle / as_bare:.1f}")
    assert middle < MOST_MEDIAN
    assert high < MOST_P95
