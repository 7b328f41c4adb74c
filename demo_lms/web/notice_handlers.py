"""The Platform Notification Service 1.0: where the tool says which notices it wants."""

import json

from flask import Blueprint, Response, abort

from demo_lms import notices
from demo_lms.refusals import Refusal
from demo_lms.registration import Registration
from demo_lms.vocabulary import Scope
from demo_lms.web import here, services

notice_service = Blueprint("notice_handlers", __name__)

ADDRESS = "/services/notice-handlers/<deployment_id>"


@notice_service.get(ADDRESS)
def notice_handlers(deployment_id: str) -> Response:
    """The handlers that the tool put."""
    wrong = _wrong(deployment_id)
    return services.refused(wrong) if wrong else _all(deployment_id)


@notice_service.put(ADDRESS)
def put_notice_handler(deployment_id: str) -> Response:
    """One handler for each kind of notice; an empty address ends it."""
    said = services.json_body()
    wrong = _wrong(deployment_id) or notices.wrong_handler(said, _registration(deployment_id))
    if wrong is not None:
        return services.refused(wrong)
    here.platform().notice_handlers.put(deployment_id, said["notice_type"], said["handler"])
    return _all(deployment_id)


def _wrong(deployment_id: str) -> Refusal | None:
    _registration(deployment_id)
    return services.wrong_token(frozenset({Scope.NOTICES}), deployment_id)


def _registration(deployment_id: str) -> Registration:
    """The registration of a deployment; anything else is not there."""
    found = here.platform().tools.of_deployment(deployment_id)
    return found if found is not None else abort(404)


def _all(deployment_id: str) -> Response:
    handlers = here.platform().notice_handlers.of(deployment_id)
    content = {
        "client_id": _registration(deployment_id).client_id,
        "deployment_id": deployment_id,
        "notice_handlers": [{"notice_type": kind, "handler": url} for kind, url in handlers.items()],
    }
    return Response(json.dumps(content), mimetype="application/json")
