"""A tool of a few lines: enough to be launched, to publish keys and to tell the time."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue

from demo_lms.keys import SigningKey
from demo_lms.running import WebServer
from demo_lms.vocabulary import DEPLOYMENT_ID

COOKIE = "tool=here; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"


@dataclass
class FakeTool:
    """What a test may look at and change.

    launches: every form that came to the launch address.
    pauses: whether a page with a button comes before the LMS is asked.
    wishes: parameters of the authentication request that differ from the right ones; None leaves one out.
    published: the key set; None publishes the tool's own key.
    clock: the answer of the clock, as status and body.
    on_move: what happens when the clock is moved.
    is_idle: whether there is no moment to move it to.
    """

    key: SigningKey
    lms: str = ""
    launches: list[dict[str, str]] = field(default_factory=list)
    logins: list[dict[str, str]] = field(default_factory=list)
    pauses: bool = False
    wishes: dict[str, str | None] = field(default_factory=dict)
    published: Any = None
    clock: tuple[int, dict[str, Any]] = (200, {"calendar": "2026-11-24T08:30:00+00:00"})
    moves: list[dict[str, Any]] = field(default_factory=list)
    on_move: Callable[[], None] = lambda: None
    is_idle: bool = False
    unsubscribed: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def assertion(self, **changes: Any) -> str:
        """A client assertion that holds, but for the changes; None as a change leaves a claim out."""
        now = int(datetime.now(UTC).timestamp())
        header = {"alg": "RS256", "typ": "JWT", "kid": self.key.kid} | changes.pop("header", {})
        claims = {
            "iss": "leerhuis-beklijf",
            "sub": "leerhuis-beklijf",
            "aud": f"{self.lms}/token",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
            DEPLOYMENT_ID: "1",
        } | changes
        key: SigningKey = changes.pop("signed_by", self.key)
        claims.pop("signed_by", None)
        return key.sign({name: value for name, value in claims.items() if value is not None}, header)


def start(tool: FakeTool) -> WebServer:
    """Serve the tool on localhost, which is another site than the LMS's 127.0.0.1."""
    server = WebServer("localhost")
    tool.url = server.url
    server.start(_app(tool))
    return server


def _app(tool: FakeTool) -> Flask:
    app = Flask("fake_tool")
    _add_launch(app, tool)
    _add_keys_and_clock(app, tool)
    return app


def _add_launch(app: Flask, tool: FakeTool) -> None:
    @app.post("/lti/login")
    def login() -> ResponseReturnValue:
        tool.logins.append(request.form.to_dict())
        response = redirect(f"/lti/login/checked?{urlencode(request.form.to_dict())}")
        response.headers["Set-Cookie"] = COOKIE
        return response

    @app.get("/lti/login/checked")
    def checked() -> ResponseReturnValue:
        if "tool" not in request.cookies:
            return "<h1>Open in a new tab</h1>"
        right = {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": request.args["client_id"],
            "redirect_uri": f"{tool.url}/lti/launch",
            "login_hint": request.args["login_hint"],
            "lti_message_hint": request.args["lti_message_hint"],
            "nonce": secrets.token_hex(8),
            "state": secrets.token_hex(8),
        }
        asked = {name: value for name, value in (right | tool.wishes).items() if value is not None}
        if tool.pauses:
            return _pause(tool, asked)
        return redirect(f"{tool.lms}/auth?{urlencode(asked)}")

    @app.post("/lti/launch")
    def launch() -> ResponseReturnValue:
        tool.launches.append(request.form.to_dict())
        page = f"<!DOCTYPE html><title>Tool</title><h1>Launched: {request.cookies.get('tool')}</h1>"
        return page, {"Content-Security-Policy": f"frame-ancestors {tool.lms}"}


def _add_keys_and_clock(app: Flask, tool: FakeTool) -> None:
    @app.get("/lti/jwks.json")
    def jwks() -> Response:
        key_set = tool.published if tool.published is not None else {"keys": [tool.key.public_jwk()]}
        return Response(json.dumps(key_set), mimetype="application/json")

    @app.get("/local/clock")
    def clock() -> ResponseReturnValue:
        return tool.clock[1], tool.clock[0]

    @app.post("/local/clock")
    def move() -> ResponseReturnValue:
        tool.moves.append(request.get_json())
        tool.on_move()
        if tool.is_idle:
            return {"error": "nothing is planned"}, 409
        return tool.clock[1], tool.clock[0]

    @app.post("/m/stop")
    def stop() -> str:
        tool.unsubscribed.append(request.form.to_dict())
        return ""


def _pause(tool: FakeTool, asked: dict[str, str]) -> str:
    inputs = "".join(f'<input type="hidden" name="{k}" value="{escape(v)}">' for k, v in asked.items())
    return f'<form action="{tool.lms}/auth">{inputs}<button>Go on</button></form>'
