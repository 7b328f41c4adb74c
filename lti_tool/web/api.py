"""What programs of an organisation read with a key: what was told of its trainings, as JSON."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.insights import When
from lti_tool.domain.quarters import Quarter
from lti_tool.domain.words import LOCALES, Words
from lti_tool.models.organisations import Organisation
from lti_tool.services import api_keys, cards, counted_quarters
from lti_tool.services.counted_quarters import Part
from lti_tool.web import references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, site, workplace

DESCRIPTION = Path(__file__).with_name("openapi.json")
SCHEME = "bearer "
PROBLEM = "application/problem+json"

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


def check() -> ResponseReturnValue | None:
    """Lets in a program with a key, sixty times a minute. Runs after other checks."""
    if g.get("access") is not Access.KEY:
        return None
    said = request.headers.get("Authorization", "")
    given = said[len(SCHEME) :].strip() if said.lower().startswith(SCHEME) else ""
    used = None
    if given:
        with workplace().writing() as writing:
            used = api_keys.use(writing, given, now().real)
    if used is None:
        return _problem(HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})
    if used.is_too_often:
        return _problem(HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(60 - now().real.second)})
    g.api_organisation = used.organisation
    return None


@blueprint.get("/openapi.json")
@open_to(Access.ANYONE)
def openapi() -> ResponseReturnValue:
    """What can be asked here, as OpenAPI 3.1."""
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return jsonify({**described, "servers": [{"url": f"{site().base_url}{blueprint.url_prefix}"}]})


@blueprint.get("/quarters")
@open_to(Access.KEY)
def quarters() -> ResponseReturnValue:
    """The quarters that the organisation was counted for, newest first."""
    counted = counted_quarters.listing(session(), _organisation().id)
    return jsonify(
        quarters=[{"quarter": str(each), "counted_on": day.isoformat()} for each, day in counted.items()]
    )


@blueprint.get("/quarters/<quarter>")
@open_to(Access.KEY)
def told(quarter: str) -> ResponseReturnValue:
    """All that was told of one quarter: the whole, and each part before what is below it."""
    counted = {str(each): each for each in counted_quarters.listing(session(), _organisation().id)}
    if quarter not in counted:
        return _problem(HTTPStatus.NOT_FOUND)
    return jsonify(_as_json(counted[quarter]))


def _organisation() -> Organisation:
    found: Organisation = g.api_organisation
    return found


def _as_json(quarter: Quarter) -> dict[str, object]:
    labels = cards.labels(workplace().catalogue)
    found = counted_quarters.told(session(), _organisation().id, quarter)
    return {"quarter": str(quarter), "parts": [_part(part, labels) for part in found.in_order()]}


def _part(part: Part, labels: Mapping[str, Words]) -> dict[str, object]:
    level, unit_id, track_id = part.id
    unit_name = part.unit_name if track_id else part.name
    return {
        "level": level.value,
        "unit": {"id": str(unit_id), "name": unit_name} if unit_id else None,
        "training": {"id": str(track_id), "name": part.name, "number": part.number} if track_id else None,
        "figures": [
            {"question": question, "answer": answer, "count": each.count, "people": each.people}
            for (question, answer), each in part.figures.items()
        ],
        "in_the_way": [
            {"when": when.value, "obstacle": _label(obstacle, labels), "share": share.value}
            for when in When
            for (at, obstacle), share in part.in_the_way.items()
            if at is when
        ],
        "letters": [{"step": step, "share": share.value} for step, share in part.letters.items()],
        "working_days_to_first_use": part.days,
    }


def _label(obstacle: str, labels: Mapping[str, Words]) -> dict[str, str]:
    return {"id": obstacle, **{locale: labels[obstacle][locale] for locale in LOCALES}}


def _problem(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    """What went wrong, as programs read it (RFC 9457)."""
    references.note("api.refused", status=status.value)
    told = {"status": status.value, "title": status.phrase, "reference": references.reference()}
    return Response(json.dumps(told), status.value, headers, content_type=PROBLEM)
