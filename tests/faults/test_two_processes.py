"""Several processes of the tool on one database, as production runs them."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime

import httpx
import pytest

from lti_tool.lti.launch import Posted
from lti_tool.models.visits import Visit
from tests.lti.lms import BROWSER, as_jwk, claims_of, sent
from tests.lti.platform_server import PlatformServer
from tests.processes import await_that, environment, free_port, running
from tests.web import study
from tests.web.study import COOKIES, OverHttp
from tests.web.tables import dump

ROUNDS = 12
FIRST = {"Cookie": f"beklijf_browser={COOKIES[BROWSER]}"}
VISITS = Visit.__tablename__


@pytest.fixture
def ports():
    return [free_port(), free_port()]


@pytest.fixture
def tool(build, ports):
    """The application as this test sees it; two others serve it."""
    return build(base_url=f"http://localhost:{ports[0]}")


@pytest.fixture
def addresses(tool, ports, tmp_path):
    """Where two gunicorns, with a process each, serve one tool."""
    settings = environment(tool.extensions["beklijf"].settings)
    with ExitStack() as stack:
        for number, port in enumerate(ports):
            served = ["--workers", "1", "--bind", f"127.0.0.1:{port}", "lti_tool.app:create_app()"]
            options = ["--config", "config/gunicorn.py", *served]
            stack.enter_context(running(settings, tmp_path / f"{number}.log", "gunicorn", *options))
        found = [f"http://localhost:{port}" for port in ports]
        for address in found:
            await_that(lambda address=address: answers(address), 60, f"{address} answers")
        yield found


def answers(address: str) -> bool:
    try:
        return httpx.get(address + "/lti/jwks.json", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def lms(tool, addresses, running_server: PlatformServer, key, caplog):
    running_server.forget()
    with httpx.Client(trust_env=False, timeout=30) as http:
        made = OverHttp(
            running_server, None, None, key, None, tool=addresses[0], http=http, log=caplog, app=tool
        )
        study.register(made.work, running_server.url + "/jwks")
        made.publish(as_jwk(key))
        yield made


def sound(lms: OverHttp) -> Posted:
    """A launch of this moment."""
    state, nonce = sent(lms.begin())
    now = int(datetime.now(UTC).timestamp())
    return Posted(state, lms.sign({**claims_of(nonce), "iat": now, "exp": now + 60}))


@pytest.mark.database
def test_of_posts_of_one_token_to_several_processes_at_once_exactly_one_wins(lms, addresses):
    ends = []
    with ThreadPoolExecutor(4) as browsers:
        for _ in range(ROUNDS):
            posted = sound(lms)
            form = {"state": posted.state, "id_token": posted.id_token}

            def post(address: str, form: dict[str, str] = form) -> int:
                url = address + "/lti/launch"
                return httpx.post(url, data=form, headers=FIRST, trust_env=False, timeout=30).status_code

            ends.append(tuple(sorted(browsers.map(post, addresses * 2))))

    assert Counter(ends) == {(303, 400, 400, 400): ROUNDS}
    assert len(dump(lms.work, [VISITS])[VISITS]) == ROUNDS
