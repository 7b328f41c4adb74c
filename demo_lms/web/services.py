"""What all services check before they do anything: token, scope, address, media types."""

import json
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Response, request

from demo_lms import paging
from demo_lms.courses import Course
from demo_lms.paging import Window
from demo_lms.refusals import Refusal
from demo_lms.vocabulary import MediaType, Scope
from demo_lms.web import here

Service = Callable[..., Response | Refusal]


def guarded(
    *scopes: Scope, takes: MediaType | None = None, gives: MediaType | None = None
) -> Callable[[Service], Callable[..., Response]]:
    """Let a request through to a view, with its course, only when everything about it holds.

    scopes: any one of them is enough.
    takes: the content type of the body; gives: what the answer is, if the tool may name its wish.
    """

    def decorate(view: Service) -> Callable[..., Response]:
        @wraps(view)
        def guard(course_id: str, deployment_id: str | None = None, **parts: str) -> Response:
            deployment = deployment_id or request.args.get("type_id", "")
            found = (
                wrong_token(frozenset(scopes), deployment)
                or (_wrong_content(takes) if takes else None)
                or (_wrong_accept(gives) if gives else None)
                or _found(course_id, deployment)
            )
            outcome = view(found, deployment, **parts) if isinstance(found, Course) else found
            return refused(outcome) if isinstance(outcome, Refusal) else outcome

        return guard

    return decorate


def wrong_token(scopes: frozenset[Scope], deployment_id: str) -> Refusal | None:
    """Why the bearer token does not open this (RFC 6750 section 3.1); None when it does."""
    if here.platform().habits.wants_user_agent and not request.headers.get("User-Agent"):
        return Refusal(403, "a request without User-Agent, which Canvas refuses")
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    token = here.platform().tokens.find(value, here.now()) if scheme.lower() == "bearer" else None
    if token is None:
        return Refusal(401, "the access token is missing, unknown or expired", "invalid_token")
    if not scopes & token.scopes:
        return Refusal(403, f"the access token lacks the scope {min(scopes)}", "insufficient_scope")
    owner = here.platform().tools.of_deployment(deployment_id)
    if owner is not None and owner.client_id != token.client_id:
        return Refusal(403, "the access token is of another client", "insufficient_scope")
    if deployment_id and token.deployment_id not in (None, deployment_id):
        return Refusal(403, "the access token was asked for another deployment", "insufficient_scope")
    return None


def _wrong_accept(media_type: MediaType) -> Refusal | None:
    """Why the tool will not get this media type; "*/*" and no wish at all are fine, as in Moodle."""
    wished = {part.split(";")[0].strip() for part in request.headers.get("Accept", "*/*").split(",")}
    if wished & {"*/*", str(media_type)}:
        return None
    return Refusal(400, f"no handler found for {request.path} {request.headers['Accept']}")


def _wrong_content(media_type: MediaType) -> Refusal | None:
    """Why the body cannot be taken; parameters such as a charset are fine."""
    if request.mimetype == media_type:
        return None
    return Refusal(400, f"no handler found for {request.path} {request.mimetype or 'without content type'}")


def _found(course_id: str, deployment_id: str) -> Course | Refusal:
    """The course of an address, if the address is whole."""
    if here.platform().tools.of_deployment(deployment_id) is None:
        return Refusal(404, "type_id is missing or unknown: was the query string of the address lost?")
    return here.platform().courses.find(course_id) or Refusal(404, f"there is no course {course_id}")


def refused(why: Refusal) -> Response:
    """A refusal in the shape of Moodle's services, and an objection on the list."""
    here.complain(here.endpoint(), why.reason)
    asked = {"method": request.method, "url": request.full_path, "contentType": request.mimetype}
    said = {"status": why.status, "reason": why.reason, "request": asked}
    response = Response(json.dumps(said, indent=4), why.status, mimetype="application/json")
    if why.status in (401, 403):
        response.headers["WWW-Authenticate"] = f'Bearer error="{why.error}"'
    return response


def next_link(url: str, window: Window, forgotten: Collection[str] = ()) -> str:
    """The address of another page of what was asked for, without the parameters that the LMS forgets."""
    parts = urlsplit(url)
    known = {name for name, _ in parse_qsl(parts.query)} | paging.NAMES | set(forgotten)
    kept = urlencode([(name, value) for name, value in request.args.items(multi=True) if name not in known])
    query = "&".join(part for part in (parts.query, kept, window.query(here.platform().habits)) if part)
    return urlunsplit(parts._replace(query=query))


def json_body() -> Any:
    """The body as JSON; None when it is none."""
    try:
        return json.loads(request.get_data())
    except ValueError:
        return None


def answer(content: Any, media_type: MediaType, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type=f"{media_type}; charset=utf-8")
