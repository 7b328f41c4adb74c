"""The platform of the study of bad launches, launching into the running tool; and who judges the answers."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask

from lti_tool.lti.launch import Posted
from lti_tool.lti.login import LoginRequest, Redirect
from lti_tool.lti.refusals import RefusalReason
from lti_tool.models.platforms import Platform
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import organisations, platforms
from lti_tool.services.platforms import NewPlatform
from tests.lti.lms import BROWSER, CLIENT, DEPLOYMENT, ISSUER, NOW, Lms, a_login, as_jwk
from tests.lti.platform_server import PlatformServer
from tests.web.campus import Campus
from tests.web.tables import PEOPLES, dump

STUDY: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "data/lti/bad_launches.json").read_text())["cases"]
}
TOOL = "https://tool.example"
COOKIES = {BROWSER: "cookie-of-this-browser", None: None}


@dataclass(frozen=True)
class Answered:
    """What the tool answered, and the log line that belongs to it."""

    response: httpx.Response
    log: str

    @property
    def reference(self) -> str:
        """The reference on the page."""
        found = re.search(r"BK-[2-9A-Z]{4}-[2-9A-Z]{4}", self.response.text)
        assert found is not None, self.response.text
        return found[0]


@dataclass
class OverHttp(Lms):
    """The same platform as in the tests of the LTI layer, but its logins and launches go over HTTP."""

    tool: str = ""
    http: httpx.Client = field(default_factory=httpx.Client)
    log: Any = None
    app: Flask = field(default_factory=lambda: Flask("none"))

    @property
    def work(self) -> Workplace:
        """The workplace of the tool."""
        work: Workplace = self.app.extensions["beklijf"]
        return work

    def begin(self, **parameters: Any) -> Redirect:
        """A login that goes through."""
        answered = self.log_in(a_login(**parameters))
        assert answered.response.status_code == 302, answered.response.text
        return Redirect(answered.response.headers["Location"], ISSUER, CLIENT, "")

    def log_in(self, asked: LoginRequest) -> Answered:
        """A login, sound or not."""
        path = f"/lti/login/{asked.registration_id}" if asked.registration_id else "/lti/login"
        given = {name: self.here(value) for name, value in asked.parameters.items() if value}
        return self.ask("POST", path, BROWSER, given)

    def post(self, posted: Posted, browser: str | None = BROWSER, after: timedelta = timedelta()) -> Any:
        """What the tool answers to a form."""
        fields = {"state": posted.state, "id_token": posted.id_token, "error": posted.error}
        with time_machine.travel(datetime.now(UTC) + after):
            return self.ask("POST", "/lti/launch", browser, {n: v for n, v in fields.items() if v})

    def ask(
        self,
        method: str,
        path: str,
        browser: str | None,
        form: dict[str, str],
        more: dict[str, str] | None = None,
    ) -> Answered:
        """One request with the cookie of a browser, and the log lines that it caused. more: headers."""
        cookie = COOKIES.get(browser, browser)
        headers = (more or {}) | ({"Cookie": f"beklijf_browser={cookie}"} if cookie else {})
        self.log.clear()
        response = self.http.request(method, self.tool + path, data=form, headers=headers)
        return Answered(response, self.log.text)

    def sign(self, content: object, *more: Any, **header: Any) -> str:
        """A token of whatever content, for the tool at the address where it runs now."""
        return super().sign(json.loads(self.here(json.dumps(content))), *more, **header)

    def here(self, text: str) -> str:
        """A text of the study with the tool's own address in it."""
        return text.replace(TOOL, self.tool)


@dataclass
class Judge:
    """Sees that an answer is, whole, what an answer of its kind must be."""

    lms: OverHttp

    def __post_init__(self) -> None:
        self._before = dump(self.lms.work, PEOPLES)

    def refused(self, answered: Answered, reason: str | None, status: int | None = None) -> None:
        """A page that tells a person what to do; one line in the log that says why; and nothing else.

        reason, status: None when any will do.
        """
        response = answered.response
        line = next(line for line in answered.log.splitlines() if answered.reference in line)
        told = re.search(r"lti\.(?:launch|login) .*result=rejected reason=(\w+)", line)
        assert told is not None, line
        assert reason in (None, told[1])
        assert response.status_code == status if status else 400 <= response.status_code < 500
        assert re.search(r"<h1[^>]*>\s*\S", response.text)
        assert told[1] not in response.text
        assert "set-cookie" not in response.headers
        assert dump(self.lms.work, PEOPLES) == self._before

    def opened(self, answered: Answered) -> None:
        """A visit, whose page opens."""
        assert answered.response.status_code == 303, answered.log
        assert "result=opened" in answered.log
        cookie = {"Cookie": f"beklijf_browser={COOKIES[BROWSER]}"}
        page = self.lms.http.get(answered.response.headers["Location"], headers=cookie)
        assert page.status_code == 200 or "/v/" in page.headers["Location"]
        self._before = dump(self.lms.work, PEOPLES)


Case = Callable[[OverHttp, Judge], None]


def refusing(reason: RefusalReason, *runs: Callable[[OverHttp], Answered]) -> Case:
    """A case of which every variant is refused for one reason."""

    def run(lms: OverHttp, judge: Judge) -> None:
        for variant in runs:
            judge.refused(variant(lms), reason)

    return run


def register(work: Workplace, jwks_url: str, token_url: str = ISSUER + "/token") -> None:
    """Adds the study's platform with its one deployment."""
    new = NewPlatform(ISSUER, CLIENT, ISSUER + "/auth", token_url, jwks_url)
    with work.sessions.begin() as session:
        tenant = organisations.find(session, "default")
        assert tenant is not None
        platforms.approve(session, platforms.add(session, new, NOW), DEPLOYMENT, tenant.id, NOW)


def add_second_client(work: Workplace, jwks_url: str) -> Platform:
    """Another client of the same issuer, as Canvas and Blackboard have many."""
    with work.sessions.begin() as session:
        new = NewPlatform(ISSUER, "client-2", ISSUER + "/auth", ISSUER + "/token", jwks_url)
        return platforms.add(session, new, NOW)


def platform(server: PlatformServer, key: rsa.RSAPrivateKey, campus: Campus, log: Any) -> OverHttp:
    """The study's platform, which the running tool knows, with its keys published."""
    made = OverHttp(
        server, None, None, key, None, tool=campus.tool, http=campus.http, log=log, app=campus.app
    )
    register(campus.work, server.url + "/jwks")
    made.publish(as_jwk(key))
    return made


@cache
def another_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key that is not, or not yet, the platform's."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)
