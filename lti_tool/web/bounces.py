"""Letters that came back, told by a program of the mail service: nobody is behind it."""

import json

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from lti_tool.domain.bounces import Report, Told
from lti_tool.mail import reports
from lti_tool.rounds import bounces
from lti_tool.web import references, signatures
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

HEADER = "Beklijf-Signature"
LONGEST_BODY = 16 * 1024

blueprint = Blueprint("bounces", __name__)


@blueprint.post("/hooks/bounces")
@open_to(Access.SIGNED)
def receive() -> ResponseReturnValue:
    """Records one; the answer is the same whether it was ours or not."""
    secret = workplace().settings.hook_secret.get_secret_value() or abort(404)
    body = request.get_data()
    if len(body) > LONGEST_BODY:
        abort(413)
    if not signatures.holds(request.headers.get(HEADER, ""), secret, body, now().real):
        references.note("bounce.refused", reason="signature")
        abort(403)
    report = read(body)
    if report is None:
        references.note("bounce.refused", reason="malformed_request")
        abort(400)
    bounces.record(workplace(), report, now=now())
    return "", 204


def read(body: bytes) -> Report | None:
    """What {"message_id": …, "action": …, "status": …} says; None for anything else."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    words = [said.get(name) for name in ("message_id", "action", "status")] if isinstance(said, dict) else []
    match words:
        case [str(message_id), str(action), str(status)]:
            identity = reports.message_id_in(f"<{message_id.strip().strip('<>')}>")
            return Report(identity, (Told(action, status),)) if identity else None
    return None
