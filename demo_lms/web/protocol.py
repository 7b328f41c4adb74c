"""The addresses of the security framework: authorization, key set and token."""

import json

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms import assertions, tokens
from demo_lms.assertions import Assertion
from demo_lms.authorization import Granted, Refused
from demo_lms.refusals import Refusal
from demo_lms.tokens import AccessToken
from demo_lms.web import here

KEY_SET_LIFE = 300
"""Seconds for which a tool may keep the key set."""

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

protocol = Blueprint("protocol", __name__)


@protocol.route("/auth", methods=["GET", "POST"])
def auth() -> ResponseReturnValue:
    """The authorization endpoint (OpenID Connect Core section 3.1.2): GET and POST alike."""
    asked = request.values.to_dict(flat=False)
    asked.pop("repost", None)
    if here.sign_in() is None and "repost" not in request.values:
        # A browser may hold back the cookie on a cross-site request. A form of our own brings it along,
        # as Moodle's auth.php does.
        return render_template("repost.html", action="/auth", fields=asked)
    answer = here.platform().authority.judge(asked, here.person())
    if isinstance(answer, Granted):
        return _granted(answer)
    return _refused(answer)


def _granted(answer: Granted) -> ResponseReturnValue:
    sign_in = here.sign_in()
    session_key = sign_in.session_key if sign_in is not None else ""
    token = here.platform().id_token(answer, session_key, here.now())
    fields = {"id_token": token, "state": answer.state}
    return render_template("form_post.html", action=answer.redirect_uri, fields=fields)


def _refused(answer: Refused) -> ResponseReturnValue:
    """Tell the tool (OpenID Connect Core 3.1.2.6), or the person when the tool is not who it should be."""
    if answer.blames_tool:
        here.complain("auth", answer.description)
    if answer.redirect_uri is None:
        return render_template("refused.html", refused=answer), 400
    fields = {"error": answer.error, "error_description": answer.description}
    if answer.state:
        fields["state"] = answer.state
    return render_template("form_post.html", action=answer.redirect_uri, fields=fields)


@protocol.get("/jwks.json")
def jwks() -> Response:
    """The LMS's public keys (Security Framework 1.0 section 6.3)."""
    response = Response(json.dumps(here.platform().keys.published()), mimetype="application/json")
    response.headers["Cache-Control"] = f"public, max-age={KEY_SET_LIFE}"
    return response


@protocol.post("/token")
def token() -> ResponseReturnValue:
    """The token endpoint (RFC 6749 section 4.4, RFC 7523 section 2.2)."""
    answer = _token()
    if isinstance(answer, Refusal):
        here.complain("token", answer.reason)
        said: dict[str, object] = {"error": answer.error, "error_description": answer.reason}
        return said, answer.status, {"Cache-Control": "no-store"}
    said = {
        "access_token": answer.value,
        "token_type": "Bearer",
        "expires_in": tokens.LIFE,
        "scope": " ".join(sorted(answer.scopes)),
    }
    return said, 200, {"Cache-Control": "no-store"}


def _token() -> AccessToken | Refusal:
    """A new token, or the first thing that is wrong with the request."""
    wrong = _wrong_request()
    if wrong is not None:
        return wrong
    scopes = tokens.parse_scopes(request.form.get("scope", ""))
    if isinstance(scopes, Refusal):
        return scopes
    platform, text = here.platform(), request.form["client_assertion"]
    # Whoever is no client is judged as the first one, and so refused with the first thing that is wrong.
    registration = platform.tools.of_client(assertions.client_of(text)) or platform.registration
    assertion = assertions.judge(text, registration, here.now())
    if isinstance(assertion, Refusal):
        return assertion
    if not platform.assertion_ids.accept(assertion.id):
        return Refusal(401, "client assertion: jti was used before", "invalid_client")
    _note_missing_deployment(assertion)
    if not scopes <= registration.scopes:
        return Refusal(400, "scope was not asked for at the registration", "invalid_scope")
    return platform.tokens.issue(registration.client_id, scopes, assertion.deployment_id, here.now())


def _wrong_request() -> Refusal | None:
    if request.mimetype != "application/x-www-form-urlencoded":
        return Refusal(400, f"the request must be a form, not {request.mimetype or 'nothing'}")
    if request.args:
        return Refusal(400, "the parameters belong in the body")
    if any(len(values) > 1 for values in request.form.to_dict(flat=False).values()):
        return Refusal(400, "a parameter is given more than once")
    if request.form.get("grant_type") != "client_credentials":
        return Refusal(400, "grant_type must be client_credentials", "unsupported_grant_type")
    if request.form.get("client_assertion_type") != ASSERTION_TYPE:
        return Refusal(400, f"client_assertion_type must be {ASSERTION_TYPE}")
    if not request.form.get("client_assertion"):
        return Refusal(400, "client_assertion is missing")
    return None


def _note_missing_deployment(assertion: Assertion) -> None:
    if assertion.deployment_id is None:
        here.complain("token", "client assertion: deployment_id is left out (LTI Core 1.3, 6.2.1: SHOULD)")
